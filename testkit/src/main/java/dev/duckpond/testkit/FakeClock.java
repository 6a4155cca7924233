package dev.duckpond.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets; each look may move it on by a fixed step. Thread-safe. */
public final class FakeClock implements InstantSource {
  private Instant now;
  private Duration step = Duration.ZERO;

  /** Starts at an instant and stands still. */
  public FakeClock(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant instant() {
    Instant answer = now;
    now = now.plus(step);
    return answer;
  }

  /** Answers the time without moving the clock on. */
  public synchronized Instant peek() {
    return now;
  }

  /** Moves the clock to an instant, also backwards. */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  /** Moves the clock on; a negative duration moves it back. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Moves the clock on by {@code duration} after each look from now on. */
  public synchronized void tick(Duration duration) {
    step = duration;
  }
}
