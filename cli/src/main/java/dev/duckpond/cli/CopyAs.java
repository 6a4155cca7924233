package dev.duckpond.cli;

/** What becomes of a file that is copied into the pond. */
enum CopyAs {
  /** The bytes as they are. */
  DATA,
  /** Parquet, replaced as a whole. */
  TABLE,
  /** Parquet with a time, appended. */
  SERIES,
  /** CSV that becomes a table. */
  CSV_TABLE,
  /** CSV that becomes a series. */
  CSV_SERIES,
  /** Whatever the content is: a series, a table or data. */
  AUTO;

  /** Tells whether the content is CSV that becomes Parquet. */
  boolean isCsv() {
    return this == CSV_TABLE || this == CSV_SERIES;
  }
}
