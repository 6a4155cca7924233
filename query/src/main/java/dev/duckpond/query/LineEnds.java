package dev.duckpond.query;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How lines of a file of text end, where not all end alike.
 *
 * @param first what the first line ends with
 * @param line the number, from 1, of the first line that ends otherwise
 * @param other what that one ends with
 */
record LineEnds(String first, long line, String other) {
  /** What a file may begin with, each byte as a character. */
  private static final String MARK = "\u00EF\u00BB\u00BF";

  private static final int MAX_FIRST_LINE_CHARS = 1 << 21;

  /**
   * Looks for a line that ends otherwise than the first; empty when all end alike. Line ends
   * between quotes are no ends of rows.
   *
   * @param file plain text in which each byte below 128 is a character of its own
   * @param options those of the format
   */
  static Optional<LineEnds> findTwo(Path file, Map<String, String> options) throws IOException {
    char delimiter = CsvDelimiter.of(firstLine(file, options), options);
    CsvQuotes quotes = CsvQuotes.of(delimiter, options);
    Optional<String> first = Optional.empty();
    long line = 1;
    try (PushbackInputStream in = open(file)) {
      for (int character = in.read(); character >= 0; character = in.read()) {
        quotes.pass(character);
        if (!CsvQuotes.isLineEnd(character)) {
          continue;
        }
        String end = end(character, in);
        if (!quotes.isWithin() && first.isPresent() && !first.get().equals(end)) {
          return Optional.of(new LineEnds(first.get(), line, end));
        }
        if (!quotes.isWithin() && first.isEmpty()) {
          first = Optional.of(end);
        }
        line++;
      }
    }
    return Optional.empty();
  }

  /** Answers the first line that is neither empty nor skipped, as far as it is looked at. */
  private static String firstLine(Path file, Map<String, String> options) throws IOException {
    long skipped = Long.parseLong(options.getOrDefault("skip", "0"));
    StringBuilder text = new StringBuilder();
    try (PushbackInputStream in = open(file)) {
      for (int character = in.read(); character >= 0; character = in.read()) {
        if (!CsvQuotes.isLineEnd(character)) {
          text.append(skipped > 0 ? "" : (char) character);
        } else {
          end(character, in);
          skipped--;
        }
        boolean isDone = CsvQuotes.isLineEnd(character) && !text.isEmpty();
        if (isDone || text.length() >= MAX_FIRST_LINE_CHARS) {
          break;
        }
      }
    }
    return text.toString();
  }

  /** Opens a file behind the mark that UTF-8 may begin with. */
  private static PushbackInputStream open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    PushbackInputStream in = new PushbackInputStream(bytes, MARK.length());
    byte[] begin = in.readNBytes(MARK.length());
    if (!new String(begin, StandardCharsets.ISO_8859_1).equals(MARK)) {
      in.unread(begin);
    }
    return in;
  }

  /** Answers the end that begins with a character, and reads the rest of it. */
  private static String end(int character, PushbackInputStream in) throws IOException {
    if (character == '\n') {
      return "LF";
    }
    int next = in.read();
    if (next == '\n') {
      return "CR LF";
    }
    if (next >= 0) {
      in.unread(next);
    }
    return "CR";
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
