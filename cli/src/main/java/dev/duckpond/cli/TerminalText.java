package dev.duckpond.cli;

import java.util.Locale;

/** Makes text of others fit to print: a file's name must not move the cursor or fake a line. */
final class TerminalText {
  private TerminalText() {}

  /** Answers the text with control characters written as {@code \\u001b} and the like. */
  static String escape(String text) {
    if (text.chars().noneMatch(TerminalText::isUnprintable)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (isUnprintable(c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            out.append((char) c);
          }
        });
    return out.toString();
  }

  private static boolean isUnprintable(int c) {
    // Also the marks that reorder text from right to left, which can hide an ending.
    return Character.isISOControl(c)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
