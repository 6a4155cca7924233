package dev.duckpond.tinyfs;

/**
 * The earliest and the latest event time of some rows, both inclusive, in microseconds since the
 * epoch, UTC. Rows without a time do not count.
 */
public record EventBounds(long minMicros, long maxMicros) {
  public EventBounds {
    if (minMicros > maxMicros) {
      throw new IllegalArgumentException("min " + minMicros + " is after max " + maxMicros);
    }
  }

  /** Answers the smallest bounds that hold both. */
  public EventBounds union(EventBounds other) {
    return new EventBounds(
        Math.min(minMicros, other.minMicros), Math.max(maxMicros, other.maxMicros));
  }

  /** Tells whether an instant of {@code range} lies within. */
  public boolean meets(TimeRange range) {
    return !range.isEmpty()
        && maxMicros >= range.fromMicros()
        && (minMicros < range.toMicros() || !range.endsBounded());
  }
}
