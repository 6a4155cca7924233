package dev.duckpond.tinyfs;

import java.util.UUID;

/**
 * Identifies a node, for as long as the pond lives; moving it keeps it. A UUID of version 7, so ids
 * sort by age.
 */
public record NodeId(UUID uuid) implements Comparable<NodeId> {
  /** Reads the usual text of a UUID. */
  public static NodeId of(String text) {
    return new NodeId(UUID.fromString(text));
  }

  /** Answers the last 12 hex digits, enough to tell ids apart on a screen. */
  public String shortText() {
    return UuidV7.shortText(uuid);
  }

  @Override
  public int compareTo(NodeId other) {
    return UuidV7.compare(uuid, other.uuid);
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
