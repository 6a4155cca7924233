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
  private final Map<Slot, NodeId> occupants = new HashMap<>();

  /** A name in a directory. */
  private record Slot(NodeId directory, EntryName name) {
    static Slot of(DirectoryEntry entry) {
      return new Slot(entry.parent(), entry.name());
    }
  }

  /** Where a node was before the transaction. */
  private record Before(PondPath path, EntryType type) {}

  /**
   * Takes in the next transaction and lists what it changed, sorted by path. What another node took
   * the name of was removed, and stands before that.
   */
  public List<Change> next(CommittedTransaction transaction) {
    Map<NodeId, Before> gone = new LinkedHashMap<>();
    Map<NodeId, Before> moved = new HashMap<>();
    Map<NodeId, DirectoryEntry> put = new LinkedHashMap<>();
    Map<NodeId, List<NodeVersion>> written = new LinkedHashMap<>();
    List<NodeAttributes> described = new ArrayList<>();
    for (LogRow row : transaction.rows()) {
      switch (row) {
        case LogRow.EntryPut entry -> {
          put.put(entry.entry().node(), entry.entry());
          findBefore(entry.entry().node()).ifPresent(was -> moved.put(entry.entry().node(), was));
          NodeId other = occupants.get(Slot.of(entry.entry()));
          if (other != null && !other.equals(entry.entry().node())) {
            findBefore(other).ifPresent(was -> gone.put(other, was));
          }
        }
        case LogRow.EntryRemoved entry ->
            gone.put(entry.entry().node(), new Before(pathOf(entry.entry()), entry.entry().type()));
        case LogRow.VersionWritten version ->
            written
                .computeIfAbsent(version.version().node(), node -> new ArrayList<>())
                .add(version.version());
        case LogRow.AttributesSet set -> described.add(set.attributes());
      }
    }
    gone.keySet().removeAll(put.keySet());
    gone.keySet().forEach(this::leave);
    put.keySet().forEach(this::leave);
    put.values().forEach(this::enter);
    List<Change> changes = new ArrayList<>();
    gone.forEach((node, was) -> changes.add(new Change.Removed(was.path(), was.type())));
    put.forEach((node, entry) -> placed(entry, moved.get(node), written).ifPresent(changes::add));
    written.forEach((node, versions) ->
        findPath(node).ifPresent(path -> changes.add(new Change.Written(path, versions))));
    for (NodeAttributes set : described) {
      findPath(set.node())
          .ifPresent(path -> changes.add(new Change.Described(path, set.type(), set.values())));
    }
    changes.sort(Comparator.comparing(Change::path));
    return changes;
  }

  private void leave(NodeId node) {
    DirectoryEntry place = places.remove(node);
    if (place != null) {
      occupants.remove(Slot.of(place), node);
    }
  }

  private void enter(DirectoryEntry entry) {
    places.put(entry.node(), entry);
    occupants.put(Slot.of(entry), entry.node());
  }

  private Optional<Change> placed(
      DirectoryEntry entry, @Nullable Before was, Map<NodeId, List<NodeVersion>> written) {
    PondPath path = pathOf(entry);
    if (was != null) {
      return was.path().equals(path)
          ? Optional.empty()
          : Optional.of(new Change.Moved(was.path(), path));
    }
    List<NodeVersion> versions = written.remove(entry.node());
    return Optional.of(
        new Change.Created(path, entry.type(), versions == null ? List.of() : versions));
  }

  private Optional<Before> findBefore(NodeId node) {
    return Optional.ofNullable(places.get(node))
        .map(entry -> new Before(pathOf(entry), entry.type()));
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
