package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.LongForm;
import dev.duckpond.collect.InboxConfig.Sign;
import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Shapes the rows of one file for a series: times in UTC, a column for each thing measured, one row
 * for each instant. Uses temporary tables of its session; one thread only.
 */
final class InboxRows {
  private static final List<String> TIME_NAMES =
      List.of(
          "timestamp", "time", "ts", "datetime", "date_time", "event_time", "date time", "date");

  private static final Sql ROWS = InboxChecks.ROWS;
  private static final Sql TIMED = Sql.identifier("collect_timed");
  private static final Sql TIME = InboxChecks.TIME;
  private static final Sql ROW = InboxChecks.ROW;

  private final DuckSession duck;
  private final Source source;
  private final String label;
  private final InboxChecks checks;

  /** Prepares for a file that errors call {@code label}. */
  InboxRows(DuckSession duck, Source source, String label) {
    this.duck = duck;
    this.source = source;
    this.label = label;
    this.checks = new InboxChecks(duck, source, label);
  }

  /**
   * Shapes rows.
   *
   * @param parquet the file, converted row by row
   * @param target is replaced
   * @return empty when there is no row with a value
   * @throws PondException.Invalid naming the line of what is no time or no number
   */
  Optional<NewRows> shape(Path parquet, Path target) {
    List<Column> columns = duck.readParquetOutline(parquet).columns();
    Column time = time(columns);
    load(parquet, time);
    checks.requireNone(
        new SqlBuilder().append(TIME).text(" IS NULL").build(),
        Sql.identifier(time.name()),
        "is no time");
    resolveZone(time);
    Map<String, Sql> values =
        source.longForm().isPresent()
            ? pivoted(source.longForm().get(), columns)
            : wide(columns, time);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return write(values, target);
  }

  private Column time(List<Column> columns) {
    if (source.timeColumn().isPresent() && !isOfUtc()) {
      return require(columns, source.timeColumn().get());
    }
    for (String name : TIME_NAMES) {
      for (Column column : columns) {
        if (column.name().toLowerCase(Locale.ROOT).strip().equals(name)) {
          return column;
        }
      }
    }
    throw new PondException.Invalid(
        "'" + label + "' has no time column",
        "its columns are " + String.join(", ", columns.stream().map(Column::name).toList()),
        "Name it with 'time_column'.");
  }

  private Column require(List<Column> columns, String name) {
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
  private boolean isOfUtc() {
    return switch (source.format().format()) {
      case EXCELHTML, JSONLOGS, WEBLOG, OTELJSON -> true;
      case CSV, NDJSON, PARQUET, FILE, TABLE, SERIES, DATA -> false;
    };
  }

  private void load(Path parquet, Column time) {
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(ROWS)
            .text(" AS SELECT file_row_number AS ")
            .append(ROW)
            .text(", ")
            .append(instant(time))
            .text(" AS ")
            .append(TIME)
            .text(", * EXCLUDE (file_row_number) FROM read_parquet(")
            .literal(parquet.toAbsolutePath().normalize().toString())
            .text(", file_row_number = true)")
            .build());
  }

  /** Answers the time as TIMESTAMP, local or not; NULL where it is none. */
  private Sql instant(Column time) {
    Sql name = Sql.identifier(time.name());
    String type = time.type();
    SqlBuilder sql = new SqlBuilder();
    if (type.equals("TIMESTAMP WITH TIME ZONE")) {
      return sql.text("make_timestamp(epoch_us(").append(name).text("))").build();
    }
    if (type.endsWith("BIGINT") || type.endsWith("INTEGER")) {
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
    return sql.text("TRY_CAST(").append(name).text(" AS TIMESTAMP)").build();
  }

  private boolean isLocal(Column time) {
    return source.zone().isPresent()
        && !isOfUtc()
        && !time.type().equals("TIMESTAMP WITH TIME ZONE")
        && !time.type().endsWith("BIGINT")
        && !time.type().endsWith("INTEGER");
  }

  private void resolveZone(Column time) {
    if (!isLocal(time)) {
      return;
    }
    Optional<EventBounds> bounds = bounds(ROWS, TIME);
    if (bounds.isEmpty()) {
      return;
    }
    new LocalTimes(duck, source.zone().orElseThrow(), source.ambiguous())
        .load(bounds.get().minMicros(), bounds.get().maxMicros());
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(TIMED)
            .text(" AS SELECT r.* REPLACE (r.")
            .append(TIME)
            .text(" - to_seconds(z.offset_seconds) AS ")
            .append(TIME)
            .text("), z.")
            .append(LocalTimes.PROBLEM)
            .text(" FROM ")
            .append(ROWS)
            .text(" AS r ASOF JOIN ")
            .append(LocalTimes.TABLE)
            .text(" AS z ON r.")
            .append(TIME)
            .text(" >= z.")
            .append(LocalTimes.FROM)
            .build());
    checks.requireResolved(TIMED, time.name());
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(ROWS)
            .text(" AS SELECT * EXCLUDE (")
            .append(LocalTimes.PROBLEM)
            .text(") FROM ")
            .append(TIMED)
            .build());
  }

  /** Answers what each column of the result takes from the rows of an instant. */
  private Map<String, Sql> wide(List<Column> columns, Column time) {
    Map<String, Sql> values = new LinkedHashMap<>();
    for (Column column : columns) {
      if (!column.name().equals(time.name())) {
        Sql value = Sql.identifier(column.name());
        checks.requireSame(column.name(), value, Sql.of("TRUE"));
        values.put(column.name(), chosen(value, Sql.of("TRUE")));
      }
    }
    return values;
  }

  private Map<String, Sql> pivoted(LongForm form, List<Column> columns) {
    Sql name = Sql.identifier(require(columns, form.name()).name());
    Sql value = number(require(columns, form.value()).name());
    if (form.offset().isPresent()) {
      Sql offset = number(require(columns, form.offset().get()).name());
      value =
          new SqlBuilder()
              .text("(")
              .append(value)
              .text(form.sign() == Sign.SUBTRACT ? " - coalesce(" : " + coalesce(")
              .append(offset)
              .text(", 0))")
              .build();
    }
    checks.requireNone(new SqlBuilder().append(name).text(" IS NULL").build(), name, "is no name");
    Map<String, Sql> values = new LinkedHashMap<>();
    for (String each : names(name)) {
      Sql isThis =
          new SqlBuilder()
              .text("lower(CAST(")
              .append(name)
              .text(" AS VARCHAR)) = lower(")
              .literal(each)
              .text(")")
              .build();
      checks.requireSame(each, value, isThis);
      values.put(each, chosen(value, isThis));
    }
    return values;
  }

  /** Lists what was measured, in the order in which it comes first. */
  private List<String> names(Sql name) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT arg_min(CAST(")
            .append(name)
            .text(" AS VARCHAR), ")
            .append(ROW)
            .text(") FROM ")
            .append(ROWS)
            .text(" GROUP BY lower(CAST(")
            .append(name)
            .text(" AS VARCHAR)) ORDER BY min(")
            .append(ROW)
            .text(")")
            .build();
    return duck.list(sql, row -> row.text(0));
  }

  private Sql number(String column) {
    Sql name = Sql.identifier(column);
    checks.requireNone(
        new SqlBuilder()
            .append(name)
            .text(" IS NOT NULL AND trim(CAST(")
            .append(name)
            .text(" AS VARCHAR)) <> '' AND TRY_CAST(")
            .append(name)
            .text(" AS DOUBLE) IS NULL")
            .build(),
        name,
        "is no number");
    return new SqlBuilder().text("TRY_CAST(").append(name).text(" AS DOUBLE)").build();
  }

  /** Answers the value of an instant: of several, the one of the last row, or of the first. */
  private Sql chosen(Sql value, Sql condition) {
    return new SqlBuilder()
        .text(source.duplicates() == Duplicates.FIRST ? "arg_min(" : "arg_max(")
        .append(value)
        .text(", ")
        .append(ROW)
        .text(") FILTER (")
        .append(condition)
        .text(" AND (")
        .append(value)
        .text(") IS NOT NULL)")
        .build();
  }

  private Optional<NewRows> write(Map<String, Sql> values, Path target) {
    SqlBuilder sql = new SqlBuilder().text("SELECT ").append(TIME).text(" AS ");
    sql.identifier(NewRows.TIME);
    List<Sql> present = new ArrayList<>();
    values.forEach((name, value) -> {
      sql.text(", ").append(value).text(" AS ").identifier(name);
      present.add(Sql.identifier(name).plus(" IS NOT NULL"));
    });
    Sql select =
        new SqlBuilder()
            .text("SELECT * FROM (")
            .append(sql.text(" FROM ").append(ROWS).text(" GROUP BY ").append(TIME).build())
            .text(") WHERE ")
            .append(Sql.list(present, " OR "))
            .text(" ORDER BY ")
            .identifier(NewRows.TIME)
            .build();
    long rows = duck.copyToParquet(select, target, ParquetOptions.defaults()).rows();
    if (rows == 0) {
      return Optional.empty();
    }
    Sql written =
        new SqlBuilder()
            .text("read_parquet(")
            .literal(target.toAbsolutePath().normalize().toString())
            .text(")")
            .build();
    EventBounds bounds = bounds(written, Sql.identifier(NewRows.TIME)).orElseThrow();
    return Optional.of(new NewRows(target, rows, bounds));
  }

  private Optional<EventBounds> bounds(Sql from, Sql time) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT min(epoch_us(")
            .append(time)
            .text(")), max(epoch_us(")
            .append(time)
            .text(")) FROM ")
            .append(from)
            .build();
    try (Rows rows = duck.query(sql)) {
      rows.next();
      return rows.isNull(0)
          ? Optional.empty()
          : Optional.of(new EventBounds(rows.longValue(0), rows.longValue(1)));
    }
  }
}
