package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.util.List;

/**
 * Tells which rows of a file are from the second time that the clocks showed their time, by the
 * order of the rows, oldest or newest first, for each thing measured and for all together.
 *
 * <pre>
 * what is seen of the rows of an hour                    what it says
 * the times drop once                                    rows from the drop on are of the second
 * they drop more often                                   nothing
 * two rows of one time, where the usual step is an hour  the one is of the first, the other not
 * a step that is the usual one when the hour is added    rows from it on are of the second
 * the usual step from the row before, or to that after   all are of the first, or of the second
 * </pre>
 *
 * <p>The end of a file says nothing, nor does its beginning. The usual step is known by several
 * steps outside of such hours that are hardly ever of another length.
 *
 * <p>What nothing tells of is not sure, nor that of which two lines say different things; nor is
 * any row where times near such hours go back elsewhere, as the rows are in no order, or where
 * nobody can say which end is the older.
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
   * What each line is like: its usual step and how far others of that kind are from it, the
   * shortest and the longest, how often it tells a time, and whether times go back outside of such
   * hours. Where rows are missing a step is several usual ones.
   */
  private static final Sql STEPS =
      new SqlBuilder()
          .text(
              """
              CREATE OR REPLACE TEMP TABLE collect_steps AS
              SELECT *, CASE WHEN steps >= \
              """)
          .literal(MIN_STEPS)
          .text(" AND usual >= ")
          .literal(USUAL_SHARE)
          .text(
              """
               * steps THEN middle END AS known FROM (
                SELECT thing AS of_thing, whole AS of_whole, any_value(middle) AS middle,
                  count(*) FILTER (outside AND step > 0) AS steps,
                  count(*) FILTER (is_usual) AS usual,
                  max(off) FILTER (is_usual) AS spread,
                  min(step) FILTER (step > 0) AS shortest,
                  max(step) AS longest,
                  coalesce(bool_or(outside AND step = 0), FALSE) AS doubles,
                  coalesce(mode(times) FILTER (length IS NULL), 1) AS most,
                  coalesce(bool_or(t < before AND NOT inside), FALSE) AS disorder
                FROM (
                  SELECT *, abs(step - middle * greatest(1, round(step / middle))) AS off,
                    outside AND step > 0 AND off <= middle / 4 AS is_usual
                  FROM (
                    SELECT *, median(step) FILTER (outside AND step > 0)
                      OVER (PARTITION BY thing, whole) AS middle
                    FROM (
                      SELECT *, abs(epoch_us(t) - epoch_us(before)) AS step FROM collect_line)))
                GROUP BY thing, whole)\
              """)
          .build();

  /**
   * What each line says of each hour: where its times drop, which rows are pairs of one time, and
   * whether all its rows are of the first hour, or of the second, by the steps from the row before
   * and to the one after. A step may differ from the usual one by twice as much as others do, and
   * not by more than a quarter of it or of the hour, so that never both are. What has one reading
   * in several hours may go by the clock on the wall: its steps tell only where they do not. The
   * line of all things tells by drops alone: its steps are from one thing to another.
   *
   * <pre>
   * others         rows of a time that the row before has, too, which are no pair for sure
   * way            the step from the row before, within the hour; below 0 where the times drop
   * slack          how far from the usual step one may be that counts as it
   * turns          steps within the hour that are the usual one when the hour is added to them
   * odd, odd_else  how far a step within the hour is from the usual one; one that is no turn
   * before_first   whether the step from the row before is the usual, if the rows are of the first
   * after_second   whether the step to the row after is the usual, if they are of the second
   * is_chain       whether all steps within the hour are the usual one
   * is_short       whether the usual step is no longer than the hour, but for a quarter
   * is_an_hour     whether it is the hour; where it is not known, whether all steps are, about
   * spans          whether a column has rows before the drop and after it
   * </pre>
   */
  private static final Sql HOURS =
      Sql.of(
          """
          CREATE OR REPLACE TEMP TABLE collect_hours AS
          WITH scaled AS (
            SELECT * REPLACE (length * 1000000 AS length)
            FROM collect_line JOIN collect_steps ON thing = of_thing AND whole = of_whole
            WHERE collect_line.length IS NOT NULL),
          marks AS (
            SELECT *, inside AND t = before AS is_again, is_again AND alike AND NOT doubles AS is_pair,
              CASE WHEN inside THEN epoch_us(t) - epoch_us(before) END AS way,
              least(known, length) AS base,
              least(base / 4, greatest(2 * spread, base / 20)) AS slack,
              abs(way + length - known) <= slack AS is_turn
            FROM scaled),
          signs AS (
            SELECT thing, whole, hour, any_value(COLUMNS(['length', 'known', 'slack', 'most'])),
              any_value(COLUMNS(['disorder', 'shortest', 'longest'])),
              count(*) FILTER (way < 0) AS drops,
              min(pos) FILTER (way < 0) AS drop_pos,
              count(*) FILTER (is_pair) AS pairs,
              min(pos) FILTER (is_pair) AS pair_pos,
              count(*) FILTER (is_again AND NOT is_pair) AS others,
              count(*) FILTER (is_turn) AS turns,
              min(pos) FILTER (is_turn) AS turn_pos,
              max(times) AS most_here,
              coalesce(max(abs(way - known)) FILTER (way <> 0), 0) AS odd,
              coalesce(max(abs(way - known)) FILTER (way <> 0 AND NOT is_turn), 0) AS odd_else,
              epoch_us(min(t)) - epoch_us(max(before) FILTER (before < hour)) AS gap_before,
              epoch_us(min(after) FILTER (after >= ends)) - epoch_us(max(t)) AS gap_after
            FROM marks GROUP BY thing, whole, hour),
          fits AS (
            SELECT *, most_here <= most AND odd <= slack AS is_chain,
              known <= 1.25 * length AS is_short,
              abs(gap_before - known) <= slack AS before_first,
              abs(gap_before + length - known) <= slack AS before_second,
              abs(gap_after + length - known) <= slack AS after_first,
              abs(gap_after - known) <= slack AS after_second
            FROM signs),
          sides AS (
            SELECT drop_pos AS side_pos, hour AS side_hour,
              bool_or(first_pos < drop_pos AND last_pos >= drop_pos) AS spans
            FROM signs JOIN (
              SELECT hour AS in_hour, min(pos) AS first_pos, max(pos) AS last_pos FROM collect_line
              WHERE length IS NOT NULL AND NOT whole GROUP BY thing, hour) ON hour = in_hour
            WHERE signs.whole GROUP BY ALL)
          SELECT *, NOT whole OR coalesce(spans, FALSE) AS is_drop,
            coalesce(turns = 1 AND odd_else <= slack, FALSE) AS is_turned,
            coalesce(CASE WHEN known IS NULL
              THEN shortest >= 0.9 * length AND longest <= 1.1 * length
              ELSE abs(length - known) <= slack END, FALSE) AS is_an_hour,
            coalesce(is_chain AND coalesce(before_first, TRUE) AND coalesce(after_first, TRUE)
              AND (after_first OR before_first AND is_short), FALSE) AS is_first,
            coalesce(is_chain AND coalesce(before_second, TRUE) AND coalesce(after_second, TRUE)
              AND (before_second OR after_second AND is_short), FALSE) AS is_second
          FROM fits LEFT JOIN sides ON whole AND side_pos = drop_pos AND side_hour = hour\
          """);

  /**
   * What the lines say of each row; none may say another thing. Where the rows of all things are in
   * order, a row of the first hour stands before those of the second; and where their times drop
   * once at most, a row that no line tells of is of the hour of those that it stands between.
   */
  private static final String ROWS =
      """
      WITH said AS (
        SELECT number, any_value(pos) AS pos, any_value(hour) AS hour,
          bool_and(second) AS second,
          coalesce(bool_and(second) = bool_or(second), FALSE) AS agreed,
          NOT bool_or(whole) OR bool_or(whole AND disorder) AS disorder,
          coalesce(bool_or(whole AND NOT disorder AND drops <= 1), FALSE) AS one_drop
        FROM (
          SELECT number, pos, l.hour, l.whole, disorder, drops, CASE
            WHEN disorder THEN NULL
            WHEN drops = 1 AND is_drop AND (pairs = 0 OR known IS NOT NULL AND NOT is_an_hour)
              THEN pos >= drop_pos
            WHEN l.whole OR drops > 0 THEN NULL
            WHEN pairs > 0 THEN
              CASE WHEN pairs = 1 AND others = 0 AND is_an_hour THEN pos >= pair_pos END
            WHEN is_turned AND others = 0 THEN pos >= turn_pos
            WHEN is_first THEN FALSE
            WHEN is_second THEN TRUE END AS second
          FROM collect_line AS l JOIN collect_hours AS h
            ON l.thing = h.thing AND l.whole = h.whole AND l.hour = h.hour
          WHERE l.length IS NOT NULL)
        GROUP BY number),
      reached AS (
        SELECT *,
          max(pos) FILTER (agreed AND NOT second) OVER (PARTITION BY hour) AS last_first,
          min(pos) FILTER (agreed AND second) OVER (PARTITION BY hour) AS first_second
        FROM said),
      placed AS (
        SELECT *, CASE WHEN second IS NULL AND one_drop THEN
          CASE WHEN pos < last_first THEN FALSE WHEN pos > first_second THEN TRUE END END AS place
        FROM reached)
      SELECT number, coalesce(place, second) AS second,
        (agreed OR place IS NOT NULL)
          AND (disorder OR coalesce(last_first < first_second, TRUE)) AS sure
      FROM placed\
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
            .text(" LIMIT 0")
            .build());
  }

  /** Decides for each row; none is sure where nothing tells which way the times go. */
  private void decide(boolean isDirected) {
    duck.execute(STEPS);
    duck.execute(HOURS);
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(TABLE)
            .text(" AS SELECT number AS ")
            .append(ROW)
            .text(", CASE WHEN is_sure THEN second END AS ")
            .append(IS_SECOND)
            .text(", is_sure AS ")
            .append(IS_SURE)
            .text(" FROM (SELECT *, sure AND ")
            .literal(isDirected)
            .text(" AND NOT (SELECT bool_or(disorder AND NOT of_whole) FROM collect_steps)")
            .text(" AS is_sure FROM (")
            .text(ROWS)
            .text("))")
            .build());
  }
}
