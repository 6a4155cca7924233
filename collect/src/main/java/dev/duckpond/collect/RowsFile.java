package dev.duckpond.collect;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.EventBounds;
import java.nio.file.Path;
import java.util.Optional;

/** Writes rows as Parquet, and looks at what was written. */
record RowsFile(DuckSession duck) {
  /** A column that the engine makes when it is asked for. */
  private static final String ENGINE_ROW = "file_row_number";

  /**
   * Writes rows of a column {@code timestamp}, sorted by it.
   *
   * @param target is replaced
   * @return empty when there are none
   */
  Optional<NewRows> write(Sql select, Path target) {
    long count = duck.copyToParquet(select, target, ParquetOptions.defaults()).rows();
    return count == 0 ? Optional.empty() : Optional.of(new NewRows(target, count, bounds(target)));
  }

  private EventBounds bounds(Path file) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT min(epoch_us(timestamp)), max(epoch_us(timestamp)) FROM ")
            .append(of(file))
            .build();
    try (Rows rows = duck.query(sql)) {
      rows.next();
      return new EventBounds(rows.longValue(0), rows.longValue(1));
    }
  }

  /**
   * Answers the rows of a file with their numbers, for a query.
   *
   * @param number what their number, from 0, is called; the other columns come behind it
   */
  Sql numbered(Path file, Sql number) {
    // A column of the file hides that of the engine; to count is slower, as it needs the order.
    boolean isHidden =
        duck.readParquetOutline(file).columns().stream()
            .anyMatch(column -> column.name().equalsIgnoreCase(ENGINE_ROW));
    return new SqlBuilder()
        .text("(SELECT ")
        .append(isHidden ? Sql.of("row_number() OVER () - 1") : Sql.identifier(ENGINE_ROW))
        .text(" AS ")
        .append(number)
        .text(", * FROM ")
        .append(of(file))
        .text(")")
        .build();
  }

  /** Answers the rows of a file, for a query. */
  static Sql of(Path file) {
    return new SqlBuilder()
        .text("read_parquet(")
        .literal(file.toAbsolutePath().normalize().toString())
        .text(")")
        .build();
  }
}
