package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

/**
 * The end of the time that a run, or a part of one, may take.
 *
 * @param length how long that is
 * @param whole how long the run may take
 */
record Deadline(InstantSource clock, Instant end, Duration length, Duration whole) {
  /** Long enough for what a service that allows so many calls a minute may ask to wait. */
  private static final Duration FAIR = Duration.ofMinutes(2);

  /** A run has time for so many parts that take all of theirs, however many there are. */
  private static final int SLOW_PARTS = 10;

  static Deadline in(InstantSource clock, Duration length) {
    return new Deadline(clock, clock.instant().plus(length), length, length);
  }

  /** Answers how long it is until then; zero when it is over. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Answers the end of the first of several equal parts of what is left. Where they are many, one
   * gets more: two minutes, or a tenth of the run.
   */
  Deadline first(int parts) {
    if (parts == 1) {
      return new Deadline(clock, end, whole, whole);
    }
    Duration left = left();
    Duration least = shorter(shorter(FAIR, whole.dividedBy(SLOW_PARTS)), left);
    Duration part = longer(left.dividedBy(parts), least);
    return new Deadline(clock, end.minus(left).plus(part), part, whole);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Answers the error that says so, with what went wrong last unless that is empty. */
  PondException over(String what, String last) {
    boolean isWhole = length.equals(whole);
    return new PondException.Failed(
        what + " took too long",
        (isWhole
                ? "a run may take " + seconds(whole)
                : "of the "
                    + seconds(whole)
                    + " of a run it may take "
                    + seconds(length)
                    + " without an answer, as others wait")
            + (last.isEmpty() ? "" : "; at last " + last),
        "What came in so far is stored; the next run goes on there.",
        new TimeoutException());
  }

  /** Answers the error that says that the time was over before something began. */
  PondException overBefore(String what) {
    return new PondException.Failed(
        what + " was not asked",
        "the " + seconds(whole) + " that a run may take were over",
        "What came in so far is stored; the next run goes on there.",
        new TimeoutException());
  }

  /** Shows a duration in whole seconds, or in milliseconds when it is a part of one. */
  static String seconds(Duration length) {
    boolean isFraction = length.toSeconds() == 0 && length.toMillis() > 0;
    return isFraction ? length.toMillis() + " ms" : length.toSeconds() + " s";
  }
}
