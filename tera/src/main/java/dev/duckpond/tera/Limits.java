package dev.duckpond.tera;

/**
 * Says how much one rendering may do. Whatever a template makes costs steps in proportion to its
 * size, so that the steps bound its memory too.
 *
 * @param steps nodes and expressions worked through, iterations, values made
 * @param outputBytes text written, in UTF-8
 * @param depth expressions, sections, macros and includes within each other
 * @param elements values of one array
 * @param textChars characters of one string, in UTF-16
 */
public record Limits(long steps, long outputBytes, int depth, int elements, int textChars) {
  /** What a page of a site never comes near. */
  public static final Limits DEFAULT = new Limits(10_000_000, 64L << 20, 300, 1_000_000, 16 << 20);

  /** Deepest {@link #depth} that the stack of a thread of half a megabyte bears. */
  public static final int MAX_DEPTH = 500;

  /** Longest template, in characters. */
  public static final int MAX_SOURCE_CHARS = 4 << 20;

  /** Most levels of brackets, sections and operands within each other in a template's text. */
  public static final int MAX_NESTING = 100;

  /** Most templates that belong to one page. */
  public static final int MAX_TEMPLATES = 1000;

  /** Checks that each is at least one and the depth not beyond {@link #MAX_DEPTH}. */
  public Limits {
    if (steps < 1 || outputBytes < 1 || depth < 1 || elements < 1 || textChars < 1) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("depth is at most " + MAX_DEPTH);
    }
  }
}
