package dev.duckpond.oplog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Turns instants into microseconds since the epoch and back: the precision of the log. */
final class Micros {
  private static final long PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private Micros() {}

  static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND),
        instant.getNano() / NANOS_PER_MICRO);
  }

  static Instant toInstant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS_PER_MICRO);
  }

  /** Answers the instant as the log will give it back. */
  static Instant truncate(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }
}
