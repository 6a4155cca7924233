package dev.duckpond.formats;

import dev.duckpond.formats.ConversionOptions.Ambiguous;
import dev.duckpond.tinyfs.PondException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads instants as people and programs write them, as microseconds since 1970.
 *
 * <p>Text is ISO 8601 with a space, T or slashes where people put them, or an integer; numbers
 * count from 1970 in the unit that was declared, else in the one that their magnitude tells, else
 * in seconds.
 */
final class TimeReader {
  private static final Pattern TEXT =
      Pattern.compile(
          "([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})"
              + "(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?"
              + " ?(Z|z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,19}(?:[.][0-9]{1,30})?");

  /** The years 1 to 9999; a number beyond is no time. */
  private static final long MIN_MICROS = -62_135_596_800_000_000L;

  private static final long MAX_MICROS = 253_402_300_800_000_000L;

  private static final int NANO_DIGITS = 9;
  private static final int MAX_TEXT_CHARS = 64;

  private final String label;
  private final ConversionOptions options;
  private final Optional<ZoneId> usualZone;

  /**
   * Prepares to read.
   *
   * @param label what errors call the file
   * @param usualZone of times that say none, when the options say none either
   */
  TimeReader(String label, ConversionOptions options, Optional<ZoneId> usualZone) {
    this.label = label;
    this.options = options;
    this.usualZone = usualZone;
  }

  /**
   * Reads text; empty when it is no time.
   *
   * @throws PondException.Invalid when it is a local time that is none or two instants, or whose
   *     zone nothing says
   */
  OptionalLong findText(String text, long line) {
    if (text.length() > MAX_TEXT_CHARS) {
      return OptionalLong.empty();
    }
    String trimmed = text.strip();
    Matcher matcher = TEXT.matcher(trimmed);
    if (!matcher.matches()) {
      return NUMBER.matcher(trimmed).matches() ? findNumber(trimmed) : OptionalLong.empty();
    }
    LocalDateTime local;
    try {
      local =
          LocalDateTime.of(
              number(matcher.group(1)),
              number(matcher.group(2)),
              number(matcher.group(3)),
              number(matcher.group(4)),
              number(matcher.group(5)),
              number(matcher.group(6)),
              nanos(matcher.group(7)));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
    String offset = matcher.group(8);
    if (offset == null) {
      return OptionalLong.of(micros(instant(local, line)));
    }
    Optional<ZoneOffset> zone = offset(offset);
    return zone.isPresent()
        ? OptionalLong.of(micros(local.toInstant(zone.get())))
        : OptionalLong.empty();
  }

  /** Reads a number as JSON writes it; empty when no time is so far away. */
  OptionalLong findNumber(String literal) {
    try {
      if (!NUMBER.matcher(literal).matches()) {
        return findDouble(Double.parseDouble(literal));
      }
      BigDecimal value = new BigDecimal(literal);
      long whole = value.setScale(0, RoundingMode.FLOOR).longValueExact();
      EpochScale scale = scale(whole);
      if (value.scale() == 0) {
        return inRange(scale.micros(whole));
      }
      BigDecimal micros = value.multiply(new BigDecimal(scale.microsPerUnit()));
      return inRange(micros.setScale(0, RoundingMode.FLOOR).longValueExact());
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong findDouble(double value) {
    double micros = Math.floor(value * scale((long) value).microsPerUnit());
    // A cast of what is too large gives the largest number, and of NaN zero.
    return Double.isNaN(micros) ? OptionalLong.empty() : inRange((long) micros);
  }

  private static OptionalLong inRange(long micros) {
    return micros >= MIN_MICROS && micros < MAX_MICROS
        ? OptionalLong.of(micros)
        : OptionalLong.empty();
  }

  private EpochScale scale(long value) {
    return options.unit().or(() -> EpochScale.byMagnitude(value)).orElse(EpochScale.S);
  }

  private Instant instant(LocalDateTime local, long line) {
    ZoneId zone =
        options
            .zone()
            .or(() -> usualZone)
            .orElseThrow(() ->
                new PondException.Invalid(
                    "'" + label + "', line " + line + ": '" + local + "' is in no known time zone",
                    "the file does not say in which one its times are",
                    "Say it, with '?timezone=America/Los_Angeles' for instance."));
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.size() == 1) {
      return local.toInstant(offsets.getFirst());
    }
    if (options.ambiguous() == Ambiguous.REFUSED) {
      String what = offsets.isEmpty() ? "no instant, the clocks skipped it" : "two instants";
      throw new PondException.Invalid(
          "'" + label + "', line " + line + ": '" + local + "' in " + zone + " is " + what,
          "",
          "Say which is meant, with '?ambiguous=earlier' or '?ambiguous=later'.");
    }
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    boolean isAfter = !offsets.isEmpty() && options.ambiguous() == Ambiguous.LATER;
    return local.toInstant(isAfter ? change.getOffsetAfter() : change.getOffsetBefore());
  }

  private static Optional<ZoneOffset> offset(String text) {
    try {
      return Optional.of(Character.isLetter(text.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null
        ? 0
        : Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
