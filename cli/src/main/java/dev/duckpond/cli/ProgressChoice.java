package dev.duckpond.cli;

/** Says how the progress of long work is shown on standard error. */
enum ProgressChoice {
  /** A bar on a terminal, else nothing. */
  AUTO,
  BAR,
  /** One JSON object a line, for programs. */
  JSON,
  NONE
}
