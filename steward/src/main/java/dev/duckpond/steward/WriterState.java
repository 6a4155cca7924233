package dev.duckpond.steward;

/** Says whether somebody writes to the pond. */
public enum WriterState {
  /** Nobody, and nothing is left of the last one. */
  NONE,
  /** A process holds the write lock. */
  AT_WORK,
  /** The last writer ended without letting go; the next write recovers. */
  INTERRUPTED
}
