package dev.duckpond.oplog;

import dev.duckpond.tinyfs.EntryType;

/** Reads words of the log. */
final class LogText {
  private LogText() {}

  static EntryType entryType(String text) {
    return EntryType.find(text)
        .orElseThrow(() -> new IllegalStateException("unknown entry type in the log: " + text));
  }
}
