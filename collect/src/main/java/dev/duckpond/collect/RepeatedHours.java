package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.EventBounds;
import java.util.List;
import java.util.Optional;

/**
 * Tells which rows of a file are from the second time that the clocks showed their time, by the
 * order of the rows, oldest or newest first, for each thing measured on its own.
 *
 * <p>In an hour that was put back the times go forward, drop once, and go forward again: rows from
 * the drop on are of the second hour. Where there is no drop, the rows are of the hour that goes on
 * in the usual step of the file from the rows before it, or to those after it. Rows that neither
 * tells of, and those of a file of which nobody can say which end is the older, are not sure.
 *
 * <p>Where times drop several times, two rows of one time that both have a value for the same thing
 * are the first and the second, and others are of the hour on whose side of these they stand.
 */
final class RepeatedHours {
  /** The rows that are in such an hour. */
  static final Sql TABLE = Sql.identifier("collect_repeated");

  static final Sql ROW = Sql.identifier("repeated_row");

  /** Whether a row is of the second hour; NULL where nothing tells. */
  static final Sql IS_SECOND = Sql.identifier("repeated_is_second");

  /** Whether the order of rows leaves no doubt. */
  static final Sql IS_SURE = Sql.identifier("repeated_is_sure");

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
    RowLine line = new RowLine(duck, source);
    if (!line.reachesSuchAnHour()) {
      empty();
      return;
    }
    int direction = line.direction();
    line.load(time, columns, direction < 0 ? Sql.of(" DESC") : Sql.of(""));
    decide(direction != 0);
  }

  private void empty() {
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(TABLE)
            .text(" AS SELECT 0::BIGINT AS ")
            .append(ROW)
            .text(", FALSE AS ")
            .append(IS_SECOND)
            .text(", TRUE AS ")
            .append(IS_SURE)
            .text(", TIMESTAMP '1970-01-01' AS t LIMIT 0")
            .build());
  }

  /** Answers how many rows are not sure, and between which local times; empty when none is. */
  Optional<DoubtfulTimes> findDoubt() {
    Sql sql =
        new SqlBuilder()
            .text("SELECT count(*), min(epoch_us(t)), max(epoch_us(t)) FROM ")
            .append(TABLE)
            .text(" WHERE NOT ")
            .append(IS_SURE)
            .build();
    try (Rows rows = duck.query(sql)) {
      rows.next();
      return rows.isNull(1)
          ? Optional.empty()
          : Optional.of(
              new DoubtfulTimes(
                  rows.longValue(0), new EventBounds(rows.longValue(1), rows.longValue(2))));
    }
  }

  /**
   * Decides for each row. A step may be half as long again as the usual one. Where things come
   * twice at other times too, rows of the same time are no sign of a second hour.
   */
  private void decide(boolean isDirected) {
    duck.execute(
        new SqlBuilder()
            .text(
                """
                CREATE OR REPLACE TEMP TABLE collect_hours AS
                WITH things AS (
                  SELECT thing AS name,
                    1.5 * median(abs(epoch_us(t) - epoch_us(before))) FILTER (t <> before) AS step,
                    coalesce(bool_or(t = before AND meets AND length IS NULL), FALSE) AS doubles
                  FROM collect_line GROUP BY thing),
                signs AS (
                  SELECT thing, hour, any_value(length) * 1000000 AS length,
                    any_value(step) AS step, any_value(doubles) AS doubles,
                    count(*) FILTER (drops AND NOT (doubles AND t = before)) AS drops,
                    min(pos) FILTER (drops AND NOT (doubles AND t = before)) AS drop_pos,
                    max(pos) FILTER (is_pair AND nth = 1) AS last_first,
                    min(pos) FILTER (is_pair AND nth > 1) AS first_second,
                    epoch_us(min(t)) - epoch_us(max(before) FILTER (before < hour)) AS gap_before,
                    epoch_us(min(after) FILTER (after >= ends)) - epoch_us(max(t)) AS gap_after
                  FROM collect_line JOIN things ON thing = name
                  WHERE length IS NOT NULL GROUP BY thing, hour)
                SELECT *,
                  coalesce(gap_before <= step AND gap_before + length > step, FALSE) AS goes_on,
                  coalesce(gap_after <= step AND gap_after + length > step, FALSE) AS leads_on
                FROM signs\
                """)
            .build());
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(TABLE)
            .text(" AS SELECT ")
            .append(ROW)
            .text(", t, ")
            .append(IS_SECOND)
            .text(", ")
            .append(IS_SECOND)
            .text(" IS NOT NULL AND ")
            .literal(isDirected)
            .text(" AS ")
            .append(IS_SURE)
            .text(" FROM (SELECT number AS ")
            .append(ROW)
            .text(
                """
                , t, CASE
                  WHEN h.drops = 1 THEN pos >= drop_pos
                  WHEN is_pair AND NOT doubles THEN nth > 1
                  WHEN h.drops > 1 THEN CASE
                    WHEN pos < least(last_first, first_second) THEN FALSE
                    WHEN pos > greatest(last_first, first_second) THEN TRUE END
                  WHEN goes_on AND NOT leads_on THEN FALSE
                  WHEN leads_on AND NOT goes_on THEN TRUE END\
                """)
            .text(" AS ")
            .append(IS_SECOND)
            .text(" FROM collect_line AS l JOIN collect_hours AS h ON l.thing = h.thing")
            .text(" AND l.hour = h.hour WHERE l.length IS NOT NULL)")
            .build());
  }
}
