package dev.duckpond.oplog;

import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds the path of a node, to tell a person what a damaged file holds. */
final class NodePlaces {
  private NodePlaces() {}

  private record Place(PondPath path, NodeId node) {}

  /** Walks the whole tree; empty when the node has no name any more. */
  static Optional<PondPath> find(Snapshot snapshot, NodeId wanted) {
    Deque<Place> open = new ArrayDeque<>();
    open.add(new Place(PondPath.ROOT, snapshot.root().node()));
    while (!open.isEmpty()) {
      Place directory = open.remove();
      for (DirectoryEntry entry : snapshot.listEntries(directory.node())) {
        PondPath path = directory.path().child(entry.name());
        if (entry.node().equals(wanted)) {
          return Optional.of(path);
        }
        if (entry.type().isDirectory() && path.names().size() < PondPath.MAX_DEPTH) {
          open.add(new Place(path, entry.node()));
        }
      }
    }
    return Optional.empty();
  }
}
