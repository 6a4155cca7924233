package dev.duckpond.cli;

import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.WorkingDirectory;

/**
 * Where {@code copy}, {@code mv} and {@code ln} put things, by the rules of coreutils: an existing
 * directory, or a path with a trailing slash, takes in; anything else is the new name itself.
 *
 * @param takesIn whether names are kept below {@code path}
 */
record Destination(PondPath path, boolean takesIn) {
  /** Reads the last argument of a command line. */
  static Destination of(PondTree tree, String text) {
    PondPath path = WorkingDirectory.ROOT.resolve(text);
    boolean directory = tree.find(path).map(Destination::isDirectory).orElse(false);
    return new Destination(path, directory || text.endsWith("/"));
  }

  /** Answers a path that is the new name itself, whatever is there. */
  static Destination exactly(PondPath path) {
    return new Destination(path, false);
  }

  /** Answers where something of this name goes. */
  PondPath of(EntryName name) {
    return takesIn ? path.child(name) : path;
  }

  /**
   * Refuses a destination that is one name when several things are to go there.
   *
   * @throws PondException.Usage when this is not a directory
   */
  void requireTakesIn(int sources) {
    if (sources > 1 && !takesIn) {
      throw new PondException.Usage(
          "'" + path + "' is not a directory",
          sources + " sources need one",
          "End it with a slash: '" + path + "/'.");
    }
  }

  private static boolean isDirectory(Node node) {
    return node.type() == EntryType.DIRECTORY;
  }
}
