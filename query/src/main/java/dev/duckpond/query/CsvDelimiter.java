package dev.duckpond.query;

import java.util.Map;
import java.util.Optional;

/**
 * Settles what stands between the fields of a CSV file: what options say, else the one of {@code ,
 * ; tab |} that its first line has most of.
 */
public final class CsvDelimiter {
  private static final String DELIMITERS = ",;\t|";

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
    char best = DELIMITERS.charAt(0);
    int most = 0;
    for (int i = 0; i < DELIMITERS.length(); i++) {
      char candidate = DELIMITERS.charAt(i);
      int fields = fields(firstLine, candidate, CsvQuotes.of(DELIMITERS, options));
      if (fields > most) {
        best = candidate;
        most = fields;
      }
    }
    return best;
  }

  /** Counts the fields that a line has with a delimiter. */
  static int fields(String line, char delimiter, Map<String, String> options) {
    return fields(line, delimiter, CsvQuotes.of(delimiter, options));
  }

  private static int fields(String line, char delimiter, CsvQuotes quotes) {
    int fields = 1;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == delimiter && !quotes.isWithin()) {
        fields++;
      }
      quotes.pass(line.charAt(i));
    }
    return fields;
  }
}
