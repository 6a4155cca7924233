package dev.duckpond.collect;

import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a series took in.
 *
 * @param added rows of new instants
 * @param revised rows that were there and changed
 * @param bounds of both
 */
record Written(long added, long revised, Optional<EventBounds> bounds) {
  static final Written NOTHING = new Written(0, 0, Optional.empty());

  Written plus(Written more) {
    Optional<EventBounds> both =
        bounds.isPresent() && more.bounds.isPresent()
            ? Optional.of(bounds.get().union(more.bounds.get()))
            : bounds.or(() -> more.bounds);
    return new Written(added + more.added, revised + more.revised, both);
  }

  boolean isNothing() {
    return added + revised == 0;
  }

  /** Says in a line what a series took in, and where from. */
  String sentence(PondPath path, String source) {
    if (bounds.isEmpty()) {
      return path + ": nothing new, from " + source;
    }
    return path
        + ": "
        + added
        + (added == 1 ? " row" : " rows")
        + (revised > 0 ? " and " + revised + " revised" : "")
        + ", "
        + time(bounds.get().minMicros())
        + " to "
        + time(bounds.get().maxMicros())
        + ", from "
        + source;
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
