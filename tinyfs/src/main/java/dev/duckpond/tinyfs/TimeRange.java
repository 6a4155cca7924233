package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.Optional;

/**
 * A half-open range of event time, {@code from <= t < to}, in microseconds since the epoch, UTC.
 * {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE} mean unbounded.
 */
public record TimeRange(long fromMicros, long toMicros) {
  /** Every instant. */
  public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  public TimeRange {
    if (fromMicros > toMicros) {
      throw new IllegalArgumentException("from " + fromMicros + " is after to " + toMicros);
    }
  }

  /** Answers the range between two instants; an empty end is unbounded. */
  public static TimeRange between(Optional<Instant> from, Optional<Instant> to) {
    return new TimeRange(
        from.map(TimeRange::micros).orElse(Long.MIN_VALUE),
        to.map(TimeRange::micros).orElse(Long.MAX_VALUE));
  }

  /** Tells whether no instant lies within. */
  public boolean isEmpty() {
    return fromMicros == toMicros;
  }

  public boolean startsBounded() {
    return fromMicros != Long.MIN_VALUE;
  }

  public boolean endsBounded() {
    return toMicros != Long.MAX_VALUE;
  }

  /** Answers the instants of both ranges; empty at the later start when they do not meet. */
  public TimeRange intersect(TimeRange other) {
    long from = Math.max(fromMicros, other.fromMicros);
    return new TimeRange(from, Math.max(from, Math.min(toMicros, other.toMicros)));
  }

  /**
   * Answers the first microsecond at or after an instant, so that half-open ranges keep their
   * meaning; instants that microseconds cannot count are unbounded.
   */
  private static long micros(Instant instant) {
    try {
      long second = Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND);
      return Math.addExact(second, Math.ceilDiv(instant.getNano(), NANOS_PER_MICRO));
    } catch (ArithmeticException e) {
      return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
