package dev.duckpond.formats;

import dev.duckpond.duckdb.Sql;

/** The types of converted columns. */
enum CellType {
  BOOLEAN(Sql.of("BOOLEAN")),
  INTEGER(Sql.of("INTEGER")),
  BIGINT(Sql.of("BIGINT")),
  DOUBLE(Sql.of("DOUBLE")),
  TIMESTAMP(Sql.of("TIMESTAMP")),
  VARCHAR(Sql.of("VARCHAR"));

  private final Sql sql;

  CellType(Sql sql) {
    this.sql = sql;
  }

  Sql sql() {
    return sql;
  }
}
