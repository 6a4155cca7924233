package dev.duckpond.factories;

import static java.util.Objects.requireNonNull;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes the SELECT of a reduction straight over its source. */
final class ReduceSql {
  private final Reduction reduction;
  private final Resolution resolution;
  private final Function<TimeRange, Sql> source;

  /** Reduces what {@code source} answers for a range of time. */
  ReduceSql(Reduction reduction, Resolution resolution, Function<TimeRange, Sql> source) {
    this.reduction = reduction;
    this.resolution = resolution;
    this.source = source;
  }

  /** Answers the buckets that begin in a range; the source is asked for their rows alone. */
  Sql select(TimeRange range) {
    Map<String, Sql> held = new LinkedHashMap<>();
    List<Sql> columns = new ArrayList<>();
    columns.add(Sql.of("bucket AS ").plus(Sql.identifier(reduction.timeColumn())));
    Sql time = Sql.of("instant");
    int number = 0;
    Map<String, Sql> inner = new LinkedHashMap<>();
    Map<String, Sql> holds = new LinkedHashMap<>();
    for (Reduction.Output output : reduction.outputs()) {
      columns.add(
          switch (output) {
            case Reduction.Output.Rows rows ->
                Sql.of("count(*) AS ").plus(Sql.identifier(rows.name()));
            case Reduction.Output.Of(Aggregate aggregate, String column, String name) -> {
              if (!inner.containsKey(column)) {
                inner.put(column, Sql.identifier("v" + number));
                holds.put(column, Sql.identifier("h" + number++));
              }
              Sql value = requireNonNull(inner.get(column));
              Sql hold = requireNonNull(holds.get(column));
              if (aggregate == Aggregate.TIME_WEIGHTED_AVG) {
                held.put(column, hold);
              }
              yield aggregate.over(value, time, hold).plus(" AS ").plus(Sql.identifier(name));
            }
          });
    }
    SqlBuilder sql =
        new SqlBuilder()
            .text("SELECT ")
            .append(Sql.list(columns, ", "))
            .text(" FROM (")
            .append(rows(inner, held, resolution.widened(range)))
            .text(") GROUP BY bucket");
    if (!range.equals(TimeRange.ALL)) {
      sql.text(" HAVING ").append(TimeCondition.within(Sql.of("bucket"), range));
    }
    return sql.build();
  }

  private Sql rows(Map<String, Sql> inner, Map<String, Sql> held, TimeRange range) {
    Sql stored = Sql.identifier(reduction.timeColumn());
    List<Sql> columns = new ArrayList<>();
    columns.add(stored.plus(" AS instant"));
    columns.add(resolution.bucket(stored).plus(" AS bucket"));
    inner.forEach((name, value) -> columns.add(Sql.identifier(name).plus(" AS ").plus(value)));
    Sql rows =
        new SqlBuilder()
            .text("SELECT ")
            .append(Sql.list(columns, ", "))
            .text(" FROM (")
            .append(source.apply(range))
            .text(") WHERE ")
            .append(stored)
            .text(" IS NOT NULL")
            .build();
    if (held.isEmpty()) {
      return rows;
    }
    List<Sql> with = new ArrayList<>(List.of(Sql.of("*")));
    held.forEach((column, name) ->
        with.add(heldFor(requireNonNull(inner.get(column))).plus(" AS ").plus(name)));
    return new SqlBuilder()
        .text("SELECT ")
        .append(Sql.list(with, ", "))
        .text(" FROM (")
        .append(rows)
        .text(")")
        .build();
  }

  /** A value holds until the next one in its bucket, the last until the bucket ends. */
  private Sql heldFor(Sql value) {
    Sql present =
        new SqlBuilder()
            .text("CASE WHEN ")
            .append(value)
            .text(" IS NOT NULL THEN instant END")
            .build();
    return new SqlBuilder()
        .text("CASE WHEN ")
        .append(value)
        .text(" IS NOT NULL THEN epoch_us(coalesce(lead(")
        .append(present)
        .text(" IGNORE NULLS) OVER (PARTITION BY bucket ORDER BY instant), ")
        .append(resolution.end(Sql.of("bucket")))
        .text(")) - epoch_us(instant) END")
        .build();
  }
}
