package dev.duckpond.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes durations: {@code 30s}, {@code 1.5h}, {@code 1h30m}, {@code 7d}, {@code PT5M}.
 */
final class DurationText {
  private static final Pattern PART =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h|d)\\s*");
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private DurationText() {}

  /**
   * Answers the duration, zero or longer; a number without a unit is seconds.
   *
   * @throws IllegalArgumentException with the reason, when the text is not a duration
   */
  static Duration parse(String text) {
    String form = text.strip().toLowerCase(Locale.ROOT);
    Duration sum;
    if (form.matches("\\d{1,10}")) {
      sum = Duration.ofSeconds(Long.parseLong(form));
    } else if (form.startsWith("p")) {
      sum = parseIso(text, form);
    } else {
      sum = parseParts(text, form);
    }
    if (sum.isNegative() || sum.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is out of range");
    }
    return sum;
  }

  /**
   * Answers a short form: {@code 850 ms}, {@code 2.4 s}, {@code 3 min 5 s}, {@code 2 h 10 min},
   * {@code 9 d 14 h}.
   */
  static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    if (duration.toHours() < 1) {
      return pair(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
    }
    if (duration.toDays() < 1) {
      return pair(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }
    return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
  }

  private static String pair(long coarse, String coarseUnit, int fine, String fineUnit) {
    String text = coarse + " " + coarseUnit;
    return fine == 0 ? text : text + " " + fine + " " + fineUnit;
  }

  private static Duration parseIso(String text, String form) {
    try {
      return Duration.parse(form);
    } catch (DateTimeException e) {
      throw notADuration(text, e);
    }
  }

  private static Duration parseParts(String text, String form) {
    Matcher matcher = PART.matcher(form);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(unitNanos(matcher.group(2))));
      end = matcher.end();
    }
    if (form.isEmpty() || end != form.length()) {
      throw notADuration(text, null);
    }
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("'" + text + "' is out of range");
    }
    return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
  }

  private static BigDecimal unitNanos(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 86_400_000_000_000L;
        });
  }

  private static IllegalArgumentException notADuration(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'" + text + "' is not a duration such as 30s, 1h30m or 7d", cause);
  }
}
