package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ConversionOptions.Ambiguous;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the two rows apart that one local time has where the clocks were put back: the order of the
 * rows in the file, oldest or newest first, says which is the earlier one.
 *
 * <p>Two rows are of one time when both have a value for the same thing. A row that is alone with
 * its time is not looked at here.
 */
final class RepeatedHours {
  static final Sql TABLE = Sql.identifier("collect_repeated");
  static final Sql ROW = Sql.identifier("repeated_row");

  /** Whether a row is from the second time that the clocks showed its time. */
  static final Sql IS_SECOND = Sql.identifier("repeated_is_second");

  private static final Sql TIME = InboxChecks.TIME;

  private final DuckSession duck;
  private final Source source;

  RepeatedHours(DuckSession duck, Source source) {
    this.duck = duck;
    this.source = source;
  }

  /**
   * Fills the table; {@link LocalTimes} has filled its own.
   *
   * @param time the column of the time
   * @param columns all that the file has
   */
  void find(String time, List<Column> columns) {
    boolean isWanted = source.ambiguous() != Ambiguous.REFUSED;
    Sql thing =
        source
            .longForm()
            .map(form ->
                new SqlBuilder()
                    .text("lower(CAST(")
                    .identifier(form.name())
                    .text(" AS VARCHAR))")
                    .build())
            .orElse(Sql.of("0"));
    SqlBuilder sql =
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(TABLE)
            .text(" AS SELECT ")
            .append(InboxChecks.ROW)
            .text(" AS ")
            .append(ROW)
            .text(", row_number() OVER (PARTITION BY ")
            .append(TIME)
            .text(", ")
            .append(thing)
            .text(" ORDER BY ")
            .append(InboxChecks.ROW)
            .text(isWanted && isNewestFirst(thing) ? " DESC" : "")
            .text(") > 1 AS ")
            .append(IS_SECOND)
            .text(" FROM (SELECT r.* FROM ")
            .append(InboxChecks.ROWS)
            .text(" AS r ASOF JOIN ")
            .append(LocalTimes.TABLE)
            .text(" AS z ON r.")
            .append(TIME)
            .text(" >= z.")
            .append(LocalTimes.FROM)
            .text(" WHERE ")
            .append(InboxZone.IS_LOCAL)
            .text(" AND z.")
            .append(LocalTimes.SECOND_SECONDS)
            .text(" IS NOT NULL AND ")
            .literal(isWanted)
            .text(") QUALIFY ")
            .append(meets(thing, time, columns));
    duck.execute(sql.build());
  }

  /** Answers the condition that rows of one time have a value for the same thing. */
  private Sql meets(Sql thing, String time, List<Column> columns) {
    List<Sql> counts = new ArrayList<>();
    if (source.longForm().isPresent()) {
      counts.add(count(Sql.of("*"), thing));
    } else {
      for (Column column : columns) {
        if (!column.name().equals(time)) {
          counts.add(count(Sql.identifier(column.name()), thing));
        }
      }
    }
    return counts.isEmpty() ? Sql.of("FALSE") : Sql.list(counts, " OR ");
  }

  private static Sql count(Sql of, Sql thing) {
    return new SqlBuilder()
        .text("count(")
        .append(of)
        .text(") OVER (PARTITION BY ")
        .append(TIME)
        .text(", ")
        .append(thing)
        .text(") > 1")
        .build();
  }

  /** Looks at which way the times go from row to row. */
  private boolean isNewestFirst(Sql thing) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT coalesce(sum(CASE WHEN this < before THEN -1 WHEN this > before THEN 1")
            .text(" END), 0) FROM (SELECT ")
            .append(TIME)
            .text(" AS this, lag(")
            .append(TIME)
            .text(") OVER (PARTITION BY ")
            .append(thing)
            .text(" ORDER BY ")
            .append(InboxChecks.ROW)
            .text(") AS before FROM ")
            .append(InboxChecks.ROWS)
            .text(" WHERE ")
            .append(InboxZone.IS_LOCAL)
            .text(")")
            .build();
    return duck.list(sql, row -> row.longValue(0)).getFirst() < 0;
  }
}
