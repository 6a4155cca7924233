package dev.duckpond.formats;

import dev.duckpond.tinyfs.PondException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The units that times since 1970 are counted in.
 *
 * <p>The bounds of {@link #byMagnitude} lie where two units are furthest from dates that occur:
 * 10¹¹ is the year 5138 in seconds and 1973 in milliseconds, and so on by thousands.
 */
public enum EpochScale {
  S(1_000_000, 1),
  MS(1_000, 1),
  US(1, 1),
  NS(1, 1_000);

  /** Values below this (March 1973 in seconds) come from clocks that were not set. */
  private static final long TINY = 100_000_000L;

  private static final long MAX_SECONDS = 100_000_000_000L;
  private static final long MAX_MILLIS = 100_000_000_000_000L;
  private static final long MAX_MICROS = 100_000_000_000_000_000L;

  private final long microsPerUnit;
  private final long unitsPerMicro;

  EpochScale(long microsPerUnit, long unitsPerMicro) {
    this.microsPerUnit = microsPerUnit;
    this.unitsPerMicro = unitsPerMicro;
  }

  /**
   * Answers the unit of a word.
   *
   * @throws PondException.Usage when it is none
   */
  public static EpochScale require(String word) {
    List<String> known = Arrays.stream(values()).map(EpochScale::word).toList();
    if (!known.contains(word)) {
      throw new PondException.Usage(
          "'" + word + "' is not a unit of time",
          "",
          "Use one of " + String.join(", ", known) + ".");
    }
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Answers the word that options use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds the unit that makes a date of our days of a value; empty when it is too small to tell.
   */
  public static Optional<EpochScale> byMagnitude(long value) {
    long size = value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value);
    if (size < TINY) {
      return Optional.empty();
    }
    if (size < MAX_SECONDS) {
      return Optional.of(S);
    }
    if (size < MAX_MILLIS) {
      return Optional.of(MS);
    }
    return Optional.of(size < MAX_MICROS ? US : NS);
  }

  /**
   * Answers the microseconds of a value; what is finer is cut off towards the past.
   *
   * @throws ArithmeticException when 64 bits cannot hold them
   */
  long micros(long value) {
    return unitsPerMicro > 1
        ? Math.floorDiv(value, unitsPerMicro)
        : Math.multiplyExact(value, microsPerUnit);
  }

  /** Answers how many microseconds a unit is. */
  double microsPerUnit() {
    return (double) microsPerUnit / unitsPerMicro;
  }
}
