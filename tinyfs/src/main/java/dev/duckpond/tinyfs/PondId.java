package dev.duckpond.tinyfs;

import java.util.UUID;

/** Identifies a pond, for ever, over all its copies. A UUID of version 7, so ids sort by age. */
public record PondId(UUID uuid) implements Comparable<PondId> {
  /** Reads the usual text of a UUID. */
  public static PondId of(String text) {
    return new PondId(UUID.fromString(text));
  }

  /** Answers the last 12 hex digits, enough to tell ids apart on a screen. */
  public String shortText() {
    String text = uuid.toString();
    return text.substring(text.length() - 12);
  }

  @Override
  public int compareTo(PondId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
