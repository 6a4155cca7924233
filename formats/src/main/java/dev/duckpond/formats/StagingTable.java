package dev.duckpond.formats;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A temporary table that rows are collected in before they become Parquet; the engine spills what
 * its memory does not hold. Closing drops it.
 */
final class StagingTable implements AutoCloseable {
  private final DuckSession duck;
  private final String name;

  private StagingTable(DuckSession duck, String name) {
    this.duck = duck;
    this.name = name;
  }

  /**
   * Makes a table, replacing what had its number.
   *
   * @param columns in order; their names differ by more than letter case
   */
  static StagingTable create(DuckSession duck, int number, Map<String, CellType> columns) {
    String name = "duckpond_converted_" + number;
    List<Sql> definitions = new ArrayList<>();
    columns.forEach(
        (column, type) -> definitions.add(Sql.join(Sql.identifier(column), type.sql())));
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .identifier(name)
            .text(" (")
            .append(Sql.list(definitions, ", "))
            .text(")")
            .build());
    return new StagingTable(duck, name);
  }

  /** Opens an appender; until it is closed the session does nothing else. */
  RowAppender append() {
    return duck.append(name);
  }

  /** Answers what stands after FROM. */
  Sql sql() {
    return Sql.identifier(name);
  }

  /** Answers all rows, as they came. */
  Sql selectAll() {
    return Sql.of("SELECT * FROM ").plus(sql());
  }

  @Override
  public void close() {
    duck.execute(Sql.of("DROP TABLE IF EXISTS ").plus(sql()));
  }
}
