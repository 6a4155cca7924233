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
    String text = uuid.toString();
    return text.substring(text.length() - 12);
  }

  @Override
  public int compareTo(NodeId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
