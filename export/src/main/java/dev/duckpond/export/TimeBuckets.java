package dev.duckpond.export;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.TimeRange;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Numbers the spans of time of the finest level: years by their number, months from January of year
 * 0, all others from 1970 in units of their length. Negative numbers lie before.
 */
final class TimeBuckets {
  private static final int MONTHS = 12;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final List<TemporalLevel> levels;
  private final TemporalLevel finest;

  TimeBuckets(List<TemporalLevel> levels) {
    this.levels = List.copyOf(levels);
    this.finest = levels.getLast();
  }

  /** Answers the number of the bucket of a TIMESTAMP, as an expression; NULL for NULL. */
  Sql number(Sql time) {
    return switch (finest) {
      case YEAR -> Sql.of("CAST(year(").plus(time).plus(") AS BIGINT)");
      case MONTH ->
          Sql.of("CAST(year(")
              .plus(time)
              .plus(") AS BIGINT) * 12 + month(")
              .plus(time)
              .plus(") - 1");
      case DAY, HOUR, MINUTE, SECOND -> {
        Sql micros = Sql.of("epoch_us(").plus(time).plus(")");
        Sql length = Sql.literal(micros());
        // The engine divides towards zero; times before 1970 belong to the bucket below.
        yield micros
            .plus(" // ")
            .plus(length)
            .plus(" - CASE WHEN ")
            .plus(micros)
            .plus(" % ")
            .plus(length)
            .plus(" < 0 THEN 1 ELSE 0 END");
      }
    };
  }

  /**
   * Answers the time that a bucket spans; what lies beyond the first or last microsecond there can
   * be is cut off, and has no bound.
   */
  TimeRange range(long number) {
    return switch (finest) {
      case YEAR -> months(number * MONTHS, MONTHS);
      case MONTH -> months(number, 1);
      case DAY, HOUR, MINUTE, SECOND ->
          new TimeRange(clampedProduct(number, micros()), clampedProduct(number + 1, micros()));
    };
  }

  /** Lists the directories {@code year=2024}, {@code month=7}, … of a span. */
  List<String> names(TimeSlot slot) {
    return switch (slot) {
      case TimeSlot.Whole whole -> List.of();
      case TimeSlot.Unknown unknown ->
          levels.stream().map(level -> HiveName.of(level.word(), Optional.empty())).toList();
      case TimeSlot.Span span -> {
        LocalDateTime time = time(span.range().fromMicros());
        List<String> names = new ArrayList<>();
        for (TemporalLevel level : levels) {
          names.add(HiveName.of(level.word(), Optional.of(Integer.toString(level.value(time)))));
        }
        yield names;
      }
    };
  }

  private static TimeRange months(long first, long count) {
    return new TimeRange(monthStart(first), monthStart(first + count));
  }

  private static long monthStart(long number) {
    int year = Math.toIntExact(Math.floorDiv(number, (long) MONTHS));
    int month = Math.floorMod(number, MONTHS) + 1;
    return clampedProduct(
        LocalDate.of(year, month, 1).toEpochDay(),
        ChronoUnit.DAYS.getDuration().toSeconds() * MICROS_PER_SECOND);
  }

  private static long clampedProduct(long value, long factor) {
    try {
      return Math.multiplyExact(value, factor);
    } catch (ArithmeticException e) {
      return value < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), 0, ZoneOffset.UTC);
  }

  private long micros() {
    ChronoUnit unit =
        switch (finest) {
          case YEAR -> ChronoUnit.YEARS;
          case MONTH -> ChronoUnit.MONTHS;
          case DAY -> ChronoUnit.DAYS;
          case HOUR -> ChronoUnit.HOURS;
          case MINUTE -> ChronoUnit.MINUTES;
          case SECOND -> ChronoUnit.SECONDS;
        };
    return unit.getDuration().toSeconds() * MICROS_PER_SECOND;
  }
}
