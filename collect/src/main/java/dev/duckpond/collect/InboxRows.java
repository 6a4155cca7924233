package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.LongForm;
import dev.duckpond.collect.InboxConfig.Sign;
import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shapes the rows of one file for a series: times in UTC, a column for each thing measured, one row
 * for each instant. Uses temporary tables of its session; one thread only.
 */
final class InboxRows {
  private static final Sql ROWS = InboxChecks.ROWS;
  private static final Sql TIME = InboxChecks.TIME;
  private static final Sql ROW = InboxChecks.ROW;
  private static final Sql IS_CERTAIN = Sql.of("NOT ").plus(InboxZone.IS_GUESSED);
  private static final long BEHIND_ALL = 1L << 60;
  private static final String NO_NUMBER = "is no number";

  private final DuckSession duck;
  private final Source source;
  private final InboxFile file;
  private final String label;
  private final InboxChecks checks;
  private final InboxNumbers numbers;

  /** Prepares for a file that errors call {@code label}. */
  InboxRows(DuckSession duck, Source source, InboxFile file, StoredTypes stored, String label) {
    this.duck = duck;
    this.source = source;
    this.file = file;
    this.label = label;
    this.checks = new InboxChecks(duck, source, file, label);
    this.numbers = new InboxNumbers(duck, source, stored, checks);
  }

  /**
   * Shapes rows.
   *
   * @param directory where files of them go
   * @return empty when there is no row with a value
   * @throws PondException.Invalid naming the line of what is no time or no number
   */
  Optional<ShapedRows> shape(Path directory) {
    List<Column> columns = duck.readParquetOutline(file.parquet()).columns();
    OwnColumn.requireNone(label, columns);
    InboxTime time = InboxTime.find(source, label, columns);
    load(time);
    time.refusals().forEach(refusal -> checks.requireNone(refusal, Sql.identifier(time.name())));
    checks.requireNone(
        new SqlBuilder().text("coalesce(NOT isfinite(").append(TIME).text("), TRUE)").build(),
        Sql.identifier(time.name()),
        "is no time");
    List<DoubtfulTimes> doubts = new InboxZone(duck, source, checks).resolve(time.name(), columns);
    Map<String, Sql> values =
        source.longForm().isPresent()
            ? pivoted(source.longForm().get(), columns)
            : wide(columns, time.name());
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Optional<NewRows> certain =
        doubts.isEmpty()
            ? Optional.empty()
            : write(values, IS_CERTAIN, directory.resolve("inbox-certain.parquet"));
    return write(values, Sql.of("TRUE"), directory.resolve("inbox-rows.parquet"))
        .map(all -> new ShapedRows(all, doubts, certain));
  }

  private void load(InboxTime time) {
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(ROWS)
            .text(" AS SELECT ")
            .append(time.instant())
            .text(" AS ")
            .append(TIME)
            .text(", ")
            .append(time.isLocal())
            .text(" AS ")
            .append(InboxZone.IS_LOCAL)
            .text(", FALSE AS ")
            .append(InboxZone.IS_GUESSED)
            .text(", * FROM ")
            .append(new RowsFile(duck).numbered(file.parquet(), ROW))
            .build());
  }

  /** Answers what each column of the result takes from the rows of an instant. */
  private Map<String, Sql> wide(List<Column> columns, String time) {
    Map<String, Sql> values = new LinkedHashMap<>();
    for (Column column : columns) {
      if (!column.name().equals(time)) {
        numbers
            .find(column)
            .ifPresent(value -> {
              checks.requireSame(column.name(), value, Sql.of("TRUE"));
              values.put(column.name(), chosen(value, Sql.of("TRUE")));
            });
      }
    }
    return values;
  }

  private Map<String, Sql> pivoted(LongForm form, List<Column> columns) {
    Sql name = Sql.identifier(InboxTime.require(label, columns, form.name()).name());
    Sql value = numbers.measured(InboxTime.require(label, columns, form.value()).name(), NO_NUMBER);
    if (form.offset().isPresent()) {
      Sql offset =
          numbers.offsets(InboxTime.require(label, columns, form.offset().get()).name(), NO_NUMBER);
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

  /**
   * Answers the value of an instant: of several, the one of the last row, or of the first; of rows
   * whose instant is guessed only where there are no others.
   */
  private Sql chosen(Sql value, Sql condition) {
    boolean isFirst = source.duplicates() == Duplicates.FIRST;
    return new SqlBuilder()
        .text(isFirst ? "arg_min(" : "arg_max(")
        .append(value)
        .text(", ")
        .append(ROW)
        .text(" + CASE WHEN ")
        .append(InboxZone.IS_GUESSED)
        .text(" THEN ")
        .literal(isFirst ? BEHIND_ALL : -BEHIND_ALL)
        .text(" ELSE 0 END) FILTER (")
        .append(condition)
        .text(" AND (")
        .append(value)
        .text(") IS NOT NULL)")
        .build();
  }

  private Optional<NewRows> write(Map<String, Sql> values, Sql condition, Path target) {
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
            .append(
                sql.text(" FROM ")
                    .append(ROWS)
                    .text(" WHERE ")
                    .append(condition)
                    .text(" GROUP BY ")
                    .append(TIME)
                    .build())
            .text(") WHERE ")
            .append(Sql.list(present, " OR "))
            .text(" ORDER BY ")
            .identifier(NewRows.TIME)
            .build();
    return new RowsFile(duck).write(select, target);
  }
}
