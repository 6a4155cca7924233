package dev.duckpond.collect;

import dev.duckpond.tinyfs.EventBounds;
import java.nio.file.Path;

/**
 * Rows in a Parquet file of this machine, sorted by their column {@code timestamp}.
 *
 * @param count of rows, at least 1
 */
record NewRows(Path file, long count, EventBounds bounds) {
  /** The name of the time column of everything that is collected. */
  static final String TIME = "timestamp";
}
