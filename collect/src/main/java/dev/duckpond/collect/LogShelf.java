package dev.duckpond.collect;

import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The logs of one directory of the pond. */
record LogShelf(List<KnownLog> logs) {
  LogShelf {
    logs = List.copyOf(logs);
  }

  static LogShelf read(PondTree tree, PondPath directory) {
    List<KnownLog> logs = new ArrayList<>();
    if (tree.find(directory).isPresent()) {
      for (PathMatch match : tree.list(directory)) {
        find(tree, match.path()).ifPresent(logs::add);
      }
    }
    return new LogShelf(logs);
  }

  /**
   * Finds the log of a path.
   *
   * @throws PondException.Conflict when something else is there
   */
  static Optional<KnownLog> find(PondTree tree, PondPath path) {
    Optional<Node> node = tree.findUnfollowed(path);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    List<NodeVersion> versions =
        node.filter(there -> there.type() == EntryType.DATA_SERIES)
            .flatMap(Node::findEntry)
            .map(entry -> tree.snapshot().listVersions(entry.node()))
            .orElse(List.of());
    KnownLog log = versions.isEmpty() ? null : new KnownLog(path, versions);
    if (log == null || log.findSample().isEmpty()) {
      throw new PondException.Conflict(
          "'" + path + "' is no log that was taken in",
          "it is a " + node.get().type().text(),
          "Name a directory for the logs alone in 'pond_path'.");
    }
    return Optional.of(log);
  }

  List<KnownLog> archived() {
    return logs.stream().filter(KnownLog::isArchived).toList();
  }

  List<KnownLog> active() {
    return logs.stream().filter(log -> !log.isArchived()).toList();
  }

  /** Finds the rotated log of a time, when there is only one. */
  Optional<KnownLog> findOnlyArchived(long mtimeMillis) {
    List<KnownLog> found = archived().stream().filter(log -> log.hasTime(mtimeMillis)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
