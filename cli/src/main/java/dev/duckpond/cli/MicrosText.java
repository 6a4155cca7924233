package dev.duckpond.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes event times: microseconds since the epoch as ISO 8601 in UTC. */
final class MicrosText {
  private MicrosText() {}

  static String of(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
