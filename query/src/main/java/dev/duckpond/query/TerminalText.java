package dev.duckpond.query;

/** Makes text safe to print on a terminal. */
public final class TerminalText {
  private TerminalText() {}

  /**
   * Answers the text with everything that a terminal would obey, or that would turn the order of
   * the line, written as an escape such as {@code \u001b}; {@code \n}, {@code \r} and {@code \t}
   * keep their short form.
   */
  public static String escaped(String text) {
    int i = 0;
    while (i < text.length() && !isActive(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, i);
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isActive(c)) {
        out.append(c);
        continue;
      }
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }

  private static boolean isActive(char c) {
    return Character.isISOControl(c)
        || (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u200e'
        || c == '\u200f';
  }
}
