package dev.duckpond.oplog;

import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.NodeVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Orders the rows of a transaction by parent, node, name and version, so that what is read together
 * lies together, and so that a transaction is the same list however it was found.
 */
final class RowOrder {
  private static final Comparator<LogRow> IN_FILE =
      Comparator.comparing(RowOrder::parent)
          .thenComparing(RowOrder::node)
          .thenComparing(RowOrder::name)
          .thenComparingLong(RowOrder::version)
          .thenComparingInt(RowOrder::step);

  private RowOrder() {}

  static List<LogRow> inFile(List<LogRow> rows) {
    List<LogRow> sorted = new ArrayList<>(rows);
    sorted.sort(IN_FILE);
    return sorted;
  }

  private static int step(LogRow row) {
    return switch (row) {
      case LogRow.EntryRemoved removed -> 0;
      case LogRow.EntryPut put -> 1;
      case LogRow.VersionWritten written -> 2;
      case LogRow.AttributesSet set -> 3;
    };
  }

  private static String parent(LogRow row) {
    return switch (row) {
      case LogRow.EntryRemoved(DirectoryEntry entry) -> entry.parent().toString();
      case LogRow.EntryPut(DirectoryEntry entry) -> entry.parent().toString();
      case LogRow.VersionWritten written -> "";
      case LogRow.AttributesSet set -> "";
    };
  }

  private static String node(LogRow row) {
    return switch (row) {
      case LogRow.EntryRemoved(DirectoryEntry entry) -> entry.node().toString();
      case LogRow.EntryPut(DirectoryEntry entry) -> entry.node().toString();
      case LogRow.VersionWritten(NodeVersion version) -> version.node().toString();
      case LogRow.AttributesSet(NodeAttributes set) -> set.node().toString();
    };
  }

  private static String name(LogRow row) {
    return switch (row) {
      case LogRow.EntryRemoved(DirectoryEntry entry) -> entry.name().text();
      case LogRow.EntryPut(DirectoryEntry entry) -> entry.name().text();
      case LogRow.VersionWritten written -> "";
      case LogRow.AttributesSet set -> "";
    };
  }

  private static long version(LogRow row) {
    return switch (row) {
      case LogRow.VersionWritten(NodeVersion version) -> version.version().number();
      case LogRow.EntryRemoved removed -> 0;
      case LogRow.EntryPut put -> 0;
      case LogRow.AttributesSet set -> 0;
    };
  }
}
