package dev.duckpond.query;

import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what paths and patterns in a query mean. */
final class PondNames {
  private final PondTree tree;

  PondNames(PondTree tree) {
    this.tree = tree;
  }

  /**
   * Lists what a text leads to: the node of exactly that path, else the matches of the pattern,
   * sorted by path, directories left out. Links are followed.
   *
   * @throws PondException.NotFound when there is nothing
   */
  List<PathMatch> require(String text) {
    List<PathMatch> files = match(text);
    if (!files.isEmpty()) {
      return files;
    }
    Optional<PondPath> literal = PathPattern.parse(text).findLiteral();
    if (literal.isPresent()) {
      throw MissingPath.of(tree, literal.get());
    }
    throw new PondException.NotFound(
        "'" + text + "' matches nothing", "", "Run 'pond list' to see what is there.");
  }

  /** Lists what a text leads to as {@link #require} does; empty when there is nothing. */
  List<PathMatch> match(String text) {
    Optional<PathMatch> exact = exact(text);
    if (exact.isPresent()) {
      return List.of(exact.get());
    }
    PathPattern pattern = PathPattern.parse(text);
    if (pattern.isLiteral()) {
      return List.of();
    }
    List<PathMatch> files = new ArrayList<>();
    for (PathMatch match : tree.match(pattern, Visibility.VISIBLE_ONLY)) {
      Node node = match.node() instanceof Node.Symlink ? tree.require(match.path()) : match.node();
      if (!node.type().isDirectory()) {
        files.add(new PathMatch(match.path(), node, match.captures()));
      }
    }
    return files;
  }

  private Optional<PathMatch> exact(String text) {
    PondPath path = PondPath.of(text);
    return tree.find(path).map(node -> new PathMatch(path, node, Captures.NONE));
  }
}
