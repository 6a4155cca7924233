package dev.duckpond.collect;

import dev.duckpond.query.CsvDelimiter;
import dev.duckpond.query.CsvQuotes;
import dev.duckpond.query.PondUrl;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of a plain CSV file that have an end: whoever writes the file may go on with the last.
 */
final class WholeLines {
  /** The engine reads no longer ones either. */
  private static final int LONGEST_LINE_CHARS = 1 << 21;

  private static final int ASCII_END = 0x80;

  /** What UTF-8 and UTF-16 may begin with. */
  private static final Set<Integer> MARK = Set.of(0xEF, 0xBB, 0xBF, 0xFEFF);

  private static final int MARK_BYTES = 3;

  /** With these, it takes the engine to tell what is a line and what is within quotes. */
  private static final Set<String> UNCLEAR = Set.of("quote", "escape", "skip", "comment");

  /**
   * What of a file has an end.
   *
   * @param lines how many are not empty
   */
  private record Ended(long bytes, long lines) {}

  private WholeLines() {}

  /** Tells whether the last line of a file has an end; an empty file has none without one. */
  static boolean areAll(Path file, PondUrl format) throws IOException {
    int width = CsvUnits.widthBytes(format);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      if (bytes.length() == 0) {
        return true;
      }
      if (bytes.length() % width != 0) {
        return false;
      }
      bytes.seek(bytes.length() - width);
      int first = bytes.read();
      return CsvQuotes.isLineEnd(width == 1 ? first : CsvUnits.pair(first, bytes.read()));
    }
  }

  /**
   * Takes the last line away from a file, unless what is left is no more than names, or it is not
   * sure that it is whole lines. What stays is what the file was before that line was begun.
   *
   * @return whether it was taken away
   */
  static boolean keep(Path file, PondUrl format) throws IOException {
    Map<String, String> options = format.options();
    if (options.keySet().stream().anyMatch(UNCLEAR::contains)) {
      return false;
    }
    Optional<String> first = findFirst(file, format);
    if (first.isEmpty()) {
      return false;
    }
    char delimiter = CsvDelimiter.of(first.get(), options);
    if (delimiter >= ASCII_END) {
      return false;
    }
    Ended ended = ended(file, format, CsvQuotes.of(delimiter, options));
    long names = options.getOrDefault("header", "true").equalsIgnoreCase("false") ? 0 : 1;
    if (ended.lines() <= names) {
      return false;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(ended.bytes());
    }
    return true;
  }

  /** Finds the first line that is not empty, if it has an end. */
  private static Optional<String> findFirst(Path file, PondUrl format) throws IOException {
    StringBuilder line = new StringBuilder();
    try (CsvUnits units = CsvUnits.open(file, format)) {
      for (int unit = units.next(); unit != CsvUnits.NONE; unit = units.next()) {
        if (!CsvQuotes.isLineEnd(unit)) {
          line.append((char) unit);
        } else if (!line.isEmpty()) {
          return Optional.of(line.toString());
        }
        if (line.length() > LONGEST_LINE_CHARS) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Ended ended(Path file, PondUrl format, CsvQuotes quotes) throws IOException {
    int width = CsvUnits.widthBytes(format);
    long position = 0;
    long end = 0;
    long lines = 0;
    try (CsvUnits units = CsvUnits.open(file, format)) {
      for (int unit = units.next(); unit != CsvUnits.NONE; unit = units.next()) {
        position += width;
        boolean isMark = position <= MARK_BYTES && MARK.contains(unit);
        if (!isMark) {
          quotes.pass(unit);
        }
        if (CsvQuotes.isLineEnd(unit) && !quotes.isWithin()) {
          lines += end == position - width ? 0 : 1;
          end = position;
        }
      }
    }
    return new Ended(end, lines);
  }
}
