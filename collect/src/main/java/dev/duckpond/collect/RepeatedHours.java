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
 * the drop on are of the second hour. Two rows of one time that have values in the same columns are
 * the first and the second, unless the usual step of the file is another one than that hour. So
 * are, where the times drop several times, two rows of one time of a thing.
 *
 * <p>Where there is neither, the rows are of the hour by which they are in the usual step of the
 * file from the rows before it and to those after it; the end of the file says nothing. The usual
 * step is known by several steps outside of such hours that are hardly ever of another length.
 *
 * <p>What nothing tells of is not sure; nor is any row of a file whose times go back elsewhere, as
 * its rows are in no order, or of which nobody can say which end is the older.
 */
final class RepeatedHours {
  /** The rows that are in such an hour. */
  static final Sql TABLE = Sql.identifier("collect_repeated");

  static final Sql ROW = Sql.identifier("repeated_row");

  /** Whether a row is of the second hour; NULL where nothing tells. */
  static final Sql IS_SECOND = Sql.identifier("repeated_is_second");

  /** Whether the order of rows leaves no doubt. */
  static final Sql IS_SURE = Sql.identifier("repeated_is_sure");

  /** How many steps outside of such hours make one the usual. */
  private static final int MIN_STEPS = 3;

  /** Which part of them has to be about as long as it. */
  private static final double USUAL_SHARE = 0.9;

  /**
   * What each line says of each hour: where its times drop, which rows are pairs of one time, and
   * whether rows without either leave no gap when all are of the first hour, or of the second. A
   * step may be a quarter longer or shorter than the usual one, and not by more than a quarter of
   * the hour, so that never both are.
   */
  private static final String HOURS =
      """
      CREATE OR REPLACE TEMP TABLE collect_hours AS
      WITH signs AS (
        SELECT thing, hour, any_value(known) AS known, any_value(disorder) AS disorder,
          any_value(doubles) AS doubled,
          any_value(length) * 1000000 AS length,
          least(any_value(known), any_value(length) * 1000000) / 4 AS slack,
          count(*) FILTER (inside AND t < before) AS drops,
          min(pos) FILTER (inside AND t < before) AS drop_pos,
          count(*) FILTER (inside AND t = before AND alike AND NOT doubles) AS pairs,
          min(pos) FILTER (inside AND t = before AND alike AND NOT doubles) AS pair_pos,
          count(*) FILTER (inside AND t = before AND NOT (alike AND NOT doubles)) AS others,
          max(times) <= any_value(most) AS is_usual,
          max(abs(epoch_us(t) - epoch_us(before) - known)) FILTER (inside AND t <> before) AS odd,
          epoch_us(min(t)) - epoch_us(max(before) FILTER (before < hour)) AS gap_before,
          epoch_us(min(after) FILTER (after >= ends)) - epoch_us(max(t)) AS gap_after
        FROM collect_line JOIN collect_steps ON thing = of_thing
        WHERE collect_line.length IS NOT NULL GROUP BY thing, hour),
      sides AS (
        SELECT *, is_usual AND coalesce(odd, 0) <= slack AS is_chain FROM signs)
      SELECT *,
        coalesce(abs(length - known) <= slack, FALSE) AS is_an_hour,
        coalesce(is_chain AND abs(gap_before - known) <= slack
          AND coalesce(abs(gap_after + length - known) <= slack, TRUE), FALSE) AS is_first,
        coalesce(is_chain AND abs(gap_after - known) <= slack
          AND coalesce(abs(gap_before + length - known) <= slack, TRUE), FALSE) AS is_second
      FROM sides\
      """;

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
    decide(line.load(time, columns) != 0);
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

  /** Decides for each row, by what the lines say that it is in; none may say another thing. */
  private void decide(boolean isDirected) {
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE collect_steps AS SELECT *, ")
            .text("CASE WHEN steps >= ")
            .literal(MIN_STEPS)
            .text(" AND usual >= ")
            .literal(USUAL_SHARE)
            .text(
                """
                 * steps THEN step END AS known FROM (
                  SELECT thing AS of_thing, any_value(middle) AS step,
                    count(*) FILTER (outside AND t <> before) AS steps,
                    count(*) FILTER (outside AND t <> before
                      AND abs(abs(epoch_us(t) - epoch_us(before)) - middle) <= middle / 4) AS usual,
                    coalesce(bool_or(outside AND t = before), FALSE) AS doubles,
                    coalesce(max(times) FILTER (length IS NULL), 1) AS most,
                    coalesce(bool_or(t < before AND NOT inside), FALSE) AS disorder
                  FROM (SELECT *, median(abs(epoch_us(t) - epoch_us(before)))
                      FILTER (outside AND t <> before) OVER (PARTITION BY thing) AS middle
                    FROM collect_line) GROUP BY thing)\
                """)
            .build());
    duck.execute(Sql.of(HOURS));
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(TABLE)
            .text(" AS SELECT number AS ")
            .append(ROW)
            .text(", t, CASE WHEN is_sure THEN second END AS ")
            .append(IS_SECOND)
            .text(", is_sure AS ")
            .append(IS_SURE)
            .text(" FROM (SELECT number, any_value(t) AS t, bool_and(second) AS second, ")
            .literal(isDirected)
            .text(
                """
                 AND coalesce(bool_and(second) = bool_or(second), FALSE)
                  AND NOT (SELECT bool_or(disorder) FROM collect_steps JOIN collect_line
                    ON of_thing = thing WHERE NOT whole) AS is_sure
                FROM (SELECT number, t, CASE
                    WHEN h.disorder THEN NULL
                    WHEN drops = 1 AND pairs = 0 THEN pos >= drop_pos
                    WHEN drops > 1 AND NOT l.whole AND times = 2 AND NOT doubled THEN nth = 2
                    WHEN drops > 0 OR l.whole AND pairs + others > 0 THEN NULL
                    WHEN pairs > 0 THEN CASE
                      WHEN others > 0 OR known IS NOT NULL AND NOT is_an_hour THEN NULL
                      WHEN pairs = 1 THEN pos >= pair_pos
                      WHEN times = 2 THEN nth = 2 END
                    WHEN is_first THEN FALSE
                    WHEN is_second THEN TRUE END AS second
                  FROM collect_line AS l JOIN collect_hours AS h
                    ON l.thing = h.thing AND l.hour = h.hour WHERE l.length IS NOT NULL)
                GROUP BY number)\
                """)
            .build());
  }
}
