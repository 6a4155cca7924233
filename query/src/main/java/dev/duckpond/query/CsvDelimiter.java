package dev.duckpond.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settles what stands between the fields of a CSV file: what options say, else the one of {@code ,
 * ; tab |} that its first line has most of.
 */
public final class CsvDelimiter {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final char QUOTE = '"';

  private CsvDelimiter() {}

  /**
   * Answers the delimiter of a file.
   *
   * @param firstLine the first that is not empty, without its end
   * @param options those of the format, checked already
   */
  public static char of(String firstLine, Map<String, String> options) {
    Optional<Character> given = ReadOptions.delimiter(options);
    if (given.isPresent()) {
      return given.get();
    }
    char best = DELIMITERS.getFirst();
    for (char candidate : DELIMITERS) {
      if (fields(firstLine, candidate) > fields(firstLine, best)) {
        best = candidate;
      }
    }
    return best;
  }

  /** Counts the fields that a line has with a delimiter. */
  static int fields(String line, char delimiter) {
    int fields = 1;
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == QUOTE) {
        isQuoted = !isQuoted;
      } else if (line.charAt(i) == delimiter && !isQuoted) {
        fields++;
      }
    }
    return fields;
  }
}
