package dev.duckpond.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads points in time: RFC 3339 ({@code 2024-05-01T12:00:00Z}), milliseconds since 1970, or a date
 * alone, which is its start in UTC.
 */
final class TimeText {
  private static final String BARE_NUMBER = "-?\\d{5,16}";
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern ZONELESS =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?");
  private static final long MILLIS_PER_SECOND = 1000;

  /** The year 1980: nobody asks for days of the seventies in milliseconds. */
  private static final long EARLIEST_LIKELY_MILLIS = 315_532_800_000L;

  /** What to do about a text that is no time. */
  static final String REMEDY = "Write 2024-05-01T12:00:00Z, or 2024-05-01 for its first instant.";

  private TimeText() {}

  /**
   * Answers the instant.
   *
   * @throws IllegalArgumentException with the reason, when the text is not a point in time
   */
  static Instant parse(String text) {
    String form = text.strip();
    try {
      if (form.matches(BARE_NUMBER)) {
        return Instant.ofEpochMilli(Long.parseLong(form));
      }
      if (isDay(form)) {
        return LocalDate.parse(form).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return OffsetDateTime.parse(form.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T")).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(reason(text, form), e);
    }
  }

  /**
   * Answers the instant; without an offset it is UTC.
   *
   * @throws IllegalArgumentException with the reason, when the text is not a point in time
   */
  static Instant parseUtc(String text) {
    String form = text.strip();
    return parse(ZONELESS.matcher(form).matches() ? form + "Z" : form);
  }

  /** Tells whether a text is a day alone. */
  static boolean isDay(String text) {
    return DAY.matcher(text.strip()).matches();
  }

  /** Finds, in words, a doubt about a number that is too small for milliseconds. */
  static Optional<String> doubt(String text) {
    String form = text.strip();
    if (!form.matches(BARE_NUMBER)) {
      return Optional.empty();
    }
    long number = Long.parseLong(form);
    return number > 0 && number < EARLIEST_LIKELY_MILLIS
        ? Optional.of(
            form
                + " is read as milliseconds, "
                + Instant.ofEpochMilli(number)
                + "; as seconds it would be "
                + number * MILLIS_PER_SECOND)
        : Optional.empty();
  }

  private static String reason(String text, String form) {
    return ZONELESS.matcher(form).matches()
        ? "'" + text + "' has no offset from UTC; write " + form + "Z for UTC"
        : "'" + text + "' is not a time such as 2024-05-01T12:00:00Z, 2024-05-01 or 1714564800000";
  }
}
