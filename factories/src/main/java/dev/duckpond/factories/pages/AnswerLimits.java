package dev.duckpond.factories.pages;

import dev.duckpond.tera.CallException;
import java.time.Duration;

/**
 * Says how much a template may ask for: a page is no place for more, and one that asks for what
 * never ends must not keep all others waiting.
 *
 * @param time until the last row is there
 * @param bytes of all rows as text in UTF-8; a tenth of the memory that their values take
 */
record AnswerLimits(Duration time, int rows, long bytes) {
  private static final long MILLIS_PER_SECOND = 1000;

  /** Longest that one query may take. */
  static final Duration MAX_TIME = Duration.ofSeconds(10);

  /** Most rows of one table or answer. */
  static final int MAX_ROWS = 100_000;

  /** Longest table or answer. */
  static final long MAX_BYTES = 16L << 20;

  /** Longest that all queries of one page may take together. */
  static final Duration MAX_PAGE_TIME = Duration.ofSeconds(30);

  /** Most rows that all queries of one page have. */
  static final int MAX_PAGE_ROWS = 500_000;

  /** Most that all queries of one page answer. */
  static final long MAX_PAGE_BYTES = 32L << 20;

  /** Of all queries of one page. */
  static final AnswerLimits PAGE = new AnswerLimits(MAX_PAGE_TIME, MAX_PAGE_ROWS, MAX_PAGE_BYTES);

  /** Of one query. */
  static final AnswerLimits STANDARD = new AnswerLimits(MAX_TIME, MAX_ROWS, MAX_BYTES);

  /** What can be too much of. */
  enum Measure {
    TIME,
    ROWS,
    BYTES
  }

  /** Says that one query asks for too much. */
  CallException refused(Measure measure) {
    return switch (measure) {
      case TIME ->
          new CallException(
              "the query was stopped: it takes longer than " + words(time),
              "Ask for less, or let a stage of the pipeline make a table of the answer.");
      case ROWS ->
          new CallException(
              "the query has more than " + rows + " rows",
              "Ask for fewer: aggregate them, or add LIMIT.");
      case BYTES ->
          new CallException(
              "the answer of the query is longer than " + bytes + " bytes",
              "Ask for fewer columns, rows, or shorter texts.");
    };
  }

  static String words(Duration time) {
    return time.toMillis() % MILLIS_PER_SECOND == 0
        ? time.toSeconds() + " s"
        : time.toMillis() + " ms";
  }
}
