package dev.duckpond.tera;

/** Says inside of what a part of a template stands, which decides what may stand there. */
enum Surroundings {
  /** Directly in the template, or in a condition or filter section there. */
  TOP,
  /** In a block. */
  BLOCK,
  /** In a loop. */
  LOOP,
  /** In a macro. */
  MACRO,
  /** In a filter section of a loop or macro, from where no loop is left. */
  SECTION;

  boolean takesBlocks() {
    return this == TOP || this == BLOCK;
  }

  /** What a filter section here is. */
  Surroundings section() {
    return takesBlocks() ? this : SECTION;
  }

  /** What the part of a loop is that stands for an empty one. */
  Surroundings aside() {
    return this == LOOP ? LOOP : SECTION;
  }
}
