package dev.duckpond.collect;

import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The logs below one directory of the pond; what else lies there is left alone. */
record LogShelf(List<KnownLog> logs) {
  LogShelf {
    logs = List.copyOf(logs);
  }

  static LogShelf read(PondTree tree, PondPath directory) {
    List<KnownLog> logs = new ArrayList<>();
    if (tree.find(directory).isPresent()) {
      add(tree, directory, logs);
    }
    return new LogShelf(logs);
  }

  private static void add(PondTree tree, PondPath directory, List<KnownLog> logs) {
    for (PathMatch match : tree.list(directory)) {
      if (match.node().type() == EntryType.DIRECTORY) {
        add(tree, match.path(), logs);
      } else {
        findLog(tree, match.path()).ifPresent(logs::add);
      }
    }
  }

  /**
   * Finds the log of a path.
   *
   * @throws PondException.Conflict when something else is there
   */
  static Optional<KnownLog> find(PondTree tree, PondPath path) {
    Optional<KnownLog> log = findLog(tree, path);
    Optional<Node> node = tree.findUnfollowed(path);
    if (log.isEmpty() && node.isPresent()) {
      throw new PondException.Conflict(
          "'" + path + "' is no log that was taken in",
          "it is a " + node.get().type().text(),
          "Name a directory for the logs alone in 'pond_path'.");
    }
    return log;
  }

  /**
   * Makes sure that there is a folder for a log, or may be one.
   *
   * @throws PondException.Conflict when something else is there
   */
  static void requireFolder(PondTree tree, PondPath log) {
    for (PondPath folder = log.parent(); !folder.isRoot(); folder = folder.parent()) {
      Optional<Node> there = tree.findUnfollowed(folder);
      if (there.isPresent()
          && tree.find(folder).filter(node -> node.type() == EntryType.DIRECTORY).isEmpty()) {
        throw new PondException.Conflict(
            "'" + log + "' has no place",
            "'" + folder + "' has the type " + there.get().type().text(),
            "Move that elsewhere with 'pond mv'.");
      }
    }
  }

  /** Tells whether a path has something that is no log. */
  static boolean isForeign(PondTree tree, PondPath path) {
    return tree.findUnfollowed(path).isPresent() && findLog(tree, path).isEmpty();
  }

  private static Optional<KnownLog> findLog(PondTree tree, PondPath path) {
    List<NodeVersion> versions =
        tree.findUnfollowed(path)
            .filter(there -> there.type() == EntryType.DATA_SERIES)
            .flatMap(Node::findEntry)
            .map(entry -> tree.snapshot().listVersions(entry.node()))
            .orElse(List.of());
    return versions.isEmpty()
        ? Optional.empty()
        : LogNote.find(versions.getLast().facts().attributes())
            .map(note -> new KnownLog(path, versions, note));
  }

  /** Finds a log under whatever name it has now. */
  Optional<KnownLog> find(NodeId id) {
    return logs.stream().filter(log -> log.id().equals(id)).findFirst();
  }

  List<KnownLog> active() {
    return logs.stream().filter(KnownLog::isActive).toList();
  }
}
