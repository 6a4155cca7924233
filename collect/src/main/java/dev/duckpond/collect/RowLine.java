package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.util.List;

/**
 * The rows of a file with local times that are in an hour that the clocks show twice, or some days
 * from one, in a line for each thing measured, from the oldest to the newest, each with the time
 * before and after it; as the table {@code collect_line}.
 *
 * <p>Where each value has a row of its own, a thing is what the row names; else it is a column, in
 * the rows that have a value there. Columns that have values in the same rows are one thing. The
 * rows of all things are a further line, the whole.
 *
 * <pre>
 * number, pos   the number of the row in the file, and of its place in the line
 * t, thing      its local time, and what was measured
 * whole         whether the line is that of all things
 * before, after the times beside it in the line
 * hour, length  when the hour begins that the clocks show twice, and its seconds; NULL outside of one
 * ends          when it ends
 * inside        whether it and the one before it are in the same such hour
 * outside       whether neither it nor the one before it is in one
 * alike         whether it and the one before it have values of the same things
 * times         how many rows of its time there are
 * </pre>
 */
record RowLine(DuckSession duck, Source source) {
  private static final Sql TIME = InboxChecks.TIME;

  /** How far from such an hour the rows are that say how it is with its rows. */
  private static final int DAYS_AROUND = 14;

  /**
   * Lists each row once for each thing that it has a value of. Of columns that have values in the
   * same rows only the first is listed, as the others would say the same.
   */
  private static final Sql CELLS =
      Sql.of(
          """
          CREATE OR REPLACE TEMP TABLE collect_cells AS
          WITH each_cell AS (
            SELECT number, t, name, form, hour, length, unnest(filled) AS place FROM collect_near),
          places AS (
            SELECT min(place) AS kept FROM (
              SELECT place, bit_xor(hash(number)) AS rows_of, count(*) AS how_many FROM each_cell
              WHERE place IS NOT NULL GROUP BY place)
            GROUP BY rows_of, how_many, place = -1)
          SELECT * EXCLUDE (name, place, kept), place = -1 AS whole, name IS NULL AS wide,
            CASE WHEN place = -1 THEN '' ELSE coalesce(name, CAST(place AS VARCHAR)) END AS thing
          FROM each_cell JOIN places ON place = kept\
          """);

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

  /** What a row names as measured; NULL where that is told by the columns that have a value. */
  private Sql name(List<String> columns) {
    return source
        .longForm()
        .map(form ->
            new SqlBuilder()
                .text("coalesce(lower(CAST(r.")
                .identifier(form.name())
                .text(" AS VARCHAR)), '')")
                .build())
        .orElse(columns.isEmpty() ? Sql.of("''") : Sql.of("NULL::VARCHAR"));
  }

  /**
   * Fills the table.
   *
   * @param time the column of the time
   * @param columns all that the file has
   * @return which way the times go from row to row: 1 forward, -1 back, 0 where nothing tells
   */
  int load(String time, List<Column> columns) {
    near(columns.stream().map(Column::name).filter(name -> !name.equals(time)).toList());
    duck.execute(CELLS);
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
                  coalesce(NOT whole OR lag(form) OVER line = form, FALSE) AS alike,
                  count(*) OVER (PARTITION BY thing, whole, t) AS times
                FROM (SELECT *, number * \
                """)
            .literal(direction < 0 ? -1 : 1)
            .text(
                " AS pos FROM collect_cells) WINDOW line AS (PARTITION BY thing, whole ORDER BY pos)")
            .build());
    return direction;
  }

  /** Lists the rows near such hours, with the places of the columns that have a value. */
  private void near(List<String> columns) {
    boolean isNamed = source.longForm().isPresent() || columns.isEmpty();
    SqlBuilder filled = new SqlBuilder().text(isNamed ? "[0, " : "[");
    for (int i = 0; i < columns.size() && !isNamed; i++) {
      filled
          .text("CASE WHEN r.")
          .identifier(columns.get(i))
          .text(" IS NOT NULL THEN ")
          .literal(i)
          .text(" END, ");
    }
    filled.text("-1]");
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE collect_near AS ")
            .text("SELECT *, dense_rank() OVER (ORDER BY filled, name) AS form FROM (SELECT ")
            .append(InboxChecks.ROW)
            .text(" AS number, ")
            .append(TIME)
            .text(" AS t, ")
            .append(name(columns))
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
            .text(" AND EXISTS (SELECT 1 FROM ")
            .append(LocalTimes.TABLE)
            .text(" AS twice WHERE twice.")
            .append(LocalTimes.SECOND_SECONDS)
            .text(" IS NOT NULL AND r.")
            .append(TIME)
            .text(" BETWEEN twice.")
            .append(LocalTimes.FROM)
            .text(" - to_days(")
            .literal(DAYS_AROUND)
            .text(") AND twice.")
            .append(LocalTimes.FROM)
            .text(" + to_days(")
            .literal(DAYS_AROUND)
            .text(")))")
            .build());
  }

  /**
   * Looks at which way the times go. Within an hour that is there twice they may go the other way
   * once: only where no other row tells, an hour in which they do so more often says which way it
   * is not.
   */
  private int direction() {
    Sql sql =
        Sql.of(
            """
            SELECT CASE WHEN sum(outside) <> 0 THEN sum(outside)
              WHEN max(downs) <= 1 AND max(ups) > 1 THEN 1
              WHEN max(ups) <= 1 AND max(downs) > 1 THEN -1 ELSE 0 END::BIGINT
            FROM (SELECT
                coalesce(sum(way) FILTER (NOT inside AND NOT whole), 0) AS outside,
                count(*) FILTER (inside AND way > 0) AS ups,
                count(*) FILTER (inside AND way < 0) AS downs
              FROM (SELECT thing, whole, hour,
                  sign(epoch_us(t) - epoch_us(lag(t) OVER line)) AS way,
                  coalesce(length IS NOT NULL AND lag(hour) OVER line = hour, FALSE) AS inside
                FROM collect_cells WHERE wide OR NOT whole
                WINDOW line AS (PARTITION BY thing, whole ORDER BY number))
              GROUP BY thing, whole, hour)\
            """);
    return Long.signum(duck.list(sql, row -> row.longValue(0)).getFirst());
  }
}
