package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import java.util.Locale;

/**
 * The time of the rows of a file. Each time of a column of text says for itself whether it is
 * local: one with a zone or an offset behind it is not.
 */
record InboxTime(Source source, Column column) {
  private static final List<String> NAMES =
      List.of(
          "timestamp", "time", "ts", "datetime", "date_time", "event_time", "date time", "date");

  private static final String WITH_ZONE = "TIMESTAMP WITH TIME ZONE";
  private static final String TEXT = "VARCHAR";

  /** A time of day with an offset behind it, or a word, which must be the name of a zone. */
  private static final String ZONED =
      "[0-9]:[0-9]{2}[^A-Za-z+-]*([A-Za-z][A-Za-z0-9_/+-]*|[+-][0-9]{2}(:?[0-9]{2})?)$";

  /**
   * Finds the column of the time.
   *
   * @param label what errors call the file
   * @throws PondException.Invalid when there is none
   */
  static InboxTime find(Source source, String label, List<Column> columns) {
    if (source.timeColumn().isPresent() && !isOfUtc(source)) {
      return new InboxTime(source, require(label, columns, source.timeColumn().get()));
    }
    for (String name : NAMES) {
      for (Column column : columns) {
        if (column.name().toLowerCase(Locale.ROOT).strip().equals(name)) {
          return new InboxTime(source, column);
        }
      }
    }
    throw new PondException.Invalid(
        "'" + label + "' has no time column",
        "its columns are " + String.join(", ", columns.stream().map(Column::name).toList()),
        "Name it with 'time_column'.");
  }

  /**
   * Finds a column that the configuration names.
   *
   * @throws PondException.Invalid when there is none
   */
  static Column require(String label, List<Column> columns, String name) {
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new PondException.Invalid(
                "'" + label + "' has no column '" + name + "'",
                "",
                DidYouMean.sentence(
                    name,
                    columns.stream().map(Column::name).toList(),
                    "Correct the name in the configuration.")));
  }

  /** Tells whether the format has settled the zone already. */
  private static boolean isOfUtc(Source source) {
    return switch (source.format().format()) {
      case EXCELHTML, JSONLOGS, WEBLOG, OTELJSON -> true;
      case CSV, NDJSON, PARQUET, FILE, TABLE, SERIES, DATA -> false;
    };
  }

  String name() {
    return column.name();
  }

  /**
   * Tells whether the engine made instants of all times because some have a zone: those that have
   * none are then in UTC, which they may not be.
   */
  boolean hidesLocalTimes() {
    return source.zone().isPresent() && column.type().equals(WITH_ZONE);
  }

  /** Answers the time as TIMESTAMP, in UTC but where it is local; NULL where it is none. */
  Sql instant() {
    Sql name = Sql.identifier(column.name());
    SqlBuilder sql = new SqlBuilder();
    if (column.type().equals(WITH_ZONE)) {
      return sql.text("make_timestamp(epoch_us(").append(name).text("))").build();
    }
    if (isNumber()) {
      // The magnitude tells the unit, as it does for the times of other formats.
      return sql.text("make_timestamp(CAST(CASE WHEN abs(")
          .append(name)
          .text(") < 100000000000 THEN ")
          .append(name)
          .text(" * 1000000 WHEN abs(")
          .append(name)
          .text(") < 100000000000000 THEN ")
          .append(name)
          .text(" * 1000 WHEN abs(")
          .append(name)
          .text(") < 100000000000000000 THEN ")
          .append(name)
          .text(" ELSE ")
          .append(name)
          .text(" // 1000 END AS BIGINT))")
          .build();
    }
    if (column.type().equals(TEXT)) {
      // A cast to TIMESTAMP would pass over the zone.
      return sql.text("CASE WHEN ")
          .append(isZoned())
          .text(" THEN make_timestamp(epoch_us(TRY_CAST(regexp_replace(trim(")
          .append(name)
          .text("), 'z$', 'Z') AS TIMESTAMPTZ))) ELSE TRY_CAST(")
          .append(name)
          .text(" AS TIMESTAMP) END")
          .build();
    }
    return sql.text("TRY_CAST(").append(name).text(" AS TIMESTAMP)").build();
  }

  /** Answers a condition: whether the time of a row is one of clocks on a wall. */
  Sql isLocal() {
    if (source.zone().isEmpty()
        || isOfUtc(source)
        || isNumber()
        || column.type().equals(WITH_ZONE)) {
      return Sql.of("FALSE");
    }
    return column.type().equals(TEXT)
        ? new SqlBuilder().text("NOT ").append(isZoned()).build()
        : Sql.of("TRUE");
  }

  private Sql isZoned() {
    return new SqlBuilder()
        .text("coalesce(regexp_matches(trim(")
        .identifier(column.name())
        .text("), ")
        .literal(ZONED)
        .text("), FALSE)")
        .build();
  }

  private boolean isNumber() {
    return column.type().endsWith("BIGINT") || column.type().endsWith("INTEGER");
  }
}
