package dev.duckpond.factories.pages;

import dev.duckpond.tera.CallException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What all queries of one page took, against what they may. One thread only. */
final class PageAllowance {
  private final AnswerLimits one;
  private final AnswerLimits all;
  private final LongSupplier nanoTime;
  private int queries;
  private Duration time = Duration.ZERO;
  private int rows;
  private long bytes;

  /**
   * Makes it, with nothing taken.
   *
   * @param one how much one query may take
   * @param all how much the queries of a page may take together
   * @param nanoTime a clock that only goes on, as {@link System#nanoTime}
   */
  PageAllowance(AnswerLimits one, AnswerLimits all, LongSupplier nanoTime) {
    this.one = one;
    this.all = all;
    this.nanoTime = nanoTime;
  }

  /** How a query is answered within limits. */
  @FunctionalInterface
  interface Answering {
    /**
     * Answers it.
     *
     * @throws TooMuchException when there is more than the limits say
     */
    BoundedAnswer answer(AnswerLimits limits);
  }

  /**
   * Answers one more query of the page. What is known from another page counts as if it was not,
   * but for the time.
   *
   * @throws CallException when it, or the page, has more than it may
   */
  BoundedAnswer take(Answering answering) {
    long begin = nanoTime.getAsLong();
    try {
      BoundedAnswer answer = answering.answer(next());
      requireRoom(answer);
      queries++;
      rows += answer.rows();
      bytes += answer.bytes();
      return answer;
    } catch (TooMuchException e) {
      throw refused(e.measure());
    } finally {
      time = time.plusNanos(nanoTime.getAsLong() - begin);
    }
  }

  /** Answers what the next query may take. */
  private AnswerLimits next() {
    Duration left = all.time().minus(time);
    if (!left.isPositive()) {
      throw new TooMuchException(AnswerLimits.Measure.TIME);
    }
    return new AnswerLimits(
        isLess(left, one.time()) ? left : one.time(),
        Math.min(one.rows(), all.rows() - rows),
        Math.min(one.bytes(), all.bytes() - bytes));
  }

  private static boolean isLess(Duration some, Duration other) {
    return some.compareTo(other) < 0;
  }

  private void requireRoom(BoundedAnswer answer) {
    if (answer.rows() > all.rows() - rows) {
      throw new TooMuchException(AnswerLimits.Measure.ROWS);
    }
    if (answer.bytes() > all.bytes() - bytes) {
      throw new TooMuchException(AnswerLimits.Measure.BYTES);
    }
  }

  private CallException refused(AnswerLimits.Measure measure) {
    boolean isOfPage =
        switch (measure) {
          case TIME -> isLess(all.time().minus(time), one.time());
          case ROWS -> all.rows() - rows < one.rows();
          case BYTES -> all.bytes() - bytes < one.bytes();
        };
    if (!isOfPage) {
      return one.refused(measure);
    }
    String together =
        switch (measure) {
          case TIME ->
              "take longer than "
                  + AnswerLimits.words(all.time())
                  + " together: "
                  + before()
                  + " took "
                  + String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
          case ROWS ->
              "have more than " + all.rows() + " rows together: " + before() + " had " + rows;
          case BYTES ->
              "answer more than " + all.bytes() + " bytes together: " + before() + " had " + bytes;
        };
    return new CallException(
        "the queries of this page " + together,
        "Ask once and keep the rows with 'set', or let a stage of the pipeline make a table of"
            + " what the page needs.");
  }

  private String before() {
    return queries == 1 ? "the one before this" : "the " + queries + " before this";
  }
}
