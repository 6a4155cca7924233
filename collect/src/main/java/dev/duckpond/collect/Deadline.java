package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

/** The end of the time that a run may take. */
record Deadline(InstantSource clock, Instant end, Duration whole) {
  static Deadline in(InstantSource clock, Duration length) {
    return new Deadline(clock, clock.instant().plus(length), length);
  }

  /** Answers how long it is until then; zero when it is over. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Answers the error that says so, with what went wrong last unless that is empty. */
  PondException over(String what, String last) {
    return new PondException.Failed(
        what + " took too long",
        "a run may take " + whole.toSeconds() + " s" + (last.isEmpty() ? "" : "; at last " + last),
        "What came in so far is stored; the next run goes on there.",
        new TimeoutException());
  }
}
