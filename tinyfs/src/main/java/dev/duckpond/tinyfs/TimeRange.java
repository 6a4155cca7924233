package dev.duckpond.tinyfs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A half-open range of event time, {@code from <= t < to}, in microseconds since the epoch, UTC.
 * {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE} mean unbounded.
 */
public record TimeRange(long fromMicros, long toMicros) {
  /** Every instant. */
  public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

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

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
