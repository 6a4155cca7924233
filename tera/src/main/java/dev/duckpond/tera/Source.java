package dev.duckpond.tera;

import java.util.Arrays;

/** Holds the text of one template and knows its lines. */
final class Source {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  Source(String name, String text) {
    this.name = name;
    this.text = text;
    int[] starts = new int[16];
    int count = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      starts[count++] = i + 1;
    }
    this.lineStarts = Arrays.copyOf(starts, count);
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  /** Answers the line of an offset, from 1. */
  int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Answers the column of an offset in characters, from 1. */
  int column(int offset) {
    return text.codePointCount(lineStarts[line(offset) - 1], offset) + 1;
  }

  /** Returns the line that an offset is in, without its end. */
  String lineText(int offset) {
    int line = line(offset);
    int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
    String found = text.substring(lineStarts[line - 1], end);
    return found.endsWith("\r") ? found.substring(0, found.length() - 1) : found;
  }
}
