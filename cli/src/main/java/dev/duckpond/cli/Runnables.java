package dev.duckpond.cli;

import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.MissingPath;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the nodes of a pond that can be run. */
final class Runnables {
  /** Where a bare name is looked up, in this order. */
  private static final List<PondPath> PLACES =
      List.of(PondPath.of("/system/run"), PondPath.of("/system/etc"));

  /** A node that can be run; what is computed inside a directory has no factory of its own. */
  record Found(String path, String factory) {}

  private final PondTree tree;

  Runnables(PondTree tree) {
    this.tree = tree;
  }

  /**
   * Lists all of them, sorted by path.
   *
   * @param trouble told of nodes that cannot be opened, so that nobody can say what they are
   */
  List<Found> list(Consumer<String> trouble) {
    List<Found> found = new ArrayList<>();
    for (PathMatch match : tree.match(PathPattern.parse("/**/*"), Visibility.ALL)) {
      if (match.node().type() != EntryType.DATA_DYNAMIC) {
        continue;
      }
      try {
        if (content(match.node()).filter(ExecutableNode.class::isInstance).isPresent()) {
          found.add(
              new Found(
                  TerminalText.escaped(match.path().toString()), factory(match.node()).orElse("")));
        }
      } catch (PondException e) {
        trouble.accept(e.problem() + (e.reason().isEmpty() ? "" : ": " + e.reason()));
      }
    }
    return found;
  }

  /**
   * Opens what a path, or a bare name, leads to.
   *
   * @throws PondException.NotFound when nothing is there
   * @throws PondException.Usage when it is nothing to run, saying what it is
   */
  ExecutableNode require(String target) {
    PondPath path = resolve(target);
    Node node = tree.find(path).orElseThrow(() -> MissingPath.of(tree, path));
    if (content(node).orElse(null) instanceof ExecutableNode executable) {
      return executable;
    }
    throw new PondException.Usage(
        "'" + path + "' cannot be run",
        "it is a "
            + node.type().text()
            + factory(node).map(name -> " of the factory " + name).orElse(""),
        "Run 'pond run' to see what can be.");
  }

  /** Answers the path that a target means, which need not lead to a node. */
  PondPath pathOf(String target) {
    return resolve(target);
  }

  /**
   * Lists the paths in /system/run that can be run, sorted: nodes there and those that links there
   * lead to, each under the first of its names. What cannot be opened, and a link that leads
   * nowhere, is among them.
   */
  List<String> listUnattended() {
    PondPath place = PLACES.getFirst();
    if (tree.find(place).filter(node -> node.type().isDirectory()).isEmpty()) {
      return List.of();
    }
    List<String> paths = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (PathMatch match : tree.list(place)) {
      if (!match.path().isHidden() && mayBeRun(match) && keys.add(key(match.path()))) {
        paths.add(match.path().toString());
      }
    }
    return paths;
  }

  /**
   * Lists the paths in /system/run that no run is known of, sorted, each with why.
   *
   * @param runs the records of all nodes that were run
   */
  Map<String, String> listNeverRun(List<RunRecord> runs) {
    Set<String> known = new HashSet<>();
    runs.forEach(run -> known.add(run.key().fileName()));
    Map<String, String> never = new LinkedHashMap<>();
    for (String path : listUnattended()) {
      try {
        Optional<RunKey> key = RunKey.find(tree, PondPath.of(path));
        if (key.isEmpty()) {
          never.put(path, "leads nowhere, and cannot be run");
        } else if (!known.contains(key.get().fileName())) {
          never.put(path, "never run");
        }
      } catch (PondException e) {
        never.put(path, "cannot be run: " + e.problem());
      }
    }
    return never;
  }

  private boolean mayBeRun(PathMatch match) {
    return match.node().type() == EntryType.SYMLINK
        ? leadsToSome(match.path())
        : match.node().type() == EntryType.DATA_DYNAMIC;
  }

  /** Tells whether a link leads to what can be run, or nowhere, which its run tells. */
  private boolean leadsToSome(PondPath link) {
    try {
      return tree.find(link).filter(node -> node.type() != EntryType.DATA_DYNAMIC).isEmpty();
    } catch (PondException e) {
      return true;
    }
  }

  /** Answers what a node is known by, under whatever path. */
  private String key(PondPath path) {
    try {
      return RunKey.find(tree, path).map(RunKey::fileName).orElseGet(path::toString);
    } catch (PondException e) {
      return path.toString();
    }
  }

  private PondPath resolve(String target) {
    if (target.contains("/")) {
      return WorkingDirectory.ROOT.resolve(target);
    }
    List<String> known = new ArrayList<>();
    for (PondPath place : PLACES) {
      Optional<Node> directory = tree.find(place).filter(node -> node.type().isDirectory());
      if (directory.isPresent()) {
        List<PathMatch> there = tree.list(place);
        for (PathMatch match : there) {
          if (match.path().name().text().equals(target)) {
            return match.path();
          }
        }
        there.forEach(match -> known.add(match.path().name().text()));
      }
    }
    throw new PondException.NotFound(
        "there is no '" + target + "' to run",
        "it is neither in /system/run nor in /system/etc",
        DidYouMean.sentence(target, known, "Run 'pond run' to see what can be run."));
  }

  private static Optional<DynamicNode> content(Node node) {
    return switch (node) {
      case Node.Dynamic dynamic -> Optional.of(dynamic.content());
      case Node.Computed computed -> Optional.of(computed.content());
      case Node.Directory other -> Optional.empty();
      case Node.Stored other -> Optional.empty();
      case Node.Symlink other -> Optional.empty();
    };
  }

  private static Optional<String> factory(Node node) {
    return node.findVersion().map(NodeVersion::facts).flatMap(facts -> facts.factory());
  }
}
