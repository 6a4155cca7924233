package dev.duckpond.query;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.util.List;

/** Says that a path is not there, with the neighbour that may be meant; the one place that does. */
public final class MissingPath {
  private MissingPath() {}

  /**
   * Answers the error for a path that does not exist, or that leads nowhere.
   *
   * @throws IllegalStateException when the path is there after all
   */
  public static PondException.NotFound of(PondTree tree, PondPath path) {
    try {
      throw new IllegalStateException(
          "'" + path + "' is there after all: " + tree.require(path).type());
    } catch (PondException.NotFound e) {
      return new PondException.NotFound(
          e.problem(),
          e.reason(),
          DidYouMean.sentence(path.toString(), neighbours(tree, path), e.remedy()));
    }
  }

  private static List<String> neighbours(PondTree tree, PondPath path) {
    boolean isInDirectory =
        !path.isRoot()
            && tree.find(path.parent()).filter(node -> node.type().isDirectory()).isPresent();
    return isInDirectory
        ? tree.list(path.parent()).stream()
            .map(match -> match.path().toString())
            .filter(neighbour -> !neighbour.equals(path.toString()))
            .toList()
        : List.of();
  }
}
