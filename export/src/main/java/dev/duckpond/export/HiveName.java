package dev.duckpond.export;

import java.util.Optional;

/**
 * Writes {@code column=value} names of directories as Hive, Spark and DuckDB read them: characters
 * that a path or the form itself needs are {@code %XX}, NULL is {@value #NULL_VALUE}, all else
 * stands as it is, so that every reader decodes to the same text.
 */
final class HiveName {
  static final String NULL_VALUE = "__HIVE_DEFAULT_PARTITION__";

  private static final String ESCAPED = "\"#%'*/:=?\\{}[]^";
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;

  private HiveName() {}

  /** Answers the name of a directory. */
  static String of(String column, Optional<String> value) {
    return escape(column) + "=" + value.map(HiveName::value).orElse(NULL_VALUE);
  }

  private static String value(String text) {
    // The text that stands for NULL must not be taken for it.
    return text.equals(NULL_VALUE) ? "%5F" + text.substring(1) : escape(text);
  }

  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < FIRST_PRINTABLE || c == DELETE || ESCAPED.indexOf(c) >= 0) {
        out.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
