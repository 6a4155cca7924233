package dev.duckpond.cli;

/** What becomes of a file that is copied into the pond. */
enum CopyAs {
  /** The bytes as they are. */
  DATA,
  /** Parquet, replaced as a whole. */
  TABLE,
  /** Parquet with a time, appended. */
  SERIES,
  /** Text, CSV for instance, that becomes a table. */
  TEXT_TABLE,
  /** Text that becomes a series. */
  TEXT_SERIES,
  /** Whatever the content is: a series, a table or data. */
  AUTO;

  /** Tells whether the content is text that becomes Parquet. */
  boolean isText() {
    return this == TEXT_TABLE || this == TEXT_SERIES;
  }
}
