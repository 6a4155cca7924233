package dev.duckpond.tinyfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final FactoryRegistry factories;

  public PondTree(Snapshot snapshot, FactoryRegistry factories) {
    this.snapshot = snapshot;
    this.factories = factories;
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /**
   * Finds what a path leads to, following symbolic links, also the last one.
   *
   * @throws PondException.Invalid when more than {@value #MAX_LINKS} links follow each other
   */
  public Optional<Node> find(PondPath path) {
    return new Walk().find(path, true).map(Step::node);
  }

  /** Finds what a path names, following symbolic links in the middle but not the last one. */
  public Optional<Node> findUnfollowed(PondPath path) {
    return new Walk().find(path, false).map(Step::node);
  }

  /**
   * Finds where a path leads once every symbolic link in it is followed: the path of the node
   * itself.
   */
  public Optional<PondPath> findReal(PondPath path) {
    return new Walk().find(path, true).map(Step::path);
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

  /** Lists what a directory holds, sorted by name; paths are below the path given. */
  public List<PathMatch> list(PondPath directory) {
    Node node = require(directory);
    List<PathMatch> out = new ArrayList<>();
    for (Step child : new Walk().children(new Step(directory, node))) {
      out.add(new PathMatch(child.path(), child.node(), Captures.NONE));
    }
    return out;
  }

  /**
   * Expands a pattern, sorted by path. Links named by the pattern's last name are not followed;
   * links on the way are, except by {@code **}, so that a link to a parent ends the walk.
   */
  public List<PathMatch> match(PathPattern pattern, Visibility visibility) {
    return new PatternWalk(this, pattern, visibility).run();
  }

  List<PathMatch> childrenFollowed(PondPath path, Node node) {
    List<PathMatch> out = new ArrayList<>();
    Node directory = node instanceof Node.Symlink ? find(path).orElse(node) : node;
    for (Step child : new Walk().children(new Step(path, directory))) {
      out.add(new PathMatch(child.path(), child.node(), Captures.NONE));
    }
    return out;
  }

  PondException notFound(PondPath path) {
    PondPath there = path.parent();
    while (!there.isRoot() && find(there).isEmpty()) {
      there = there.parent();
    }
    Optional<Node> link = path.isRoot() ? Optional.empty() : findUnfollowed(path);
    if (link.isPresent() && link.get() instanceof Node.Symlink symlink) {
      return new PondException.NotFound(
          "'" + path + "' leads nowhere",
          "it is a link to '" + symlink.target() + "', which does not exist",
          "Remove the link or make its target.");
    }
    return new PondException.NotFound(
        "'" + path + "' does not exist", "", "Run 'pond list " + slashed(there) + "'.");
  }

  private static String slashed(PondPath path) {
    return path.isRoot() ? "/" : path + "/";
  }

  /** A node and the path it was reached by. */
  private record Step(PondPath path, Node node) {}

  /** One resolution, which counts the links it follows. */
  private final class Walk {
    private int links;

    Optional<Step> find(PondPath path, boolean followLast) {
      Optional<Step> at = Optional.of(new Step(PondPath.ROOT, new Node.Directory(snapshot.root())));
      int last = path.names().size() - 1;
      for (int i = 0; i <= last && at.isPresent(); i++) {
        at = child(at.get(), path.names().get(i));
        if (at.isPresent() && (i < last || followLast)) {
          at = follow(at.get());
        }
      }
      return at;
    }

    private Optional<Step> follow(Step step) {
      if (!(step.node() instanceof Node.Symlink link)) {
        return Optional.of(step);
      }
      if (++links > MAX_LINKS) {
        throw new PondException.Invalid(
            "'" + step.path() + "' leads through more than " + MAX_LINKS + " symbolic links",
            "they probably form a circle",
            "Run 'pond list -l " + step.path().parent() + "' and remove one of them.");
      }
      return find(step.path().parent().resolve(link.target()), true);
    }

    private Optional<Step> child(Step parent, EntryName name) {
      PondPath path = parent.path().child(name);
      return switch (parent.node()) {
        case Node.Directory directory ->
            snapshot
                .findEntry(directory.entry().node(), name)
                .map(entry -> new Step(path, node(path, entry)));
        case Node.Dynamic dynamic -> computedChild(dynamic.content(), path, name);
        case Node.Computed computed -> computedChild(computed.content(), path, name);
        case Node.Symlink link -> Optional.empty();
        case Node.Stored stored -> Optional.empty();
      };
    }

    private Optional<Step> computedChild(DynamicNode content, PondPath path, EntryName name) {
      return switch (content) {
        case DynamicNode.File file -> Optional.empty();
        case DynamicNode.Directory directory ->
            directory.find(name).map(child -> new Step(path, computed(child)));
      };
    }

    List<Step> children(Step parent) {
      return switch (parent.node()) {
        case Node.Directory directory ->
            snapshot.listEntries(directory.entry().node()).stream()
                .map(entry -> {
                  PondPath path = parent.path().child(entry.name());
                  return new Step(path, node(path, entry));
                })
                .toList();
        case Node.Dynamic dynamic -> computedChildren(parent.path(), dynamic.content());
        case Node.Computed computed -> computedChildren(parent.path(), computed.content());
        case Node.Symlink link -> List.of();
        case Node.Stored stored -> List.of();
      };
    }

    private List<Step> computedChildren(PondPath path, DynamicNode content) {
      return switch (content) {
        case DynamicNode.File file -> List.of();
        case DynamicNode.Directory directory ->
            directory.list().stream()
                .map(child -> new Step(path.child(child.name()), computed(child)))
                .toList();
      };
    }
  }

  private static Node computed(DynamicNode.Child child) {
    return new Node.Computed(child.type(), child.content());
  }

  private Node node(PondPath path, DirectoryEntry entry) {
    return switch (entry.type()) {
      case DIRECTORY -> new Node.Directory(entry);
      case SYMLINK -> {
        NodeVersion version = requireVersion(path, entry);
        String target = version.facts().attributes().get(LINK_TARGET);
        if (target == null) {
          throw new PondException.Corrupt(
              "the symbolic link '" + path + "' has no target", "", "Run 'pond fsck'.");
        }
        yield new Node.Symlink(entry, version, target);
      }
      case DATA, DATA_SERIES, TABLE, TABLE_SERIES ->
          new Node.Stored(entry, requireVersion(path, entry));
      case DYNAMIC_DIRECTORY, DATA_DYNAMIC, TABLE_DYNAMIC -> dynamic(path, entry);
    };
  }

  private NodeVersion requireVersion(PondPath path, DirectoryEntry entry) {
    return snapshot
        .findVersion(entry.node())
        .orElseThrow(() ->
            new PondException.Corrupt(
                "'" + path + "' has an entry but no version", "", "Run 'pond fsck'."));
  }

  private Node dynamic(PondPath path, DirectoryEntry entry) {
    NodeVersion version = requireVersion(path, entry);
    String name = version.facts().factory().orElse("");
    NodeFactory factory =
        factories
            .find(name)
            .orElseThrow(() ->
                new PondException.Invalid(
                    "'" + path + "' cannot be computed",
                    "this version of pond has no factory '" + name + "'",
                    "Use the version of pond that made it, or newer."));
    NodeFactory.NodeConfig config = new NodeFactory.NodeConfig(path, configText(path, version));
    return new Node.Dynamic(entry, version, factory.open(config, this));
  }

  private String configText(PondPath path, NodeVersion version) {
    try (InputStream in = snapshot.contents().open(version)) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      in.transferTo(text);
      return text.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PondException.Failed(
          "the configuration of '" + path + "' cannot be read",
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }
}
