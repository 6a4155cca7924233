package dev.duckpond.query;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How lines of a file of text end, where not all end alike.
 *
 * @param first what the first line ends with
 * @param line the number, from 1, of the first line that ends otherwise
 * @param other what that one ends with
 */
record LineEnds(String first, long line, String other) {
  private static final char QUOTE = '"';

  /**
   * Looks for a line that ends otherwise than the first; empty when all end alike. Line ends
   * between quotes are no ends of rows.
   *
   * @param file plain text in which each byte below 128 is a character of its own
   */
  static Optional<LineEnds> findTwo(Path file) throws IOException {
    Optional<String> first = Optional.empty();
    boolean isQuoted = false;
    long line = 1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      int next = in.read();
      while (next >= 0) {
        int character = next;
        next = in.read();
        if (character == QUOTE) {
          isQuoted = !isQuoted;
        }
        if (character != '\r' && character != '\n') {
          continue;
        }
        String end = character == '\n' ? "LF" : next == '\n' ? "CR LF" : "CR";
        if (end.equals("CR LF")) {
          next = in.read();
        }
        if (!isQuoted && first.isPresent() && !first.get().equals(end)) {
          return Optional.of(new LineEnds(first.get(), line, end));
        }
        if (!isQuoted && first.isEmpty()) {
          first = Optional.of(end);
        }
        line++;
      }
    }
    return Optional.empty();
  }

  /** Says so, in words that may stand behind a colon. */
  String sentence() {
    return "its lines end in two ways, the first with "
        + first
        + ", line "
        + line
        + " with "
        + other;
  }
}
