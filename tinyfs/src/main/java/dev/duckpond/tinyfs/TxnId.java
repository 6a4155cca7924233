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
    String text = uuid.toString();
    return text.substring(text.length() - 12);
  }

  @Override
  public int compareTo(TxnId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
