package dev.duckpond.collect;

import dev.duckpond.query.CsvDelimiter;
import dev.duckpond.query.CsvQuotes;
import dev.duckpond.query.PondUrl;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What of a plain CSV file is lines that have an end: whoever writes the file may go on with the
 * last.
 *
 * @param bytes those of the lines with an end
 * @param areSure whether it is sure that they are lines, of which at least one is a row
 * @param areAll whether there are lines, and nothing else
 * @param hasNone whether there is no line yet, and no part of one
 * @param openLine the line, from 1, in which a quoted value begins that goes on in the next one,
 *     and has no end
 */
record WholeLines(
    long bytes, boolean areSure, boolean areAll, boolean hasNone, OptionalLong openLine) {
  /** The engine reads no longer ones either. */
  private static final int LONGEST_LINE_CHARS = 1 << 21;

  private static final int ASCII_END = 0x80;

  /** With these, it takes the engine to tell what is a line and what is within quotes. */
  private static final Set<String> UNCLEAR = Set.of("quote", "escape", "skip", "comment");

  /** For lines of which nothing is known yet. */
  private static final Map<String, String> WITHOUT_QUOTES = Map.of("quote", "");

  private static final char NO_DELIMITER = '\n';

  /** Looks at all of a file. */
  static WholeLines of(Path file, PondUrl format) throws IOException {
    Map<String, String> options = format.options();
    Optional<String> first = findFirst(file, format);
    char delimiter = CsvDelimiter.of(first.orElse(""), options);
    LineScan scan = scan(file, format, CsvQuotes.of(delimiter, options));
    long names = options.getOrDefault("header", "true").equalsIgnoreCase("false") ? 0 : 1;
    return new WholeLines(
        scan.endBytes(),
        first.isPresent()
            && scan.ended() > names
            && delimiter < ASCII_END
            && options.keySet().stream().noneMatch(UNCLEAR::contains),
        scan.ended() > 0 && scan.endBytes() == Files.size(file),
        scan.ended() == 0 && !scan.isBegun(),
        scan.openLine());
  }

  /**
   * Takes the last line away from a file, unless what is left is no more than names, or it is not
   * sure that it is whole lines. What stays is what the file was before that line was begun.
   *
   * @param file what was looked at
   * @return whether it was taken away
   */
  boolean keep(Path file) throws IOException {
    if (areSure) {
      try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
        all.setLength(bytes);
      }
    }
    return areSure;
  }

  /** Finds the first line that is not empty, a comment or skipped, if it has an end. */
  private static Optional<String> findFirst(Path file, PondUrl format) throws IOException {
    StringBuilder line = new StringBuilder();
    int width = CsvUnits.widthBytes(format);
    LineScan scan =
        new LineScan(CsvQuotes.of(NO_DELIMITER, WITHOUT_QUOTES), width, format.options());
    try (CsvUnits units = CsvUnits.open(file, format)) {
      for (int unit = units.next(); unit != CsvUnits.NONE; unit = units.next()) {
        scan.pass(unit);
        if (scan.ended() > 0) {
          return Optional.of(line.toString());
        }
        if (scan.isBegun()) {
          line.append((char) unit);
        }
        if (line.length() > LONGEST_LINE_CHARS) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static LineScan scan(Path file, PondUrl format, CsvQuotes quotes) throws IOException {
    LineScan scan = new LineScan(quotes, CsvUnits.widthBytes(format), format.options());
    try (CsvUnits units = CsvUnits.open(file, format)) {
      for (int unit = units.next(); unit != CsvUnits.NONE; unit = units.next()) {
        scan.pass(unit);
      }
    }
    return scan;
  }
}
