package dev.duckpond.duckdb;

import java.util.List;
import java.util.Objects;

/**
 * Names a column of a result or a file.
 *
 * @param name the name as the engine gives it; not unique in a result
 * @param type the engine's text of the type, such as {@code TIMESTAMP} or {@code DECIMAL(18,3)}
 */
public record Column(String name, String type) {
  /** What the driver answers for a PIVOT whose columns depend on values: it must run first. */
  private static final String UNDESCRIBED = "UNKNOWN";

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** Tells whether columns are known only when the query has run, as of most that PIVOT. */
  public static boolean dependOnRows(List<Column> columns) {
    return columns.size() == 1 && columns.getFirst().type().equals(UNDESCRIBED);
  }
}
