package dev.duckpond.export;

import java.time.Duration;

/**
 * Says how much the query of a stage may take, so that one that never ends does not keep a
 * scheduled export going for ever or fill the disk.
 *
 * @param time until its last row is there
 * @param rows of its table or file
 * @param fileBytes of its file
 */
record QueryLimits(Duration time, long rows, long fileBytes) {
  /** Longest that one query may take. */
  static final Duration MAX_TIME = Duration.ofHours(1);

  /** Most rows of one table or file. */
  static final long MAX_ROWS = 100_000_000;

  /** Longest file. */
  static final long MAX_FILE_BYTES = 8L << 30;

  static final QueryLimits STANDARD = new QueryLimits(MAX_TIME, MAX_ROWS, MAX_FILE_BYTES);
}
