package dev.duckpond.factories;

import static java.util.Objects.requireNonNull;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the SELECT of the rows of a source, each with the key of its bucket, and short names for
 * the columns that were asked for. To be asked for everything before the SELECT.
 */
final class BucketRows {
  /** The column that rows of one bucket have in common. */
  static final String KEY = "k";

  private static final String NUMBER = "number of the bucket";
  private static final Sql INSTANT = Sql.of("instant");
  private static final Sql NOTHING = Sql.of("NULL");

  private final Resolution resolution;
  private final Relation source;
  private final Map<String, Sql> values = new LinkedHashMap<>();
  private final Map<String, Sql> held = new LinkedHashMap<>();

  /** Reduces the rows of a relation that has a time. */
  BucketRows(Resolution resolution, Relation source) {
    this.resolution = resolution;
    this.source = source;
  }

  /** Answers a partial as an expression over the rows of one key. */
  Sql over(Partial partial) {
    return switch (partial) {
      case Partial.Rows rows -> rows.over(NOTHING, INSTANT, NOTHING);
      case Partial.Of of -> of.over(value(of.column()), INSTANT, NOTHING);
      case Partial.Whole whole -> whole.over(value(whole.column()), INSTANT, held(whole));
    };
  }

  private Sql value(String column) {
    return values.computeIfAbsent(column, _ -> Sql.identifier("v" + values.size()));
  }

  private Sql held(Partial.Whole whole) {
    return whole.aggregate() == Aggregate.TIME_WEIGHTED_AVG
        ? held.computeIfAbsent(whole.column(), _ -> Sql.identifier("h" + held.size()))
        : NOTHING;
  }

  /** Answers the rows of a range that begins and ends where buckets do. */
  Sql select(TimeRange range) {
    Sql stored = Sql.identifier(source.time().orElseThrow().name());
    Optional<Sql> numbered = numbered(range);
    List<Sql> columns = new ArrayList<>();
    columns.add(stored.plus(" AS ").plus(INSTANT));
    Sql key = numbered.isPresent() ? Sql.identifier(NUMBER) : resolution.key(stored, range);
    columns.add(key.plus(" AS ").plus(KEY));
    values.forEach((name, value) -> columns.add(Sql.identifier(name).plus(" AS ").plus(value)));
    SqlBuilder sql =
        new SqlBuilder()
            .text("SELECT ")
            .append(Sql.list(columns, ", "))
            .text(" FROM (")
            .append(numbered.orElseGet(() -> source.select(range)))
            .text(")");
    if (range.equals(TimeRange.ALL)) {
      sql.text(" WHERE ").append(stored).text(" IS NOT NULL");
    }
    return held.isEmpty() ? sql.build() : withHeld(sql.build());
  }

  /** Equal widths can be told of the time as it is stored. */
  private Optional<Sql> numbered(TimeRange range) {
    boolean isTaken =
        source.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(NUMBER));
    return switch (resolution) {
      case FixedResolution fixed ->
          isTaken
              ? Optional.empty()
              : Optional.of(source.selectNumbered(range, fixed.grid(), NUMBER));
      case CalendarResolution calendar -> Optional.empty();
    };
  }

  private Sql withHeld(Sql rows) {
    List<Sql> columns = new ArrayList<>(List.of(Sql.of("*")));
    held.forEach((column, name) ->
        columns.add(heldFor(requireNonNull(values.get(column))).plus(" AS ").plus(name)));
    return new SqlBuilder()
        .text("SELECT ")
        .append(Sql.list(columns, ", "))
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
        .text(" IGNORE NULLS) OVER (PARTITION BY k ORDER BY instant, ")
        .append(value)
        .text("), ")
        .append(resolution.end(resolution.begin(Sql.of(KEY))))
        .text(")) - epoch_us(instant) END")
        .build();
  }
}
