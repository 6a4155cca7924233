package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.CastFailure;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.PondPath;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the values of a column become. */
enum ColumnCast {
  TIMESTAMP("timestamp", Sql.of("TIMESTAMP")),
  FLOAT64("float64", Sql.of("DOUBLE")),
  INT64("int64", Sql.of("BIGINT")),
  UTF8("utf8", Sql.of("VARCHAR"));

  private final String word;
  private final Sql type;

  ColumnCast(String word, Sql type) {
    this.word = word;
    this.type = type;
  }

  static Map<String, ColumnCast> byWord() {
    Map<String, ColumnCast> all = new LinkedHashMap<>();
    for (ColumnCast cast : values()) {
      all.put(cast.word, cast);
    }
    return all;
  }

  /** Answers the word that configurations use. */
  String word() {
    return word;
  }

  /** Tells whether values of a column can become this, as far as its type tells. */
  boolean takes(RelationColumn column) {
    boolean isText = column.type().equals("VARCHAR");
    return switch (this) {
      case TIMESTAMP -> isText || column.isInteger() || isTime(column);
      case FLOAT64, INT64 -> isText || column.isNumber() || column.type().equals("BOOLEAN");
      case UTF8 -> true;
    };
  }

  private static boolean isTime(RelationColumn column) {
    return column.type().startsWith("TIMESTAMP") || column.type().equals("DATE");
  }

  /**
   * Answers the values of a column as this.
   *
   * @param node whose rule it is, for the error about a value that cannot become it
   */
  Sql of(RelationColumn column, PondPath node) {
    Sql value = Sql.identifier(column.name());
    boolean canFail =
        switch (this) {
          case TIMESTAMP -> !isTime(column);
          case FLOAT64 -> !column.isNumber();
          case INT64 -> true;
          case UTF8 -> false;
        };
    return canFail ? named(value, column.name(), node) : cast(value);
  }

  private Sql cast(Sql value) {
    return new SqlBuilder().text("CAST(").append(value).text(" AS ").append(type).text(")").build();
  }

  /** The engine tells the text that it cannot convert: let it tell where that stands, too. */
  private Sql named(Sql value, String column, PondPath node) {
    Sql told =
        new SqlBuilder()
            .text("CASE WHEN ")
            .append(value)
            .text(" IS NOT NULL THEN concat(")
            .append(value)
            .text(", ")
            .literal(CastFailure.words(column, word, node))
            .text(") END")
            .build();
    return new SqlBuilder()
        .text("coalesce(TRY_")
        .append(cast(value))
        .text(", ")
        .append(cast(told))
        .text(")")
        .build();
  }
}
