package dev.duckpond.collect;

import java.time.Duration;
import java.time.Instant;

/** How long the end of a file's last line is waited for. */
final class Patience {
  /** Whoever writes a file goes on with a line within so long. */
  private static final Duration LENGTH = Duration.ofHours(1);

  private Patience() {}

  /**
   * Tells whether a file is waited for at an instant. A clock that runs ahead may have said when it
   * was changed.
   */
  static boolean lasts(long mtimeMillis, Instant at) {
    return Duration.between(Instant.ofEpochMilli(mtimeMillis), at).abs().compareTo(LENGTH) < 0;
  }
}
