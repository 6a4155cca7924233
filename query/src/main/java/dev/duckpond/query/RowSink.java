package dev.duckpond.query;

import java.io.IOException;

/** Writes the rows of one result in one format, as they come. */
interface RowSink {
  /** Writes what comes before the rows. */
  void begin(ResultRows rows) throws IOException;

  /** Writes the row that the cursor stands on. */
  void row(ResultRows rows) throws IOException;

  /** Writes what comes after the rows. */
  void end(long rowCount) throws IOException;
}
