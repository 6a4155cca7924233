package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the logs that some content begins with, in one reading of it; content that begins with the
 * first bytes of none is read no further. Logs are to have bytes.
 */
final class LogBeginnings {
  /** The first bytes of logs, hashed. */
  private record Head(int lengthBytes, ContentHash hash) {}

  /** Content that may be read more than once. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }

  private final Map<Head, VersionTree> trees = new HashMap<>();
  private final TreeSet<Integer> lengths = new TreeSet<>();

  LogBeginnings(Collection<KnownLog> logs) {
    for (KnownLog log : logs) {
      int length = (int) Math.min(LogSample.BYTES, log.sizeBytes());
      lengths.add(length);
      trees
          .computeIfAbsent(new Head(length, log.note().sample().head()), _ -> new VersionTree())
          .add(log);
    }
  }

  /** Finds the logs that content begins with all of. */
  Set<NodeId> in(Content content) throws IOException {
    Set<NodeId> found = new HashSet<>();
    if (trees.isEmpty()) {
      return found;
    }
    byte[] first;
    try (InputStream in = content.open()) {
      first = in.readNBytes(lengths.getLast());
    }
    for (int length : lengths.headSet(first.length, true)) {
      VersionTree tree = trees.get(new Head(length, ContentHash.of(Arrays.copyOf(first, length))));
      if (tree != null) {
        try (InputStream in = content.open()) {
          found.addAll(tree.in(in));
        }
      }
    }
    return found;
  }
}
