package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The width of buckets, as users write it: {@code 15m}, {@code 2h}, {@code 1d}, {@code 1mo}.
 *
 * <p>Seconds, minutes and hours are counted from the epoch in UTC. Days, weeks, months, quarters
 * and years begin at midnight of a time zone; weeks on Monday, several days and weeks are counted
 * from the epoch.
 */
sealed interface Resolution permits FixedResolution, CalendarResolution {
  /** The longest width, in years, that is taken. */
  int MAX_YEARS = 1_000;

  long MAX_DAYS = MAX_YEARS * 365L;

  /** Monday, 5 January 1970: days before the first full week of the epoch. */
  int FIRST_MONDAY = 4;

  int ISO_WEEK = 7;
  int MAX_DAYS_PER_MONTH = 31;
  int MONTHS_PER_QUARTER = 3;
  int MONTHS_PER_YEAR = 12;
  long MICROS_PER_SECOND = 1_000_000;

  /** Answers the width as it was written. */
  String text();

  /** Answers the same text for the same buckets, and for no others, in every release. */
  String recipe();

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
          case "mo", "M" -> new CalendarResolution(text, count, ChronoUnit.MONTHS, zone);
          case "q" ->
              new CalendarResolution(text, count * MONTHS_PER_QUARTER, ChronoUnit.MONTHS, zone);
          default -> new CalendarResolution(text, count * MONTHS_PER_YEAR, ChronoUnit.MONTHS, zone);
        };
    return resolution;
  }

  private static Resolution fixed(String text, Duration width) {
    return new FixedResolution(text, width.toSeconds() * MICROS_PER_SECOND, 0);
  }

  private static Resolution days(String text, int days, ZoneId zone) {
    if (!zone.normalized().equals(ZoneOffset.UTC)) {
      return new CalendarResolution(text, days, ChronoUnit.DAYS, zone);
    }
    long offset = text.endsWith("w") ? FIRST_MONDAY : 0;
    long day = Duration.ofDays(1).toSeconds() * MICROS_PER_SECOND;
    return new FixedResolution(text, days * day, offset * day);
  }
}
