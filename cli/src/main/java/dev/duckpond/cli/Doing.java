package dev.duckpond.cli;

/** Says whether a command acts, or only tells what it would do. */
enum Doing {
  REALLY,
  DRY_RUN
}
