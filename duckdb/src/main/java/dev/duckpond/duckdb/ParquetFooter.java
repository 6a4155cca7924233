package dev.duckpond.duckdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what the footer of a Parquet file says.
 *
 * @param columns top-level columns in order, with the engine's types
 * @param rows rows in the file
 * @param statistics bounds by column name, taken over all row groups; nested columns are left out.
 *     Long texts may be cut in the file, so that these are bounds and not always values
 * @param metadata key-value metadata, decoded as UTF-8
 */
public record ParquetFooter(
    List<Column> columns,
    long rows,
    Map<String, ColumnStatistics> statistics,
    Map<String, String> metadata) {
  public ParquetFooter {
    columns = List.copyOf(columns);
    statistics = Collections.unmodifiableMap(new LinkedHashMap<>(statistics));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Returns the statistics of a column, which must be among them. */
  public ColumnStatistics requireColumn(String name) {
    ColumnStatistics found = statistics.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no statistics of column " + name);
    }
    return found;
  }
}
