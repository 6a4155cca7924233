package dev.duckpond.tinyfs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells transactions as changes of paths, by replaying the rows of the log in order.
 *
 * <p>Rows name nodes, and a node's path changes when a directory above it is moved: so the replay
 * keeps the place of every node as of the transaction that it stands at. One pass over the history;
 * memory for one entry per node. Not thread-safe.
 */
public final class ChangeHistory {
  private final Map<NodeId, DirectoryEntry> places = new HashMap<>();

  /** Takes in the next transaction and lists what it changed, sorted by path. */
  public List<Change> next(CommittedTransaction transaction) {
    Map<NodeId, Removal> removed = new LinkedHashMap<>();
    Map<NodeId, DirectoryEntry> put = new LinkedHashMap<>();
    Map<NodeId, List<NodeVersion>> written = new LinkedHashMap<>();
    for (LogRow row : transaction.rows()) {
      switch (row) {
        case LogRow.EntryPut entry -> put.put(entry.entry().node(), entry.entry());
        case LogRow.EntryRemoved entry ->
            removed.put(
                entry.entry().node(), new Removal(pathOf(entry.entry()), entry.entry().type()));
        case LogRow.VersionWritten version ->
            written
                .computeIfAbsent(version.version().node(), node -> new ArrayList<>())
                .add(version.version());
      }
    }
    places.keySet().removeAll(removed.keySet());
    places.putAll(put);
    List<Change> changes = new ArrayList<>();
    put.forEach((node, entry) -> changes.add(placed(entry, removed.remove(node), written)));
    removed.forEach((node, was) -> changes.add(new Change.Removed(was.path(), was.type())));
    written.forEach((node, versions) ->
        findPath(node).ifPresent(path -> changes.add(new Change.Written(path, versions))));
    changes.sort(Comparator.comparing(Change::path));
    return changes;
  }

  private record Removal(PondPath path, EntryType type) {}

  private Change placed(
      DirectoryEntry entry, @Nullable Removal was, Map<NodeId, List<NodeVersion>> written) {
    PondPath path = pathOf(entry);
    if (was != null) {
      return new Change.Moved(was.path(), path);
    }
    List<NodeVersion> versions = written.remove(entry.node());
    return new Change.Created(path, entry.type(), versions == null ? List.of() : versions);
  }

  private Optional<PondPath> findPath(NodeId node) {
    return Optional.ofNullable(places.get(node)).map(this::pathOf);
  }

  private PondPath pathOf(DirectoryEntry entry) {
    List<EntryName> names = new ArrayList<>();
    DirectoryEntry at = entry;
    while (at != null && !at.isRoot()) {
      names.add(at.name());
      at = places.get(at.parent());
    }
    return new PondPath(names.reversed());
  }
}
