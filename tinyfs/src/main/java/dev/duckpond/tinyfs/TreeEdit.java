package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the changes of one transaction and shows them to its own reads.
 *
 * <p>Every operation checks its request first and changes nothing when it throws, so a caller may
 * go on after an error. Nothing reaches the pond until the rows are committed. The tree shows what
 * is changed, but content that was staged and not committed cannot be opened through it. Not
 * thread-safe.
 */
public final class TreeEdit {
  /** A stored directory and its real path. */
  private record Place(PondPath path, NodeId node) {}

  private final PendingChanges changes;
  private final PondTree tree;
  private final UuidV7 ids;
  private final TxnSeq seq;
  private final Instant now;

  /**
   * Starts without changes.
   *
   * @param base the newest snapshot
   * @param seq the number that the transaction will take
   * @param now the time that new versions carry
   */
  public TreeEdit(Snapshot base, FactoryRegistry factories, UuidV7 ids, TxnSeq seq, Instant now) {
    this.changes = new PendingChanges(base, seq, now);
    this.tree = new PondTree(changes, factories);
    this.ids = ids;
    this.seq = seq;
    this.now = now;
  }

  /** Answers the tree with the changes so far. */
  public PondTree tree() {
    return tree;
  }

  /** Lists the rows to commit; empty when nothing changed in the end. */
  public List<LogRow> rows() {
    return changes.rows();
  }

  /**
   * Makes one directory.
   *
   * @throws PondException.NotFound when the parent is not there
   * @throws PondException.Conflict when the name is taken
   */
  public void makeDirectory(PondPath path) {
    if (path.isRoot() || tree.findUnfollowed(path).isPresent()) {
      throw new PondException.Conflict(
          "'" + path + "' exists already", "", "Choose another name, or use 'pond mkdir -p'.");
    }
    newEntry(path, EntryType.DIRECTORY);
  }

  /** Makes a directory and those above it that are missing; an existing one is left as it is. */
  public void makeDirectories(PondPath path) {
    Optional<Node> there = tree.find(path);
    if (there.isEmpty()) {
      makeDirectories(path.parent());
      makeDirectory(path);
    } else if (!there.get().type().isDirectory()) {
      throw notDirectory(path, there.get());
    }
  }

  /**
   * Writes a version of a file: makes it when the path is free, else adds a version that replaces
   * the content (or appends to it, for series). A symbolic link is followed.
   *
   * @throws PondException.NotFound when the parent is not there
   * @throws PondException.Conflict when something of another type is there
   */
  public NodeVersion write(
      PondPath path, EntryType type, StagedContent content, ContentFacts facts) {
    if (!type.isStored() && !type.isDynamic()) {
      throw new IllegalArgumentException("a " + type.text() + " has no content of its own");
    }
    PondPath target = followed(path);
    Optional<DirectoryEntry> there = tree.findUnfollowed(target).flatMap(Node::findEntry);
    if (there.isPresent() && there.get().type() != type) {
      throw new PondException.Conflict(
          "'" + path + "' cannot be written as " + type.text(),
          "it has the type " + there.get().type().text(),
          "Choose another path, or remove this one first.");
    }
    return add(there.orElseGet(() -> newEntry(target, type)), content, facts);
  }

  /**
   * Writes a version of a series that stands for its newest versions from {@code first} on: its
   * rows take the place of theirs, which history keeps.
   *
   * @throws PondException.Conflict when no series is there
   * @throws IllegalArgumentException when it has no version {@code first}
   */
  public NodeVersion writeCovering(
      PondPath path, Version first, StagedContent content, ContentFacts facts) {
    DirectoryEntry entry =
        tree.find(path)
            .filter(node -> node.type().isAppended())
            .flatMap(Node::findEntry)
            .orElseThrow(() ->
                new PondException.Conflict(
                    "'" + path + "' has no versions to take the place of",
                    "no series is there any more",
                    "Run the command again."));
    boolean known =
        changes.listVersions(entry.node()).stream()
            .anyMatch(version -> version.coversFrom().equals(first));
    if (!known) {
      throw new IllegalArgumentException("'" + path + "' has no version " + first);
    }
    return add(entry, first, content, facts);
  }

  /**
   * Writes the configuration of a node that computes itself, as {@link #write} does; the tree of
   * this edit can open the node at once.
   *
   * @param content the configuration, staged
   * @param text the same bytes
   */
  public NodeVersion writeConfig(
      PondPath path, NodeFactory factory, StagedContent content, byte[] text) {
    ContentFacts facts = ContentFacts.builder().factory(factory.name()).build();
    NodeVersion written = write(path, factory.entryType(), content, facts);
    changes.addConfig(content.hash(), text);
    return written;
  }

  /**
   * Replaces what is said about a node. A symbolic link is followed. Saying the same again changes
   * nothing.
   *
   * @param values all that is to hold, by name
   * @throws PondException.NotFound when nothing is there
   * @throws PondException.Conflict when it is computed by the directory that holds it
   */
  public void setAttributes(PondPath path, Map<String, String> values) {
    DirectoryEntry entry = requireEntry(followed(path));
    changes.set(new NodeAttributes(origin(), entry.node(), entry.type(), seq, now, values));
  }

  /**
   * Makes a symbolic link; the target is kept as written and need not exist.
   *
   * @throws PondException.Conflict when the name is taken
   */
  public void link(PondPath path, String target) {
    if (target.isEmpty()) {
      throw new PondException.Usage(
          "a symbolic link needs a target", "", "Name the path that it leads to.");
    }
    if (path.isRoot() || tree.findUnfollowed(path).isPresent()) {
      throw new PondException.Conflict(
          "'" + path + "' exists already", "", "Choose another name, or remove it first.");
    }
    // Checks that the target stays below the root.
    Place parent = requireDirectory(path.parent());
    parent.path().resolve(target);
    ContentFacts facts = ContentFacts.builder().attribute(PondTree.LINK_TARGET, target).build();
    add(newEntry(path, EntryType.SYMLINK), StagedContent.EMPTY, facts);
  }

  /**
   * Renames an entry; the node keeps its id and versions. A file or link in the way is replaced, an
   * empty directory by a directory.
   *
   * @throws PondException.Conflict when a directory is in the way, or {@code to} lies below {@code
   *     from}
   * @throws PondException.Usage when something below would be deeper than {@link
   *     PondPath#MAX_DEPTH}
   */
  public void move(PondPath from, PondPath to) {
    DirectoryEntry entry = requireEntry(from);
    if (to.isRoot()) {
      throw new PondException.Conflict("'/' is taken by the root", "", "Choose another name.");
    }
    Place directory = requireDirectory(to.parent());
    PondPath source = requireDirectory(from.parent()).path().child(from.name());
    PondPath target = directory.path().child(to.name());
    if (source.equals(target)) {
      return;
    }
    if (target.isWithin(source)) {
      throw new PondException.Conflict(
          "'" + from + "' cannot move into itself",
          "'" + to + "' lies within it",
          "Choose a place outside of it.");
    }
    Optional<DirectoryEntry> inTheWay = tree.findUnfollowed(target).flatMap(Node::findEntry);
    inTheWay.ifPresent(other -> requireReplaceable(to, other, entry));
    if (target.names().size() > source.names().size()) {
      requireRoom(from, target, entry);
    }
    changes.remove(entry);
    changes.put(
        new DirectoryEntry(
            directory.node(), to.name(), entry.node(), entry.type(), entry.origin()));
  }

  /**
   * Removes a file, a link or an empty directory; history keeps what it held.
   *
   * @throws PondException.Conflict when a directory is not empty
   */
  public void remove(PondPath path) {
    DirectoryEntry entry = requireEntry(path);
    if (entry.type() == EntryType.DIRECTORY && !changes.listEntries(entry.node()).isEmpty()) {
      throw new PondException.Conflict(
          "the directory '" + path + "' is not empty",
          "",
          "Use 'pond rm -r " + path.shellText() + "'.");
    }
    changes.remove(entry);
  }

  /** Removes an entry and, for a directory, all below it. Links are removed, not followed. */
  public void removeTree(PondPath path) {
    List<DirectoryEntry> all = new ArrayList<>(List.of(requireEntry(path)));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).type() == EntryType.DIRECTORY) {
        all.addAll(changes.listEntries(all.get(i).node()));
      }
    }
    all.reversed().forEach(changes::remove);
  }

  /** Refuses a move after which a path would be too deep to be named. */
  private void requireRoom(PondPath from, PondPath target, DirectoryEntry entry) {
    int depth = target.names().size();
    List<DirectoryEntry> level = List.of(entry);
    while (!level.isEmpty()) {
      if (depth > PondPath.MAX_DEPTH) {
        throw new PondException.Usage(
            "'" + from + "' cannot move there",
            "what lies below it would be deeper than " + PondPath.MAX_DEPTH + " levels",
            "Use a shallower directory.");
      }
      level =
          level.stream()
              .filter(each -> each.type() == EntryType.DIRECTORY)
              .flatMap(each -> changes.listEntries(each.node()).stream())
              .toList();
      depth++;
    }
  }

  private void requireReplaceable(PondPath to, DirectoryEntry other, DirectoryEntry entry) {
    if (other.type() != EntryType.DIRECTORY && entry.type() != EntryType.DIRECTORY) {
      return;
    }
    if (other.type() != entry.type()) {
      throw inTheWay(to, "it has the type " + other.type().text());
    }
    if (!changes.listEntries(other.node()).isEmpty()) {
      throw inTheWay(to, "it is a directory with entries");
    }
  }

  private static PondException inTheWay(PondPath to, String reason) {
    return new PondException.Conflict("'" + to + "' is in the way", reason, "Remove it first.");
  }

  /**
   * Answers the path that a write to {@code path} goes to: the end of a link, even a dangling one.
   */
  private PondPath followed(PondPath path) {
    PondPath at = path;
    for (int links = 0; links <= PondTree.MAX_LINKS; links++) {
      Optional<Node> node = tree.findUnfollowed(at);
      if (node.isEmpty() || !(node.get() instanceof Node.Symlink link)) {
        return at;
      }
      PondPath real = requireDirectory(at.parent()).path().child(at.name());
      at = PathWalk.target(real, link);
    }
    throw new PondException.Invalid(
        "'" + path + "' leads through more than " + PondTree.MAX_LINKS + " symbolic links",
        "they probably form a circle",
        "Run 'pond list -l " + path.parent().shellText() + "' and remove one of them.");
  }

  private DirectoryEntry newEntry(PondPath path, EntryType type) {
    if (path.isRoot()) {
      throw new PondException.Conflict("'/' is a directory", "", "Name a file below it.");
    }
    Place parent = requireDirectory(path.parent());
    DirectoryEntry entry = new DirectoryEntry(parent.node(), path.name(), create(), type, origin());
    changes.put(entry);
    return entry;
  }

  private NodeVersion add(DirectoryEntry entry, StagedContent content, ContentFacts facts) {
    return add(entry, nextVersion(entry), content, facts);
  }

  private NodeVersion add(
      DirectoryEntry entry, Version coversFrom, StagedContent content, ContentFacts facts) {
    NodeVersion written =
        new NodeVersion(
            origin(),
            entry.node(),
            entry.type(),
            nextVersion(entry),
            coversFrom,
            seq,
            now,
            content,
            facts);
    changes.add(written);
    return written;
  }

  private Version nextVersion(DirectoryEntry entry) {
    return changes.findVersion(entry.node()).map(old -> old.version().next()).orElse(Version.FIRST);
  }

  private Place requireDirectory(PondPath path) {
    Located there =
        tree.locate(path)
            .orElseThrow(() ->
                new PondException.NotFound(
                    "the directory '" + path + "' does not exist",
                    "",
                    "Run 'pond mkdir -p " + path.shellText() + "' first."));
    if (!(there.node() instanceof Node.Directory directory)) {
      throw notDirectory(path, there.node());
    }
    return new Place(there.path(), directory.entry().node());
  }

  private static PondException notDirectory(PondPath path, Node node) {
    return new PondException.Conflict(
        "'" + path + "' is not a directory that can hold files",
        "it has the type " + node.type().text(),
        "Choose another place.");
  }

  private DirectoryEntry requireEntry(PondPath path) {
    if (path.isRoot()) {
      throw new PondException.Conflict("the root stays where it is", "", "Name what lies in it.");
    }
    Node node = tree.findUnfollowed(path).orElseThrow(() -> tree.notFound(path));
    return node.findEntry()
        .orElseThrow(() ->
            new PondException.Conflict(
                "'" + path + "' is computed",
                "the directory that holds it makes it from a configuration",
                "Change or remove '" + path.parent() + "'."));
  }

  private NodeId create() {
    NodeId node = new NodeId(ids.next());
    changes.markCreated(node);
    return node;
  }

  private PondId origin() {
    return changes.identity().id();
  }
}
