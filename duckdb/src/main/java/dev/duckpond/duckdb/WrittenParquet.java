package dev.duckpond.duckdb;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Describes a Parquet file just written; not yet flushed to the disk by fsync.
 *
 * @param path the file
 * @param rows rows in it
 * @param sizeBytes its size
 * @param partitionKeys partition column to value as text, in the order of the columns asked for; a
 *     NULL key is empty; no entries for a file outside of partitions
 * @param columns statistics by name, of top-level columns that are written into the file
 */
public record WrittenParquet(
    Path path,
    long rows,
    long sizeBytes,
    Map<String, Optional<String>> partitionKeys,
    Map<String, ColumnStatistics> columns) {
  public WrittenParquet {
    Objects.requireNonNull(path, "path");
    partitionKeys = Collections.unmodifiableMap(new LinkedHashMap<>(partitionKeys));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** Returns the statistics of a column, which must be among them. */
  public ColumnStatistics requireColumn(String name) {
    ColumnStatistics found = columns.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no statistics of column " + name);
    }
    return found;
  }
}
