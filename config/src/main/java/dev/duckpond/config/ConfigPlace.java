package dev.duckpond.config;

/** A place in a configuration; line and column count from 1. */
public record ConfigPlace(int line, int column) implements Comparable<ConfigPlace> {
  /** The beginning of the text. */
  public static final ConfigPlace START = new ConfigPlace(1, 1);

  public ConfigPlace {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("line " + line + ", column " + column);
    }
  }

  @Override
  public int compareTo(ConfigPlace other) {
    return line == other.line
        ? Integer.compare(column, other.column)
        : Integer.compare(line, other.line);
  }

  /** Answers {@code line:column}. */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
