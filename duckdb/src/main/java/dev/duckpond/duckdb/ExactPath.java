package dev.duckpond.duckdb;

import java.nio.file.Path;

/**
 * Names one file for the engine's reading functions, which take {@code *}, {@code ?} and {@code [}
 * in a path for wildcards and would read other files, too or instead.
 */
public final class ExactPath {
  private ExactPath() {}

  /** Answers the text that means exactly this file, for lists of paths. */
  public static String text(Path file) {
    String path = DuckSession.absolute(file);
    StringBuilder exact = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '*' || c == '?' || c == '[') {
        exact.append('[').append(c).append(']');
      } else {
        exact.append(c);
      }
    }
    return exact.toString();
  }

  /** Answers the literal that means exactly this file. */
  public static Sql literal(Path file) {
    return Sql.literal(text(file));
  }
}
