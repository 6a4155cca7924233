package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Collects the changes of one transaction and shows them to its own reads.
 *
 * <p>Every operation checks its request first and changes nothing when it throws, so a caller may
 * go on after an error. Nothing reaches the pond until the rows are committed. Not thread-safe.
 */
public final class TreeEdit {
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
      throw new PondException.Conflict("'" + path + "' exists already", "", "");
    }
    DirectoryEntry parent = requireDirectory(path.parent());
    put(new DirectoryEntry(parent.node(), path.name(), create(), EntryType.DIRECTORY, origin()));
  }

  /** Makes a directory and those above it that are missing; an existing one is left as it is. */
  public void makeDirectories(PondPath path) {
    Optional<Node> there = tree.find(path);
    if (there.isPresent()) {
      requireDirectory(path);
      return;
    }
    makeDirectories(path.parent());
    makeDirectory(path);
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
          "'" + path + "' is a " + there.get().type().text() + ", not a " + type.text(),
          "",
          "Choose another path, or remove this one first.");
    }
    return add(there.orElseGet(() -> newEntry(target, type)), content, facts);
  }

  /**
   * Makes a symbolic link; the target is kept as written and need not exist.
   *
   * @throws PondException.Conflict when the name is taken
   */
  public void link(PondPath path, String target) {
    if (target.isEmpty()) {
      throw new PondException.Usage("a symbolic link needs a target", "", "");
    }
    if (path.isRoot() || tree.findUnfollowed(path).isPresent()) {
      throw new PondException.Conflict(
          "'" + path + "' exists already", "", "Choose another name, or remove it first.");
    }
    // Also checks that the target stays below the root.
    path.parent().resolve(target);
    ContentFacts facts = ContentFacts.builder().attribute(PondTree.LINK_TARGET, target).build();
    add(newEntry(path, EntryType.SYMLINK), StagedContent.EMPTY, facts);
  }

  /**
   * Renames an entry; the node keeps its id and versions. A file or link in the way is replaced, an
   * empty directory by a directory.
   *
   * @throws PondException.Conflict when a directory is in the way, or {@code to} lies below {@code
   *     from}
   */
  public void move(PondPath from, PondPath to) {
    DirectoryEntry entry = requireEntry(from);
    DirectoryEntry parent = requireDirectory(to.parent());
    if (to.isWithin(from) && !to.equals(from)) {
      throw new PondException.Conflict("'" + from + "' cannot move into itself", "", "");
    }
    if (to.isRoot()) {
      throw new PondException.Conflict("'/' is taken by the root", "", "");
    }
    Optional<DirectoryEntry> inTheWay = tree.findUnfollowed(to).flatMap(Node::findEntry);
    if (inTheWay.isPresent() && inTheWay.get().node().equals(entry.node())) {
      return;
    }
    inTheWay.ifPresent(other -> requireReplaceable(to, other, entry));
    changes.remove(entry);
    put(new DirectoryEntry(parent.node(), to.name(), entry.node(), entry.type(), entry.origin()));
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
          "the directory '" + path + "' is not empty", "", "Use 'pond rm -r " + path + "'.");
    }
    changes.remove(entry);
  }

  /** Removes an entry and, for a directory, all below it. Links are removed, not followed. */
  public void removeTree(PondPath path) {
    DirectoryEntry entry = requireEntry(path);
    if (entry.type() == EntryType.DIRECTORY) {
      for (DirectoryEntry child : changes.listEntries(entry.node())) {
        removeTree(path.child(child.name()));
      }
    }
    changes.remove(entry);
  }

  private void requireReplaceable(PondPath to, DirectoryEntry other, DirectoryEntry entry) {
    if (other.type() != EntryType.DIRECTORY && entry.type() != EntryType.DIRECTORY) {
      return;
    }
    boolean bothDirectories = other.type() == entry.type();
    if (!bothDirectories || !changes.listEntries(other.node()).isEmpty()) {
      throw new PondException.Conflict(
          "'" + to + "' is in the way",
          "it is a " + other.type().text() + (bothDirectories ? " with entries" : ""),
          "Remove it first.");
    }
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
      at = at.parent().resolve(link.target());
    }
    throw new PondException.Invalid(
        "'" + path + "' leads through more than " + PondTree.MAX_LINKS + " symbolic links", "", "");
  }

  private DirectoryEntry newEntry(PondPath path, EntryType type) {
    if (path.isRoot()) {
      throw new PondException.Conflict("'/' is a directory", "", "Name a file below it.");
    }
    DirectoryEntry parent = requireDirectory(path.parent());
    DirectoryEntry entry = new DirectoryEntry(parent.node(), path.name(), create(), type, origin());
    put(entry);
    return entry;
  }

  private NodeVersion add(DirectoryEntry entry, StagedContent content, ContentFacts facts) {
    Version version =
        changes.findVersion(entry.node()).map(old -> old.version().next()).orElse(Version.FIRST);
    NodeVersion written =
        new NodeVersion(
            origin(), entry.node(), entry.type(), version, version, seq, now, content, facts);
    changes.add(written);
    return written;
  }

  private DirectoryEntry requireDirectory(PondPath path) {
    Node node =
        tree.find(path)
            .orElseThrow(() ->
                new PondException.NotFound(
                    "the directory '" + path + "' does not exist",
                    "",
                    "Run 'pond mkdir -p " + path + "' first."));
    if (!(node instanceof Node.Directory directory)) {
      throw new PondException.Conflict(
          "'" + path + "' is not a directory that can hold files",
          "it is a " + node.type().text(),
          "");
    }
    return directory.entry();
  }

  private DirectoryEntry requireEntry(PondPath path) {
    if (path.isRoot()) {
      throw new PondException.Conflict("the root stays where it is", "", "");
    }
    Node node = tree.findUnfollowed(path).orElseThrow(() -> tree.notFound(path));
    return node.findEntry()
        .orElseThrow(() ->
            new PondException.Conflict(
                "'" + path + "' is computed",
                "the directory that holds it makes it from a configuration",
                "Change or remove '" + path.parent() + "'."));
  }

  private void put(DirectoryEntry entry) {
    changes.put(entry);
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
