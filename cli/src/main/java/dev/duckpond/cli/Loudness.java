package dev.duckpond.cli;

/** Says whether notes and progress are printed. */
enum Loudness {
  NORMAL,
  QUIET
}
