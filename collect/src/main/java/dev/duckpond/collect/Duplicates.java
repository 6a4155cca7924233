package dev.duckpond.collect;

/** What becomes of values for an instant and column that a series has a value for. */
enum Duplicates {
  /** The new value counts. */
  LAST,
  /** The value that is there counts. */
  FIRST,
  /** Equal values are fine; different ones are an error. */
  ERROR
}
