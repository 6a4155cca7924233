package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Logs by the versions that they begin with: those with equal ones share them. So all that some
 * content begins with are found in one reading of it, however many there are.
 */
final class VersionTree {
  private static final int BUFFER_BYTES = 1 << 16;

  /** What may follow, by size, the smallest first, and then by content. */
  private final TreeMap<Long, Map<ContentHash, VersionTree>> next = new TreeMap<>();

  /** The logs that end here. */
  private final Set<NodeId> logs = new HashSet<>();

  void add(KnownLog log) {
    VersionTree tree = this;
    for (NodeVersion version : log.versions()) {
      if (version.sizeBytes() > 0) {
        tree =
            tree.next
                .computeIfAbsent(version.sizeBytes(), _ -> new HashMap<>())
                .computeIfAbsent(version.hash(), _ -> new VersionTree());
      }
    }
    tree.logs.add(log.id());
  }

  /** Finds the logs that a stream begins with. It is read only as far as one may agree. */
  Set<NodeId> in(InputStream content) throws IOException {
    Set<NodeId> found = new HashSet<>(logs);
    List<Branch> branches = new ArrayList<>();
    branches.add(new Branch(this, 0));
    byte[] buffer = new byte[BUFFER_BYTES];
    long position = 0;
    while (true) {
      branches.removeIf(branch -> !branch.goesOn());
      if (branches.isEmpty()) {
        return found;
      }
      long end = branches.stream().mapToLong(Branch::end).min().orElseThrow();
      int read = content.read(buffer, 0, (int) Math.min(buffer.length, end - position));
      if (read < 0) {
        return found;
      }
      position += read;
      for (Branch branch : List.copyOf(branches)) {
        branch.update(buffer, read);
        if (branch.end() == position) {
          VersionTree then = branch.take();
          found.addAll(then.logs);
          branches.add(new Branch(then, position));
        }
      }
    }
  }

  /** A place in the tree that content agrees with so far, and what it has behind that. */
  private static final class Branch {
    private final Iterator<Map.Entry<Long, Map<ContentHash, VersionTree>>> sizes;
    private final long start;
    private final MessageDigest digest = ContentHash.newDigest();
    private Map<ContentHash, VersionTree> candidates = Map.of();
    private long end;

    Branch(VersionTree tree, long start) {
      this.sizes = tree.next.entrySet().iterator();
      this.start = start;
      advance();
    }

    private void advance() {
      if (sizes.hasNext()) {
        Map.Entry<Long, Map<ContentHash, VersionTree>> entry = sizes.next();
        end = start + entry.getKey();
        candidates = entry.getValue();
      } else {
        candidates = Map.of();
      }
    }

    boolean goesOn() {
      return !candidates.isEmpty();
    }

    /** Answers where the next version may end. */
    long end() {
      return end;
    }

    void update(byte[] buffer, int count) {
      digest.update(buffer, 0, count);
    }

    /** Answers what goes on with the version that ends here; that is empty when none does. */
    VersionTree take() {
      VersionTree then = candidates.getOrDefault(hash(), new VersionTree());
      advance();
      return then;
    }

    private ContentHash hash() {
      try {
        return ContentHash.finish((MessageDigest) digest.clone());
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("a digest of the platform cannot be copied", e);
      }
    }
  }
}
