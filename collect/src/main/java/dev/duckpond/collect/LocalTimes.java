package dev.duckpond.collect;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ConversionOptions.Ambiguous;
import dev.duckpond.tinyfs.PondException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Turns local times into UTC within the engine, by a table of the stretches in which a zone has one
 * offset, two, or none.
 *
 * <p>A local time that occurs twice, or that the clocks skipped, is told by {@link #PROBLEM},
 * unless somebody said which instant is meant; a skipped one is then as much later as the clocks
 * went forward. Of a stretch that the clocks show twice the offsets of both times are there.
 */
final class LocalTimes {
  /** Names what is wrong with the local time of a row; NULL when nothing is. */
  static final Sql PROBLEM = OwnColumn.of("zone_problem");

  static final Sql TABLE = Sql.identifier("collect_zone");
  static final Sql FROM = Sql.identifier("zone_from");

  /** The offset of a stretch; of a repeated one that of the side which is meant. */
  static final Sql OFFSET_SECONDS = Sql.identifier("zone_offset_seconds");

  /** The offset at the first time that a stretch is on the clocks; NULL where it is there once. */
  static final Sql FIRST_SECONDS = Sql.identifier("zone_first_seconds");

  /** The offset at its second time. */
  static final Sql SECOND_SECONDS = Sql.identifier("zone_second_seconds");

  /** Whether the clocks skipped a stretch. */
  static final Sql IS_SKIPPED = Sql.identifier("zone_is_skipped");

  private static final String NAME = "collect_zone";
  private static final Duration MARGIN = Duration.ofDays(2);
  private static final int MAX_TRANSITIONS = 10_000;
  private static final String TWICE =
      "it occurs twice, as the clocks were put back, and the rows near it do not tell which it is";
  private static final String SKIPPED = "the clocks skipped it";

  private final DuckSession duck;
  private final ZoneRules rules;
  private final Ambiguous ambiguous;

  LocalTimes(DuckSession duck, ZoneId zone, Ambiguous ambiguous) {
    this.duck = duck;
    this.rules = zone.getRules();
    this.ambiguous = ambiguous;
  }

  /** Makes the table, for local times in a range given in microseconds. */
  void load(long minMicros, long maxMicros) {
    duck.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(TABLE)
            .text(" (")
            .append(FROM)
            .text(" TIMESTAMP, ")
            .append(OFFSET_SECONDS)
            .text(" BIGINT, ")
            .append(FIRST_SECONDS)
            .text(" BIGINT, ")
            .append(SECOND_SECONDS)
            .text(" BIGINT, ")
            .append(PROBLEM)
            .text(" VARCHAR, ")
            .append(IS_SKIPPED)
            .text(" BOOLEAN)")
            .build());
    LocalDateTime start = local(minMicros).minus(MARGIN);
    LocalDateTime end = local(maxMicros).plus(MARGIN);
    try (RowAppender rows = duck.append(NAME)) {
      span(rows, start, rules.getOffset(start.toInstant(ZoneOffset.UTC)));
      ZoneOffsetTransition next = rules.nextTransition(start.toInstant(ZoneOffset.UTC));
      for (int i = 0; next != null && next.getDateTimeBefore().isBefore(end); i++) {
        if (i == MAX_TRANSITIONS) {
          throw new PondException.Invalid(
              "the times reach over more changes of the clocks than can be", "", "");
        }
        change(rows, next);
        next = rules.nextTransition(next.getInstant());
      }
    }
  }

  private void change(RowAppender rows, ZoneOffsetTransition change) {
    boolean refused = ambiguous == Ambiguous.REFUSED;
    if (change.isGap()) {
      begin(rows, change.getDateTimeBefore(), change.getOffsetBefore())
          .appendNull()
          .appendNull()
          .append(refused ? SKIPPED : null)
          .append(true)
          .endRow();
      span(rows, change.getDateTimeAfter(), change.getOffsetAfter());
    } else {
      ZoneOffset meant =
          ambiguous == Ambiguous.LATER ? change.getOffsetAfter() : change.getOffsetBefore();
      begin(rows, change.getDateTimeAfter(), meant)
          .append((long) change.getOffsetBefore().getTotalSeconds())
          .append((long) change.getOffsetAfter().getTotalSeconds())
          .append(refused ? TWICE : null)
          .append(false)
          .endRow();
      span(rows, change.getDateTimeBefore(), change.getOffsetAfter());
    }
  }

  private static void span(RowAppender rows, LocalDateTime from, ZoneOffset offset) {
    begin(rows, from, offset).appendNull().appendNull().appendNull().append(false).endRow();
  }

  private static RowAppender begin(RowAppender rows, LocalDateTime from, ZoneOffset offset) {
    return rows.appendMicros(ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), from))
        .append((long) offset.getTotalSeconds());
  }

  private static LocalDateTime local(long micros) {
    return LocalDateTime.of(1970, 1, 1, 0, 0).plus(micros, ChronoUnit.MICROS);
  }
}
