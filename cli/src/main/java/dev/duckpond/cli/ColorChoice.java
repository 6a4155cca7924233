package dev.duckpond.cli;

/** Says when output is coloured. */
enum ColorChoice {
  /** On a terminal, unless {@code NO_COLOR} is set or {@code TERM} is {@code dumb}. */
  AUTO,
  ALWAYS,
  NEVER
}
