package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Buckets that begin at midnight of a zone: a number of days, weeks, months. */
record CalendarResolution(String text, int count, ChronoUnit unit, ZoneId zone)
    implements Resolution {
  @Override
  public String recipe() {
    String of = unit == ChronoUnit.MONTHS ? " months" : " days from " + offsetDays();
    return count + of + " in " + zone.getId();
  }

  @Override
  public Sql key(Sql time, TimeRange range) {
    return localBucket(local(time));
  }

  @Override
  public Sql begin(Sql key) {
    return earliest(key);
  }

  /** Where clocks are set back over midnight the day has two, and begins with the first. */
  private Sql earliest(Sql local) {
    Sql later = utc(local);
    if (fixed().isPresent()) {
      return later;
    }
    Sql earlier = later.plus(" - INTERVAL 1 HOUR");
    return new SqlBuilder()
        .text("CASE WHEN ")
        .append(local(earlier))
        .text(" = ")
        .append(local)
        .text(" THEN ")
        .append(earlier)
        .text(" ELSE ")
        .append(later)
        .text(" END")
        .build();
  }

  @Override
  public boolean isMadeOf(Resolution finer, long sinceMicros) {
    return switch (finer) {
      case FixedResolution fixed ->
          fixed.offsetMicros() % fixed.widthMicros() == 0
              && new ZoneGrid(zone).isMultipleOf(fixed.widthMicros(), sinceMicros);
      case CalendarResolution other -> zone.equals(other.zone()) && isMadeOf(other);
    };
  }

  private boolean isMadeOf(CalendarResolution finer) {
    if (finer.unit == ChronoUnit.MONTHS) {
      return unit == ChronoUnit.MONTHS && count % finer.count == 0;
    }
    return finer.count == 1
        || (unit == ChronoUnit.DAYS
            && count % finer.count == 0
            && (offsetDays() - finer.offsetDays()) % finer.count == 0);
  }

  @Override
  public long nominalMicros() {
    long days = unit == ChronoUnit.DAYS ? count : count * (long) MAX_DAYS_PER_MONTH;
    return Math.multiplyExact(days, Duration.ofDays(1).toSeconds() * MICROS_PER_SECOND);
  }

  @Override
  public Sql end(Sql begin) {
    SqlBuilder step = new SqlBuilder().append(local(begin)).text(" + ");
    switch (unit) {
      case DAYS -> step.text("to_days(").literal(count).text(")");
      default -> step.text("to_months(").literal(count).text(")");
    }
    return earliest(Sql.of("(").plus(step.build()).plus(")"));
  }

  private Sql localBucket(Sql local) {
    if (unit == ChronoUnit.MONTHS) {
      Sql months =
          new SqlBuilder()
              .text("(year(")
              .append(local)
              .text(") * 12 + month(")
              .append(local)
              .text(") - 1)")
              .build();
      Sql first = floorDiv(months, count);
      return new SqlBuilder()
          .text("CAST(make_date(CAST(")
          .append(floorDiv(first, MONTHS_PER_YEAR))
          .text(" // 12 AS INTEGER), CAST(")
          .append(first)
          .text(" - ")
          .append(floorDiv(first, MONTHS_PER_YEAR))
          .text(" + 1 AS INTEGER), 1) AS TIMESTAMP)")
          .build();
    }
    Sql days =
        new SqlBuilder()
            .text("(CAST(")
            .append(local)
            .text(" AS DATE) - DATE '1970-01-01' - ")
            .literal(offsetDays())
            .text(")")
            .build();
    return new SqlBuilder()
        .text("CAST(DATE '1970-01-01' + CAST(")
        .append(floorDiv(days, count))
        .text(" + ")
        .literal(offsetDays())
        .text(" AS INTEGER) AS TIMESTAMP)")
        .build();
  }

  /** Answers the largest multiple of {@code divisor} that is not larger. */
  private static Sql floorDiv(Sql value, int divisor) {
    return new SqlBuilder()
        .text("(")
        .append(value)
        .text(" - (")
        .append(value)
        .text(" % ")
        .literal(divisor)
        .text(" + ")
        .literal(divisor)
        .text(") % ")
        .literal(divisor)
        .text(")")
        .build();
  }

  private int offsetDays() {
    return count % ISO_WEEK == 0 && text.endsWith("w") ? FIRST_MONDAY : 0;
  }

  /** The engine knows zones by their names alone; a fixed offset is added. */
  private Optional<ZoneOffset> fixed() {
    return zone.normalized() instanceof ZoneOffset offset ? Optional.of(offset) : Optional.empty();
  }

  private Sql local(Sql time) {
    return fixed()
        .map(offset -> shifted(time, offset.getTotalSeconds()))
        .orElseGet(() ->
            new SqlBuilder()
                .text("timezone(")
                .literal(zone.getId())
                .text(", timezone('UTC', ")
                .append(time)
                .text("))")
                .build());
  }

  private Sql utc(Sql local) {
    return fixed()
        .map(offset -> shifted(local, -offset.getTotalSeconds()))
        .orElseGet(() ->
            new SqlBuilder()
                .text("timezone('UTC', timezone(")
                .literal(zone.getId())
                .text(", ")
                .append(local)
                .text("))")
                .build());
  }

  private static Sql shifted(Sql time, int seconds) {
    return seconds == 0
        ? time
        : new SqlBuilder()
            .text("(")
            .append(time)
            .text(" + to_seconds(")
            .literal(seconds)
            .text("))")
            .build();
  }

  @Override
  public TimeRange widened(TimeRange range) {
    long from = range.startsBounded() ? micros(begin(range.fromMicros())) : Long.MIN_VALUE;
    long to = range.toMicros();
    if (range.endsBounded() && !range.isEmpty()) {
      LocalDate last = begin(range.toMicros() - 1);
      to = micros(unit == ChronoUnit.DAYS ? last.plusDays(count) : last.plusMonths(count));
    }
    return new TimeRange(from, Math.max(from, to));
  }

  private LocalDate begin(long micros) {
    long second = Math.floorDiv(micros, MICROS_PER_SECOND);
    LocalDate date = LocalDateTime.ofInstant(Instant.ofEpochSecond(second), zone).toLocalDate();
    if (unit == ChronoUnit.MONTHS) {
      long months = date.getYear() * (long) MONTHS_PER_YEAR + date.getMonthValue() - 1;
      long first = Math.floorDiv(months, count) * count;
      return LocalDate.of(
          Math.toIntExact(Math.floorDiv(first, MONTHS_PER_YEAR)),
          Math.floorMod(first, MONTHS_PER_YEAR) + 1,
          1);
    }
    long days = date.toEpochDay() - offsetDays();
    return LocalDate.ofEpochDay(Math.floorDiv(days, count) * count + offsetDays());
  }

  private long micros(LocalDate date) {
    return Math.multiplyExact(date.atStartOfDay(zone).toEpochSecond(), MICROS_PER_SECOND);
  }
}
