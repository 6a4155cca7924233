package dev.duckpond.collect;

import dev.duckpond.tinyfs.EventBounds;
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
}
