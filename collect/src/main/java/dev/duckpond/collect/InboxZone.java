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

/** Turns the local times among the rows of a file into UTC. */
final class InboxZone {
  private static final Sql ROWS = InboxChecks.ROWS;
  private static final Sql TIME = InboxChecks.TIME;
  private static final Sql TIMED = Sql.identifier("collect_timed");

  /** Whether the time of a row is local, and is to become UTC. */
  static final Sql IS_LOCAL = OwnColumn.of("collect_is_local");

  /** Whether nobody can say which of two instants the time of a row is. */
  static final Sql IS_GUESSED = OwnColumn.of("collect_is_guessed");

  /** The rows, each with its stretch of the zone and what the order of rows says of it. */
  private static final Sql ZONED =
      new SqlBuilder()
          .append(ROWS)
          .text(" AS r ASOF LEFT JOIN ")
          .append(LocalTimes.TABLE)
          .text(" AS z ON r.")
          .append(TIME)
          .text(" >= z.")
          .append(LocalTimes.FROM)
          .text(" LEFT JOIN ")
          .append(RepeatedHours.TABLE)
          .text(" AS p ON p.")
          .append(RepeatedHours.ROW)
          .text(" = r.")
          .append(InboxChecks.ROW)
          .build();

  /** Whether a row is of a stretch that is there twice, or never, and nothing tells its instant. */
  private static final Sql IS_DOUBTFUL =
      new SqlBuilder()
          .text("coalesce(NOT p.")
          .append(RepeatedHours.IS_SURE)
          .text(" OR (")
          .append(IS_LOCAL)
          .text(" AND z.")
          .append(LocalTimes.IS_SKIPPED)
          .text("), FALSE)")
          .build();

  private final DuckSession duck;
  private final Source source;
  private final InboxChecks checks;

  InboxZone(DuckSession duck, Source source, InboxChecks checks) {
    this.duck = duck;
    this.source = source;
    this.checks = checks;
  }

  /**
   * Makes all times UTC.
   *
   * @param column where the times come from, for errors
   * @param columns all that the file has
   * @return what of them was guessed, as the configuration says
   */
  List<DoubtfulTimes> resolve(String column, List<Column> columns) {
    Optional<EventBounds> bounds = bounds();
    if (bounds.isEmpty()) {
      return List.of();
    }
    new LocalTimes(duck, source.zone().orElseThrow(), source.ambiguous())
        .load(bounds.get().minMicros(), bounds.get().maxMicros());
    new RepeatedHours(duck, source).find(column, columns);
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(TIMED)
            .text(" AS SELECT r.* REPLACE (CASE WHEN ")
            .append(IS_LOCAL)
            .text(" THEN r.")
            .append(TIME)
            .text(" - to_seconds(CASE p.")
            .append(RepeatedHours.IS_SECOND)
            .text(" WHEN TRUE THEN z.")
            .append(LocalTimes.SECOND_SECONDS)
            .text(" WHEN FALSE THEN z.")
            .append(LocalTimes.FIRST_SECONDS)
            .text(" ELSE z.")
            .append(LocalTimes.OFFSET_SECONDS)
            .text(" END) ELSE r.")
            .append(TIME)
            .text(" END AS ")
            .append(TIME)
            .text(", ")
            .append(IS_DOUBTFUL)
            .text(" AS ")
            .append(IS_GUESSED)
            .text("), CASE WHEN ")
            .append(IS_LOCAL)
            .text(" AND NOT coalesce(p.")
            .append(RepeatedHours.IS_SURE)
            .text(", FALSE) THEN z.")
            .append(LocalTimes.PROBLEM)
            .text(" END AS ")
            .append(LocalTimes.PROBLEM)
            .text(" FROM ")
            .append(ZONED)
            .build());
    checks.requireResolved(TIMED, column);
    List<DoubtfulTimes> doubts = doubts();
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(ROWS)
            .text(" AS SELECT * EXCLUDE (")
            .append(LocalTimes.PROBLEM)
            .text(") FROM ")
            .append(TIMED)
            .build());
    return doubts;
  }

  /** Answers what is read as the configuration says. */
  private List<DoubtfulTimes> doubts() {
    Sql sql =
        new SqlBuilder()
            .text("SELECT z.")
            .append(LocalTimes.IS_SKIPPED)
            .text(" AS skipped, count(*), min(epoch_us(r.")
            .append(TIME)
            .text(")), max(epoch_us(r.")
            .append(TIME)
            .text(")) FROM ")
            .append(ZONED)
            .text(" WHERE ")
            .append(IS_DOUBTFUL)
            .text(" GROUP BY skipped ORDER BY skipped")
            .build();
    return duck.list(
        sql,
        row ->
            new DoubtfulTimes(
                row.flag(0),
                row.longValue(1),
                new EventBounds(row.longValue(2), row.longValue(3))));
  }

  private Optional<EventBounds> bounds() {
    Sql sql =
        new SqlBuilder()
            .text("SELECT min(epoch_us(")
            .append(TIME)
            .text(")), max(epoch_us(")
            .append(TIME)
            .text(")) FROM ")
            .append(ROWS)
            .text(" WHERE ")
            .append(IS_LOCAL)
            .build();
    try (Rows rows = duck.query(sql)) {
      rows.next();
      return rows.isNull(0)
          ? Optional.empty()
          : Optional.of(new EventBounds(rows.longValue(0), rows.longValue(1)));
    }
  }
}
