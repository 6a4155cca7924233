package dev.duckpond.query;

import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.TimeRange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The times of a node that readers see, both ends included, in microseconds since the epoch, UTC;
 * set by a user, for the node and not for one of its versions. Rows without a time are not seen.
 *
 * @param min the first time that counts; unbounded when empty
 * @param max the last time that counts; unbounded when empty
 */
public record TemporalBounds(Optional<Long> min, Optional<Long> max) {
  /** Every row. */
  public static final TemporalBounds NONE = new TemporalBounds(Optional.empty(), Optional.empty());

  /** The attributes of a node, see {@code docs/format/operation-log.md}. */
  private static final String MIN = "min_time";

  private static final String MAX = "max_time";

  public TemporalBounds {
    if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
      throw new IllegalArgumentException("min " + min.get() + " is after max " + max.get());
    }
  }

  /** Answers what is set for a node. */
  public static TemporalBounds of(Snapshot snapshot, NodeId node) {
    return snapshot
        .findAttributes(node)
        .map(NodeAttributes::values)
        .map(TemporalBounds::of)
        .orElse(NONE);
  }

  /** Answers what the attributes of a node say. */
  public static TemporalBounds of(Map<String, String> attributes) {
    return new TemporalBounds(
        Optional.ofNullable(attributes.get(MIN)).map(Long::valueOf),
        Optional.ofNullable(attributes.get(MAX)).map(Long::valueOf));
  }

  /** Answers attributes in which these bounds take the place of others. */
  public Map<String, String> within(Map<String, String> attributes) {
    Map<String, String> all = new TreeMap<>(attributes);
    all.remove(MIN);
    all.remove(MAX);
    min.ifPresent(micros -> all.put(MIN, micros.toString()));
    max.ifPresent(micros -> all.put(MAX, micros.toString()));
    return all;
  }

  /** Answers the same as a half-open range. */
  public TimeRange range() {
    return new TimeRange(
        min.orElse(TimeRange.ALL.fromMicros()),
        max.filter(micros -> micros < Long.MAX_VALUE)
            .map(micros -> micros + 1)
            .orElse(TimeRange.ALL.toMicros()));
  }

  /** Finds what is seen of rows within bounds; empty when nothing is. */
  public Optional<EventBounds> clip(EventBounds rows) {
    long from = Math.max(rows.minMicros(), min.orElse(Long.MIN_VALUE));
    long to = Math.min(rows.maxMicros(), max.orElse(Long.MAX_VALUE));
    return from <= to ? Optional.of(new EventBounds(from, to)) : Optional.empty();
  }
}
