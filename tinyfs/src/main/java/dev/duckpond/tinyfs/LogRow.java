package dev.duckpond.tinyfs;

/** One event of the file system's history: a row of the operation log. */
public sealed interface LogRow {
  /** An entry was added to a directory, or replaced the entry of that name. */
  record EntryPut(DirectoryEntry entry) implements LogRow {}

  /** An entry was taken out of a directory; its node's versions stay in history. */
  record EntryRemoved(DirectoryEntry entry) implements LogRow {}

  /** A version of a node was written. */
  record VersionWritten(NodeVersion version) implements LogRow {}

  /** A user has said something about a node. */
  record AttributesSet(NodeAttributes attributes) implements LogRow {}
}
