package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A series computed from its instants alone: a value is the sum of its components.
 *
 * @param start the first instant
 * @param end no instant at or after it
 * @param interval the step, in whole milliseconds
 * @param timeColumn the name of the time column, a TIMESTAMP in UTC
 * @param points the value columns, in order
 */
public record SyntheticSeries(
    Instant start, Instant end, Duration interval, String timeColumn, List<Point> points) {
  /**
   * One value column.
   *
   * @param name the column's name
   * @param components what its values are the sum of
   */
  public record Point(String name, List<Waveform> components) {
    public Point {
      components = List.copyOf(components);
      if (components.isEmpty()) {
        throw new IllegalArgumentException("the point '" + name + "' has no components");
      }
    }
  }

  public SyntheticSeries {
    points = List.copyOf(points);
    if (interval.toMillis() < 1 || !interval.equals(Duration.ofMillis(interval.toMillis()))) {
      throw new IllegalArgumentException("an interval is whole milliseconds: " + interval);
    }
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("the end " + end + " is before the start " + start);
    }
    // SQL does not tell letter case apart in names.
    Set<String> names = new HashSet<>(Set.of(timeColumn.toLowerCase(Locale.ROOT)));
    for (Point point : points) {
      if (!names.add(point.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("two columns are named '" + point.name() + "'");
      }
    }
  }

  /** Answers how many rows there are. */
  public long rowCount() {
    long span = Duration.between(start, end).toMillis();
    return Math.ceilDiv(span, interval.toMillis());
  }

  /** Answers the whole series as a SELECT, in order of time. */
  public Sql select() {
    Sql micros =
        new SqlBuilder()
            .literal(start.toEpochMilli() * 1000)
            .text(" + i * ")
            .literal(interval.toMillis() * 1000)
            .build();
    Sql instants =
        new SqlBuilder()
            .text("SELECT i, ")
            .append(micros)
            .text(" AS us, (")
            .append(micros)
            .text(") / 1000000.0 AS t, i * ")
            .literal(interval.toMillis() / 1000.0)
            .text(" AS s, (")
            .append(micros)
            .text(") // ")
            .literal(interval.toMillis() * 1000)
            .text(" AS k FROM range(")
            .literal(rowCount())
            .text(") r(i)")
            .build();
    List<Sql> columns = new ArrayList<>();
    columns.add(new SqlBuilder().text("make_timestamp(us) AS ").identifier(timeColumn).build());
    points.forEach(point -> columns.add(column(point)));
    return new SqlBuilder()
        .text("SELECT ")
        .append(Sql.list(columns, ", "))
        .text(" FROM (")
        .append(instants)
        .text(") ORDER BY us")
        .build();
  }

  private static Sql column(Point point) {
    List<Sql> terms =
        point.components().stream()
            .map(component ->
                new SqlBuilder().text("(").append(component.expression()).text(")").build())
            .toList();
    return new SqlBuilder()
        .append(Sql.list(terms, " + "))
        .text(" AS ")
        .identifier(point.name())
        .build();
  }
}
