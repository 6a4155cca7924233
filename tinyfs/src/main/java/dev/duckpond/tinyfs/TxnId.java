package dev.duckpond.tinyfs;

import java.util.UUID;

/** Identifies one attempt to write, committed or not. A UUID of version 7, so ids sort by age. */
public record TxnId(UUID uuid) implements Comparable<TxnId> {
  /** Reads the usual text of a UUID. */
  public static TxnId of(String text) {
    return new TxnId(UUID.fromString(text));
  }

  /** Answers the last 12 hex digits, enough to tell ids apart on a screen. */
  public String shortText() {
    return UuidV7.shortText(uuid);
  }

  @Override
  public int compareTo(TxnId other) {
    return UuidV7.compare(uuid, other.uuid);
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
