package dev.duckpond.collect;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The name of a file as text. A name is bytes to the system; those that are no text in the encoding
 * of this machine are shown by a mark each, so that several names look the same and none of them
 * leads back to its file.
 */
final class HostName {
  private static final String UTF_8 = "UTF-8";

  private HostName() {}

  /** Tells whether the text of a path leads to the same file. */
  static boolean isText(Path file) {
    try {
      return file.getFileSystem().getPath(file.toString()).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Says that a file cannot be told apart from others by its name. */
  static HostGlob.Unreadable unreadable(Path file) {
    return new HostGlob.Unreadable(file, why(System.getProperty("sun.jnu.encoding", UTF_8)));
  }

  /** Says why, for the encoding of names that the environment asks for. */
  static String why(String encoding) {
    return encoding.equalsIgnoreCase(UTF_8)
        ? "its path is not in UTF-8. Rename it."
        : "its path is no text in "
            + encoding
            + ", which the environment asks for. Set LC_ALL=C.UTF-8, or rename it.";
  }
}
