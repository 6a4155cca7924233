package dev.duckpond.duckdb;

import java.util.List;

/**
 * Holds the least a reader of a Parquet file must know; cheaper than {@link ParquetFooter}.
 *
 * @param columns top-level columns in order, with the engine's types
 * @param rows rows in the file
 */
public record ParquetOutline(List<Column> columns, long rows) {
  public ParquetOutline {
    columns = List.copyOf(columns);
  }
}
