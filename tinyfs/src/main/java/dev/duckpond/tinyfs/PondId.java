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
    return UuidV7.shortText(uuid);
  }

  @Override
  public int compareTo(PondId other) {
    return UuidV7.compare(uuid, other.uuid);
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
