package dev.duckpond.factories.pages;

import java.time.Duration;

/**
 * Says how much a template may ask for with one query: a page is no place for more, and one that
 * asks for what never ends must not keep all others waiting.
 *
 * @param time until the last row is there
 * @param bytes of all rows as text
 */
record AnswerLimits(Duration time, int rows, long bytes) {
  /** Longest that one query may take. */
  static final Duration MAX_TIME = Duration.ofSeconds(10);

  /** Most rows of one table or answer. */
  static final int MAX_ROWS = 100_000;

  /** Longest answer, as text in UTF-8; a tenth of the memory that its values take. */
  static final long MAX_BYTES = 16L << 20;

  static final AnswerLimits STANDARD = new AnswerLimits(MAX_TIME, MAX_ROWS, MAX_BYTES);
}
