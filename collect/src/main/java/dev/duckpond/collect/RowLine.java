package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.util.List;

/**
 * The rows of a file with local times in a line for each thing measured, from the oldest to the
 * newest, each with the time before and after it; as the table {@code collect_line}.
 *
 * <p>Where each value has a row of its own, a thing is what the row names; else it is a column, in
 * the rows that have a value there. The rows of all columns are a further line, the whole.
 *
 * <pre>
 * number, pos   the number of the row in the file, and of its place in the line
 * t, thing      its local time, and what was measured
 * whole         whether the line is that of all columns
 * before, after the times beside it in the line
 * hour, length  when the hour begins that the clocks show twice, and its seconds; NULL outside of one
 * ends          when it ends
 * inside        whether it and the one before it are in the same such hour
 * outside       whether neither it nor the one before it is in one
 * alike         whether it and the one before it have values in the same columns
 * nth, times    which row of its time it is, and of how many
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

  /**
   * Fills the table.
   *
   * @param time the column of the time
   * @param columns all that the file has
   * @return which way the times go from row to row: 1 forward, -1 back, 0 where nothing tells
   */
  int load(String time, List<Column> columns) {
    cells(columns.stream().map(Column::name).filter(name -> !name.equals(time)).toList());
    int direction = direction();
    duck.execute(
        new SqlBuilder()
            .text(
                """
                CREATE OR REPLACE TEMP TABLE collect_line AS
                SELECT *, hour + to_seconds(length) AS ends,
                  lag(t) OVER line AS before, lead(t) OVER line AS after,
                  coalesce(length IS NOT NULL AND lag(hour) OVER line = hour, FALSE) AS inside,
                  length IS NULL AND lag(length) OVER line IS NULL AS outside,
                  coalesce(lag(filled) OVER line = filled, FALSE) AS alike,
                  row_number() OVER (PARTITION BY thing, t ORDER BY pos) AS nth,
                  count(*) OVER (PARTITION BY thing, t) AS times
                FROM (SELECT *, number * \
                """)
            .literal(direction < 0 ? -1 : 1)
            .text(" AS pos FROM collect_cells) WINDOW line AS (PARTITION BY thing ORDER BY pos)")
            .build());
    return direction;
  }

  /** Lists each row once for each thing that it has a value of. */
  private void cells(List<String> columns) {
    boolean isWide = source.longForm().isEmpty() && !columns.isEmpty();
    SqlBuilder filled = new SqlBuilder().text("[");
    if (isWide) {
      for (int i = 0; i < columns.size(); i++) {
        filled
            .text("CASE WHEN ")
            .identifier(columns.get(i))
            .text(" IS NOT NULL THEN ")
            .literal(i)
            .text(" END, ");
      }
    }
    filled.text("-1]");
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE collect_cells AS SELECT * REPLACE (")
            .append(isWide ? Sql.of("CAST(thing AS VARCHAR)") : Sql.of("name"))
            .text(" AS thing), ")
            .literal(isWide)
            .text(" AND thing = -1 AS whole FROM (SELECT *, unnest(filled) AS thing FROM (SELECT ")
            .append(InboxChecks.ROW)
            .text(" AS number, ")
            .append(TIME)
            .text(" AS t, ")
            .append(thing())
            .text(" AS name, ")
            .append(filled.build())
            .text(" AS filled, z.")
            .append(LocalTimes.FROM)
            .text(" AS hour, z.")
            .append(LocalTimes.FIRST_SECONDS)
            .text(" - z.")
            .append(LocalTimes.SECOND_SECONDS)
            .text(" AS length FROM ")
            .append(zoned())
            .text(")) WHERE thing IS NOT NULL")
            .build());
  }

  /**
   * Looks at which way the times go; within an hour that is there twice only where no other row
   * tells, and only when they hardly ever go the other way.
   */
  private int direction() {
    Sql sql =
        Sql.of(
            """
            SELECT CASE WHEN outside <> 0 THEN outside
              WHEN 3 * least(ups, downs) <= greatest(ups, downs) THEN ups - downs ELSE 0 END::BIGINT
            FROM (SELECT
                coalesce(sum(way) FILTER (NOT inside), 0) AS outside,
                count(*) FILTER (inside AND way > 0) AS ups,
                count(*) FILTER (inside AND way < 0) AS downs
              FROM (SELECT sign(epoch_us(t) - epoch_us(lag(t) OVER line)) AS way,
                  coalesce(length IS NOT NULL AND lag(hour) OVER line = hour, FALSE) AS inside
                FROM collect_cells WHERE NOT whole
                WINDOW line AS (PARTITION BY thing ORDER BY number)))\
            """);
    return Long.signum(duck.list(sql, row -> row.longValue(0)).getFirst());
  }
}
