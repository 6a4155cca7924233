package dev.duckpond.tinyfs;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One resolution of a path, which counts the links it follows. Used once. */
final class PathWalk {
  private final Snapshot snapshot;
  private final NodeReader reader;
  private int links;

  PathWalk(NodeReader reader) {
    this.snapshot = reader.snapshot();
    this.reader = reader;
  }

  Optional<Located> find(PondPath path) {
    return find(path, true);
  }

  Optional<Located> findUnfollowed(PondPath path) {
    return find(path, false);
  }

  private Optional<Located> find(PondPath path, boolean followLast) {
    Optional<Located> at =
        Optional.of(new Located(PondPath.ROOT, new Node.Directory(snapshot.root())));
    int last = path.names().size() - 1;
    for (int i = 0; i <= last && at.isPresent(); i++) {
      at = child(at.get(), path.names().get(i));
      if (at.isPresent() && (i < last || followLast)) {
        at = follow(at.get());
      }
    }
    return at;
  }

  private Optional<Located> follow(Located at) {
    if (!(at.node() instanceof Node.Symlink link)) {
      return Optional.of(at);
    }
    if (++links > PondTree.MAX_LINKS) {
      throw new PondException.Invalid(
          "'" + at.path() + "' leads through more than " + PondTree.MAX_LINKS + " symbolic links",
          "they probably form a circle",
          "Run 'pond list -l " + at.path().parent().shellText() + "' and remove one of them.");
    }
    return find(target(at.path(), link), true);
  }

  /** Answers the path that a link means; {@code path} is the link's own real path. */
  static PondPath target(PondPath path, Node.Symlink link) {
    try {
      return path.parent().resolve(link.target());
    } catch (PondException.Usage e) {
      throw new PondException.Invalid(
          "the symbolic link '" + path + "' cannot be followed",
          e.problem(),
          "Remove it, and make it again with another target.",
          e);
    }
  }

  /** Finds one name in a directory; what is no directory holds none. */
  Optional<Located> child(Located parent, EntryName name) {
    return switch (parent.node()) {
      case Node.Directory directory ->
          snapshot
              .findEntry(directory.entry().node(), name)
              .map(entry -> stored(parent.path(), entry));
      case Node.Dynamic dynamic ->
          dynamic.type().isDirectory()
              ? computedChild(parent.path(), dynamic.content(), name)
              : Optional.empty();
      case Node.Computed computed -> computedChild(parent.path(), computed.content(), name);
      case Node.Symlink link -> Optional.empty();
      case Node.Stored stored -> Optional.empty();
    };
  }

  /** Lists the names of a directory that are wanted, sorted. */
  List<Located> children(Located parent, Predicate<EntryName> wanted) {
    return switch (parent.node()) {
      case Node.Directory directory ->
          snapshot.listEntries(directory.entry().node()).stream()
              .filter(entry -> wanted.test(entry.name()))
              .map(entry -> stored(parent.path(), entry))
              .toList();
      case Node.Dynamic dynamic ->
          dynamic.type().isDirectory()
              ? computedChildren(parent.path(), dynamic.content(), wanted)
              : List.of();
      case Node.Computed computed -> computedChildren(parent.path(), computed.content(), wanted);
      case Node.Symlink link -> List.of();
      case Node.Stored stored -> List.of();
    };
  }

  private Located stored(PondPath parent, DirectoryEntry entry) {
    PondPath path = parent.child(entry.name());
    return new Located(path, reader.read(path, entry));
  }

  private static Optional<Located> computedChild(
      PondPath parent, DynamicNode content, EntryName name) {
    return switch (content) {
      case DynamicNode.File file -> Optional.empty();
      case DynamicNode.Directory directory ->
          directory.find(name).map(child -> computed(parent, child));
    };
  }

  private static List<Located> computedChildren(
      PondPath parent, DynamicNode content, Predicate<EntryName> wanted) {
    return switch (content) {
      case DynamicNode.File file -> List.of();
      case DynamicNode.Directory directory ->
          directory.list().stream()
              .filter(child -> wanted.test(child.name()))
              .map(child -> computed(parent, child))
              .toList();
    };
  }

  private static Located computed(PondPath parent, DynamicNode.Child child) {
    return new Located(
        parent.child(child.name()), new Node.Computed(child.type(), child.content()));
  }
}
