package dev.duckpond.tinyfs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a snapshot by paths: resolves them, follows symbolic links, opens dynamic nodes, and
 * expands patterns. Immutable and thread-safe, as its snapshot is.
 */
public final class PondTree {
  /** How many symbolic links one path may lead through. */
  public static final int MAX_LINKS = 10;

  /** The attribute of a symbolic link's version that holds its target. */
  public static final String LINK_TARGET = "target";

  private final Snapshot snapshot;
  private final NodeReader reader;

  /** The computed directories that are being listed, outermost first. */
  private final Set<PondPath> entered;

  public PondTree(Snapshot snapshot, FactoryRegistry factories) {
    this(snapshot, factories, Set.of());
  }

  private PondTree(Snapshot snapshot, FactoryRegistry factories, Set<PondPath> entered) {
    this.snapshot = snapshot;
    this.entered = entered;
    this.reader = new NodeReader(snapshot, factories, this);
  }

  /**
   * Answers the same tree for the use of a computed directory that looks up what it holds, so that
   * one that finds itself on the way is noticed.
   *
   * @throws PondException.Invalid when {@code directory} is being looked up already, naming the
   *     cycle
   */
  public PondTree entering(PondPath directory) {
    Set<PondPath> all = new LinkedHashSet<>(entered);
    if (!all.add(directory)) {
      throw cycle(all, directory);
    }
    return new PondTree(snapshot, reader.factories(), Collections.unmodifiableSet(all));
  }

  /**
   * Answers the error for nodes that are made of each other.
   *
   * @param followed the nodes on the way, in order
   * @param again the one that came again
   */
  public static PondException.Invalid cycle(Collection<PondPath> followed, PondPath again) {
    List<PondPath> circle = new ArrayList<>(followed);
    circle.subList(0, circle.indexOf(again)).clear();
    circle.add(again);
    return new PondException.Invalid(
        "'" + again + "' is made of itself",
        circle.stream().map(PondPath::toString).collect(Collectors.joining(" -> ")),
        "Change the pattern of one of them.");
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /**
   * Finds what a path leads to, following symbolic links, also the last one. A {@code ..} in a
   * link's target is taken off the path as written, before links in it are followed.
   *
   * @throws PondException.Invalid when more than {@value #MAX_LINKS} links follow each other, or
   *     one leads above the root
   */
  public Optional<Node> find(PondPath path) {
    return locate(path).map(Located::node);
  }

  /** Finds what a path names, following symbolic links in the middle but not the last one. */
  public Optional<Node> findUnfollowed(PondPath path) {
    return walk().findUnfollowed(path).map(Located::node);
  }

  /**
   * Finds where a path leads once every symbolic link in it is followed: the path of the node
   * itself.
   */
  public Optional<PondPath> findReal(PondPath path) {
    return locate(path).map(Located::path);
  }

  /**
   * Answers what a path leads to.
   *
   * @throws PondException.NotFound when nothing is there; the message names the closest directory
   *     that exists
   */
  public Node require(PondPath path) {
    return find(path).orElseThrow(() -> notFound(path));
  }

  /**
   * Lists what a directory holds, sorted by name; paths are below the path given. What is no
   * directory holds nothing.
   */
  public List<PathMatch> list(PondPath directory) {
    Located located = locate(directory).orElseThrow(() -> notFound(directory));
    return walk().children(located, name -> true).stream()
        .map(child ->
            new PathMatch(directory.child(child.path().name()), child.node(), Captures.NONE))
        .toList();
  }

  /**
   * Expands a pattern, sorted by path. Links named by the pattern's last name are not followed;
   * links on the way are, except by {@code **}, so that a link to a parent ends the walk. A link
   * that a wildcard met and that leads nowhere, or in a circle, holds nothing.
   */
  public List<PathMatch> match(PathPattern pattern, Visibility visibility) {
    return new PatternWalk(this, pattern, visibility).run();
  }

  Optional<Located> locate(PondPath path) {
    return walk().find(path);
  }

  PathWalk walk() {
    return new PathWalk(reader);
  }

  PondException notFound(PondPath path) {
    Optional<Node> link = findUnfollowed(path);
    if (link.isPresent() && link.get() instanceof Node.Symlink symlink) {
      return new PondException.NotFound(
          "'" + path + "' leads nowhere",
          "it is a link to '" + symlink.target() + "', which does not exist",
          "Remove the link or make its target.");
    }
    PondPath there = path.parent();
    while (find(there).isEmpty()) {
      there = there.parent();
    }
    EntryType type = require(there).type();
    if (!type.isDirectory()) {
      return new PondException.NotFound(
          "'" + path + "' does not exist",
          "'" + there + "' is not a directory, it has the type " + type.text(),
          "Run 'pond list -l " + there.shellText() + "'.");
    }
    return new PondException.NotFound(
        "'" + path + "' does not exist", "", "Run 'pond list " + slashed(there) + "'.");
  }

  private static String slashed(PondPath path) {
    return path.isRoot() ? "/" : PondPath.shellText(path + "/");
  }
}
