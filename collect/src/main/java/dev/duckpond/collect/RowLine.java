package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a file with local times in a line for each thing measured, from the oldest to the
 * newest, each with the time before and after it; as the table {@code collect_line}.
 *
 * <pre>
 * number, pos   the number of the row in the file, and of its place in the line
 * t, thing      its local time, and what was measured where each value has a row of its own
 * before, after the times beside it in the line of its thing
 * meets         whether it and the one before have a value for the same thing
 * nth, is_pair  which row of its time it is, and whether two of these have a value for the same thing
 * hour, length  when the hour begins that the clocks show twice, and its seconds; NULL outside of one
 * ends          when it ends
 * drops         whether the times went back within that hour
 * </pre>
 */
record RowLine(DuckSession duck, Source source) {
  private static final Sql TIME = InboxChecks.TIME;

  private Sql zoned() {
    return new SqlBuilder()
        .append(InboxChecks.ROWS)
        .text(" AS r ASOF JOIN ")
        .append(LocalTimes.TABLE)
        .text(" AS z ON r.")
        .append(TIME)
        .text(" >= z.")
        .append(LocalTimes.FROM)
        .text(" WHERE ")
        .append(InboxZone.IS_LOCAL)
        .build();
  }

  /** Tells whether any row is in an hour that the clocks show twice. */
  boolean reachesSuchAnHour() {
    Sql sql =
        new SqlBuilder()
            .text("SELECT count(z.")
            .append(LocalTimes.SECOND_SECONDS)
            .text(") FROM ")
            .append(zoned())
            .build();
    return duck.list(sql, row -> row.longValue(0)).getFirst() > 0;
  }

  /** What was measured in a row, where each value has a row of its own. */
  private Sql thing() {
    return source
        .longForm()
        .map(form ->
            new SqlBuilder()
                .text("coalesce(lower(CAST(")
                .identifier(form.name())
                .text(" AS VARCHAR)), '')")
                .build())
        .orElse(Sql.of("''"));
  }

  /** Looks at which way the times go from row to row: 1 forward, -1 back, 0 neither. */
  int direction() {
    Sql sql =
        new SqlBuilder()
            .text("SELECT coalesce(sum(sign(epoch_us(this) - epoch_us(before))), 0)::BIGINT FROM")
            .text(" (SELECT ")
            .append(TIME)
            .text(" AS this, lag(")
            .append(TIME)
            .text(") OVER (PARTITION BY ")
            .append(thing())
            .text(" ORDER BY ")
            .append(InboxChecks.ROW)
            .text(") AS before FROM ")
            .append(InboxChecks.ROWS)
            .text(" WHERE ")
            .append(InboxZone.IS_LOCAL)
            .text(")")
            .build();
    return Long.signum(duck.list(sql, row -> row.longValue(0)).getFirst());
  }

  /**
   * Fills the table.
   *
   * @param time the column of the time
   * @param columns all that the file has
   * @param descending what to sort row numbers by, so that the oldest row comes first
   */
  void load(String time, List<Column> columns, Sql descending) {
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE collect_line AS SELECT *, length IS NOT NULL AND")
            .text(" before < ends AND (t < before OR (t = before AND meets)) AS drops FROM (SELECT")
            .text(" *, hour + to_seconds(length) AS ends, lag(t) OVER line AS before, lead(t) OVER")
            .text(" line AS after, ")
            .append(meets(time, columns))
            .text(" AS meets, row_number() OVER (PARTITION BY thing, t ORDER BY pos) AS nth, ")
            .append(isPair(time, columns))
            .text(" AS is_pair FROM (SELECT ")
            .append(values(time, columns))
            .append(InboxChecks.ROW)
            .text(" AS number, ")
            .append(TIME)
            .text(" AS t, ")
            .append(thing())
            .text(" AS thing, row_number() OVER (ORDER BY ")
            .append(InboxChecks.ROW)
            .append(descending)
            .text(") AS pos, z.")
            .append(LocalTimes.FROM)
            .text(" AS hour, z.")
            .append(LocalTimes.FIRST_SECONDS)
            .text(" - z.")
            .append(LocalTimes.SECOND_SECONDS)
            .text(" AS length FROM ")
            .append(zoned())
            .text(") WINDOW line AS (PARTITION BY thing ORDER BY pos))")
            .build());
  }

  /** Answers the condition that a row and the one before it have a value for the same thing. */
  private Sql meets(String time, List<Column> columns) {
    List<Sql> both = new ArrayList<>();
    for (Sql value : names(time, columns)) {
      both.add(
          new SqlBuilder()
              .text("(")
              .append(value)
              .text(" IS NOT NULL AND lag(")
              .append(value)
              .text(") OVER line IS NOT NULL)")
              .build());
    }
    return both.isEmpty() ? Sql.of("TRUE") : Sql.list(both, " OR ");
  }

  /** Answers the condition that two rows of a time have a value for the same thing. */
  private Sql isPair(String time, List<Column> columns) {
    List<Sql> counts = new ArrayList<>();
    for (Sql value : names(time, columns)) {
      counts.add(
          new SqlBuilder()
              .text("count(")
              .append(value)
              .text(") OVER (PARTITION BY thing, t) > 1")
              .build());
    }
    return counts.isEmpty()
        ? Sql.of("count(*) OVER (PARTITION BY thing, t) > 1")
        : Sql.list(counts, " OR ");
  }

  /** Answers the values of a row, each with a name of ours and a comma. */
  private Sql values(String time, List<Column> columns) {
    List<String> names = things(time, columns);
    SqlBuilder sql = new SqlBuilder();
    for (int i = 0; i < names.size(); i++) {
      sql.identifier(names.get(i)).text(" AS ").identifier("v" + i).text(", ");
    }
    return sql.build();
  }

  /** Lists the names that {@link #values} gives. */
  private List<Sql> names(String time, List<Column> columns) {
    int count = things(time, columns).size();
    return IntStream.range(0, count).mapToObj(i -> Sql.identifier("v" + i)).toList();
  }

  /** Lists the columns of values; none for the long form, where each row has one. */
  private List<String> things(String time, List<Column> columns) {
    if (source.longForm().isPresent()) {
      return List.of();
    }
    return columns.stream().map(Column::name).filter(name -> !name.equals(time)).toList();
  }
}
