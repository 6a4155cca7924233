package dev.duckpond.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes sizes: {@code 512MB}, {@code 1GiB}, {@code 1.5g}, or a number of bytes.
 *
 * <p>As in DuckDB, {@code k m g t} with or without {@code b} are powers of 1000, {@code kib mib gib
 * tib} are powers of 1024; upper and lower case are the same.
 */
final class SizeText {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-z]*)", Pattern.CASE_INSENSITIVE);
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private SizeText() {}

  /**
   * Answers the number of bytes.
   *
   * @throws IllegalArgumentException with the reason, when the text is not a size above zero
   */
  static long parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw notASize(text);
    }
    BigDecimal bytes =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit(text, matcher.group(2))));
    if (bytes.signum() <= 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("'" + text + "' is out of range");
    }
    return bytes.setScale(0, RoundingMode.DOWN).longValueExact();
  }

  /** Answers a short form with at most one decimal: {@code 512 MB}, {@code 1.5 GB}. */
  static String format(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String number =
        unit == 0 || value >= 99.95
            ? Long.toString(Math.round(value))
            : String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
    return number + " " + UNITS[unit];
  }

  private static long unit(String text, String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "", "b" -> 1L;
      case "k", "kb" -> 1_000L;
      case "m", "mb" -> 1_000_000L;
      case "g", "gb" -> 1_000_000_000L;
      case "t", "tb" -> 1_000_000_000_000L;
      case "kib" -> 1L << 10;
      case "mib" -> 1L << 20;
      case "gib" -> 1L << 30;
      case "tib" -> 1L << 40;
      default -> throw notASize(text);
    };
  }

  private static IllegalArgumentException notASize(String text) {
    return new IllegalArgumentException("'" + text + "' is not a size such as 512MB, 1GiB or 1.5g");
  }
}
