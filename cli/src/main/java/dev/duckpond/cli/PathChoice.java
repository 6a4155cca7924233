package dev.duckpond.cli;

import dev.duckpond.query.MissingPath;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a path or pattern on a command line means: what has exactly that name, wildcards and
 * all, else what the pattern matches. The last link of a path is not followed.
 */
final class PathChoice {
  private PathChoice() {}

  /** Lists what a text means, sorted by path; nothing may be there. */
  static List<PathMatch> list(PondTree tree, String text, Visibility visibility) {
    Optional<PathMatch> exact = exact(tree, text);
    return exact.isPresent()
        ? List.of(exact.get())
        : tree.match(WorkingDirectory.ROOT.pattern(text), visibility);
  }

  /**
   * Lists what a text means, sorted by path; never empty.
   *
   * @throws PondException.NotFound when nothing is there, with the name that may be meant
   */
  static List<PathMatch> require(PondTree tree, String text, Visibility visibility) {
    List<PathMatch> matches = list(tree, text, visibility);
    if (matches.isEmpty()) {
      throw missing(tree, text);
    }
    return matches;
  }

  /** Answers the error for a text that means nothing. */
  static PondException missing(PondTree tree, String text) {
    Optional<PondPath> path = WorkingDirectory.ROOT.pattern(text).findLiteral();
    return path.isPresent()
        ? missing(tree, path.get())
        : new PondException.NotFound(
            "'" + text + "' matches nothing", "", "Run 'pond list' to see what is there.");
  }

  private static PondException missing(PondTree tree, PondPath path) {
    return tree.find(path).isPresent()
        ? new PondException.NotFound("'" + path + "' is hidden", "", "List it with -a.")
        : MissingPath.of(tree, path);
  }

  private static Optional<PathMatch> exact(PondTree tree, String text) {
    try {
      PondPath path = WorkingDirectory.ROOT.resolve(text);
      return tree.findUnfollowed(path).map(node -> new PathMatch(path, node, Captures.NONE));
    } catch (PondException.Usage e) {
      // A pattern may be longer than a name; what is no pattern either says so itself.
      return Optional.empty();
    }
  }

  /** Answers what a pattern's matches keep of their paths: nothing when it names one path. */
  static boolean namesOne(PondTree tree, String text) {
    return exact(tree, text).isPresent() || isLiteral(text);
  }

  private static boolean isLiteral(String text) {
    PathPattern pattern = WorkingDirectory.ROOT.pattern(text);
    return pattern.isLiteral();
  }
}
