package dev.duckpond.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;

/** Keeps below a number of calls in a minute. One thread only. */
final class CallRate {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int mostPerMinute;
  private final InstantSource clock;
  private final Pauses pauses;
  private final ArrayDeque<Instant> calls = new ArrayDeque<>();

  CallRate(int mostPerMinute, InstantSource clock, Pauses pauses) {
    this.mostPerMinute = mostPerMinute;
    this.clock = clock;
    this.pauses = pauses;
  }

  /** Waits, if need be, until another call is allowed, and counts it. */
  void take() {
    Instant now = clock.instant();
    forgetBefore(now);
    if (calls.size() >= mostPerMinute) {
      pauses.pause(Duration.between(now, calls.getFirst().plus(WINDOW)));
      now = clock.instant();
      forgetBefore(now);
    }
    calls.addLast(now);
  }

  private void forgetBefore(Instant now) {
    while (!calls.isEmpty() && !calls.getFirst().plus(WINDOW).isAfter(now)) {
      calls.removeFirst();
    }
  }
}
