package dev.duckpond.tinyfs;

/** The directory that relative paths start from. */
public record WorkingDirectory(PondPath path) {
  /** The root, where a process starts. */
  public static final WorkingDirectory ROOT = new WorkingDirectory(PondPath.ROOT);

  /** Answers the path that a text means here: absolute with a leading slash, else below this. */
  public PondPath resolve(String text) {
    requireText(text);
    return path.resolve(text);
  }

  /** Answers the pattern that a text means here. */
  public PathPattern pattern(String text) {
    requireText(text);
    if (text.startsWith("/") || path.isRoot()) {
      return PathPattern.parse(text);
    }
    return PathPattern.parse(PathPattern.literal(path) + "/" + text);
  }

  /**
   * Refuses the empty text, which is a variable of a script that was not set rather than a path.
   */
  private static void requireText(String text) {
    if (text.isEmpty()) {
      throw new PondException.Usage("a path is empty", "", "Write '/' for the root.");
    }
  }

  /** Answers the working directory after changing to a directory that must exist. */
  public WorkingDirectory change(PondTree tree, String text) {
    PondPath target = resolve(text);
    Node node = tree.require(target);
    if (!node.type().isDirectory()) {
      throw new PondException.Invalid(
          "'" + target + "' is not a directory",
          "it is a " + node.type().text(),
          "Name a directory.");
    }
    return new WorkingDirectory(target);
  }
}
