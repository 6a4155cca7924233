package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.TimeGrid;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The width of buckets, as users write it: {@code 15m}, {@code 2h}, {@code 1d}, {@code 1mo}.
 *
 * <p>Seconds, minutes and hours are counted from the epoch in UTC. Days, weeks, months, quarters
 * and years begin at midnight of a time zone; weeks on Monday, several days and weeks are counted
 * from the epoch.
 */
sealed interface Resolution {
  /** The longest width, in years, that is taken. */
  int MAX_YEARS = 1_000;

  long MAX_DAYS = MAX_YEARS * 365L;

  /** Monday, 5 January 1970: days before the first full week of the epoch. */
  int FIRST_MONDAY = 4;

  int MAX_DAYS_PER_MONTH = 31;
  int MONTHS_PER_QUARTER = 3;
  int MONTHS_PER_YEAR = 12;

  /** Answers the width as it was written. */
  String text();

  /**
   * Answers what the rows of a bucket have in common, and no row of another.
   *
   * @param time a TIMESTAMP
   * @param range in which all of them lie
   */
  Sql key(Sql time, TimeRange range);

  /** Answers the begin of the bucket of a key, a TIMESTAMP. */
  Sql begin(Sql key);

  /**
   * Tells whether buckets of this width are made of whole ones of another, for all instants from
   * some on.
   */
  boolean isMadeOf(Resolution finer, long sinceMicros);

  /** Answers about how long a bucket is. */
  long nominalMicros();

  /** Answers the smallest range of whole buckets that holds a range. */
  TimeRange widened(TimeRange range);

  /** Answers the end of the bucket that begins at a TIMESTAMP. */
  Sql end(Sql begin);

  /** Buckets of equal length. */
  record Fixed(String text, long widthMicros, long offsetMicros) implements Resolution {
    @Override
    public Sql key(Sql time, TimeRange range) {
      return grid().number(time, range);
    }

    /** Answers the buckets as a grid, whose numbers are the keys. */
    TimeGrid grid() {
      return new TimeGrid(widthMicros, offsetMicros);
    }

    @Override
    public Sql begin(Sql key) {
      return new SqlBuilder()
          .text("make_timestamp(")
          .append(key)
          .text(" * ")
          .literal(widthMicros)
          .text(" + ")
          .literal(offsetMicros)
          .text(")")
          .build();
    }

    @Override
    public boolean isMadeOf(Resolution finer, long sinceMicros) {
      return switch (finer) {
        case Fixed fixed ->
            widthMicros % fixed.widthMicros == 0
                && (offsetMicros - fixed.offsetMicros) % fixed.widthMicros == 0;
        case Calendar calendar -> false;
      };
    }

    @Override
    public long nominalMicros() {
      return widthMicros;
    }

    @Override
    public Sql end(Sql begin) {
      return new SqlBuilder()
          .text("make_timestamp(epoch_us(")
          .append(begin)
          .text(") + ")
          .literal(widthMicros)
          .text(")")
          .build();
    }

    @Override
    public TimeRange widened(TimeRange range) {
      long from =
          range.startsBounded() ? floor(range.fromMicros(), Long.MIN_VALUE) : Long.MIN_VALUE;
      long to =
          range.endsBounded() && !range.isEmpty() ? ceiling(range.toMicros()) : range.toMicros();
      return new TimeRange(from, Math.max(from, to));
    }

    private long floor(long micros, long otherwise) {
      try {
        long shifted = Math.subtractExact(micros, offsetMicros);
        return Math.addExact(
            Math.multiplyExact(Math.floorDiv(shifted, widthMicros), widthMicros), offsetMicros);
      } catch (ArithmeticException e) {
        return otherwise;
      }
    }

    private long ceiling(long micros) {
      try {
        return Math.addExact(floor(Math.subtractExact(micros, 1), Long.MAX_VALUE), widthMicros);
      } catch (ArithmeticException e) {
        return Long.MAX_VALUE;
      }
    }
  }

  /** Buckets that begin at midnight of a zone: a number of days, weeks, months. */
  record Calendar(String text, int count, ChronoUnit unit, ZoneId zone) implements Resolution {
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
        case Fixed fixed ->
            fixed.offsetMicros() % fixed.widthMicros() == 0
                && new ZoneGrid(zone).isMultipleOf(fixed.widthMicros(), sinceMicros);
        case Calendar other -> zone.equals(other.zone()) && isMadeOf(other);
      };
    }

    private boolean isMadeOf(Calendar finer) {
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
      return zone.normalized() instanceof ZoneOffset offset
          ? Optional.of(offset)
          : Optional.empty();
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

  long MICROS_PER_SECOND = 1_000_000;
  int ISO_WEEK = 7;

  Pattern TEXT = Pattern.compile("(\\d{1,9})(s|m|min|h|d|w|mo|M|q|y)");

  /**
   * Reads a width.
   *
   * @param zone where days begin
   * @throws PondException.Usage when it is none
   */
  static Resolution parse(String text, ZoneId zone) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new PondException.Usage(
          "'" + text + "' is not a resolution",
          "",
          "Write a number and a unit: 30s, 15m, 1h, 1d, 1w, 1mo, 1q or 1y.");
    }
    int count = Integer.parseInt(matcher.group(1));
    String unit = matcher.group(2);
    long most =
        switch (unit) {
          case "s" -> MAX_DAYS * Duration.ofDays(1).toSeconds();
          case "m", "min" -> MAX_DAYS * Duration.ofDays(1).toMinutes();
          case "h" -> MAX_DAYS * Duration.ofDays(1).toHours();
          case "d" -> MAX_DAYS;
          case "w" -> MAX_DAYS / ISO_WEEK;
          case "mo", "M" -> MAX_YEARS * (long) MONTHS_PER_YEAR;
          case "q" -> MAX_YEARS * (long) MONTHS_PER_YEAR / MONTHS_PER_QUARTER;
          default -> MAX_YEARS;
        };
    if (count > most) {
      throw new PondException.Usage(
          "the resolution '" + text + "' is longer than " + MAX_YEARS + " years",
          "",
          "Write at most " + most + unit + ".");
    }
    Resolution resolution =
        switch (unit) {
          case "s" -> fixed(text, Duration.ofSeconds(count));
          case "m", "min" -> fixed(text, Duration.ofMinutes(count));
          case "h" -> fixed(text, Duration.ofHours(count));
          case "d" -> days(text, count, zone);
          case "w" -> days(text, count * ISO_WEEK, zone);
          case "mo", "M" -> new Calendar(text, count, ChronoUnit.MONTHS, zone);
          case "q" -> new Calendar(text, count * MONTHS_PER_QUARTER, ChronoUnit.MONTHS, zone);
          default -> new Calendar(text, count * MONTHS_PER_YEAR, ChronoUnit.MONTHS, zone);
        };
    return resolution;
  }

  private static Resolution fixed(String text, Duration width) {
    return new Fixed(text, width.toSeconds() * MICROS_PER_SECOND, 0);
  }

  private static Resolution days(String text, int days, ZoneId zone) {
    if (!zone.normalized().equals(ZoneOffset.UTC)) {
      return new Calendar(text, days, ChronoUnit.DAYS, zone);
    }
    long offset = text.endsWith("w") ? FIRST_MONDAY : 0;
    long day = Duration.ofDays(1).toSeconds() * MICROS_PER_SECOND;
    return new Fixed(text, days * day, offset * day);
  }
}
