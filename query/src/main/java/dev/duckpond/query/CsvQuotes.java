package dev.duckpond.query;

import java.util.Map;

/**
 * Follows the characters of a CSV file and tells what stands within a quoted value: neither
 * delimiters nor line ends there are such.
 *
 * <p>A quote begins a quoted value only where a value begins, behind spaces at most; anywhere else
 * it is a character as any other, as in {@code 5" pipe}. Within a quoted value two quotes, or an
 * escape and what comes behind it, are part of the value. One thread only.
 */
public final class CsvQuotes {
  private static final int NO_CHARACTER = -1;

  /** Where in a line the next character stands. */
  private enum Place {
    BEGIN,
    PLAIN,
    QUOTED,
    BEHIND_ESCAPE,
    /** Behind a quote in a quoted value: another one makes it a quote of the value. */
    BEHIND_QUOTE
  }

  private final String delimiters;
  private final int quote;
  private final int escape;
  private Place place = Place.BEGIN;

  private CsvQuotes(String delimiters, int quote, int escape) {
    this.delimiters = delimiters;
    this.quote = quote;
    this.escape = escape;
  }

  /**
   * Begins where a line does.
   *
   * @param options those of the format, which may say what quotes and escapes are
   */
  public static CsvQuotes of(char delimiter, Map<String, String> options) {
    return of(String.valueOf(delimiter), options);
  }

  /** Begins where a line does, in which any of some characters may be the delimiter. */
  static CsvQuotes of(String delimiters, Map<String, String> options) {
    String quoted = options.getOrDefault("quote", "\"");
    return new CsvQuotes(delimiters, first(quoted), first(options.getOrDefault("escape", quoted)));
  }

  private static int first(String text) {
    return text.isEmpty() ? NO_CHARACTER : text.charAt(0);
  }

  /** Goes on behind the next character. */
  public void pass(int character) {
    place = behind(character);
  }

  /** Goes on behind a text. */
  void pass(String text) {
    for (int i = 0; i < text.length(); i++) {
      pass(text.charAt(i));
    }
  }

  /** Tells whether what comes next is within a quoted value. */
  public boolean isWithin() {
    return place == Place.QUOTED || place == Place.BEHIND_ESCAPE;
  }

  /** Tells whether a character ends a line, or is half of such an end. */
  public static boolean isLineEnd(int character) {
    return character == '\n' || character == '\r';
  }

  private Place behind(int character) {
    return switch (place) {
      case QUOTED -> behindQuoted(character);
      case BEHIND_ESCAPE -> Place.QUOTED;
      case BEGIN, BEHIND_QUOTE -> character == quote ? Place.QUOTED : behindPlain(character);
      case PLAIN -> behindPlain(character);
    };
  }

  private Place behindQuoted(int character) {
    if (character == quote) {
      return Place.BEHIND_QUOTE;
    }
    return character == escape ? Place.BEHIND_ESCAPE : Place.QUOTED;
  }

  private Place behindPlain(int character) {
    if (delimiters.indexOf(character) >= 0 || isLineEnd(character)) {
      return Place.BEGIN;
    }
    return character == ' ' && place == Place.BEGIN ? Place.BEGIN : Place.PLAIN;
  }
}
