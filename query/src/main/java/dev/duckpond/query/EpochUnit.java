package dev.duckpond.query;

import java.util.Optional;

/**
 * Decides the unit of an integer time column by the magnitude of its latest value.
 *
 * <p>The bounds lie where two units are furthest from dates that occur: 10¹¹ is the year 5138 in
 * seconds and 1973 in milliseconds, and so on by thousands.
 */
final class EpochUnit {
  /** Latest values below this (March 1973 in seconds) come from clocks that were not set. */
  private static final long TINY = 100_000_000L;

  private static final long MAX_SECONDS = 100_000_000_000L;
  private static final long MAX_MILLIS = 100_000_000_000_000L;
  private static final long MAX_MICROS = 100_000_000_000_000_000L;

  private EpochUnit() {}

  /** Finds the unit of a column with these bounds; empty when the values are too small to tell. */
  static Optional<TimeEncoding> byMagnitude(long min, long max) {
    long size = max < 0 ? (min == Long.MIN_VALUE ? Long.MAX_VALUE : -min) : max;
    if (size < TINY) {
      return Optional.empty();
    }
    if (size < MAX_SECONDS) {
      return Optional.of(TimeEncoding.EPOCH_S);
    }
    if (size < MAX_MILLIS) {
      return Optional.of(TimeEncoding.EPOCH_MS);
    }
    return Optional.of(size < MAX_MICROS ? TimeEncoding.EPOCH_US : TimeEncoding.EPOCH_NS);
  }
}
