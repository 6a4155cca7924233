package dev.duckpond.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads points in time: RFC 3339 ({@code 2024-05-01T12:00:00Z}), milliseconds since 1970, or a date
 * alone, which is its start in UTC.
 */
final class TimeText {
  private TimeText() {}

  /**
   * Answers the instant.
   *
   * @throws IllegalArgumentException with the reason, when the text is not a point in time
   */
  static Instant parse(String text) {
    String form = text.strip();
    try {
      if (form.matches("-?\\d{5,16}")) {
        return Instant.ofEpochMilli(Long.parseLong(form));
      }
      if (form.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(form).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return OffsetDateTime.parse(form.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T")).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(reason(text, form), e);
    }
  }

  private static String reason(String text, String form) {
    boolean zoneMissing = form.matches("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?");
    return zoneMissing
        ? "'" + text + "' has no offset from UTC; write " + form + "Z for UTC"
        : "'" + text + "' is not a time such as 2024-05-01T12:00:00Z, 2024-05-01 or 1714564800000";
  }
}
