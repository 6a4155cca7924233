package dev.duckpond.duckdb;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of SQL with a mark below the place, as the engine draws it: {@code LINE 2: FROM x}, and
 * carets in the line after it.
 *
 * @param line its number, from 1
 * @param text what follows the number
 * @param mark the blanks and carets of the line after it, without what is below the number
 */
record Excerpt(int line, String text, String mark) {
  private static final Pattern DRAWN =
      Pattern.compile("(LINE (\\d{1,9}): )(.*)\\R( *\\^+) *", Pattern.DOTALL);

  /** Reads one; empty when it is drawn in another way. */
  static Optional<Excerpt> parse(String drawn) {
    Matcher parts = DRAWN.matcher(drawn);
    if (!parts.matches() || parts.group(4).length() <= parts.group(1).length()) {
      return Optional.empty();
    }
    return Optional.of(
        new Excerpt(
            Integer.parseInt(parts.group(2)),
            parts.group(3),
            parts.group(4).substring(parts.group(1).length())));
  }

  /** Finds it in a part of the text: where the part begins after some lines and has some lines. */
  Optional<Excerpt> findIn(int linesBefore, int lines) {
    int moved = line - linesBefore;
    return moved >= 1 && moved <= lines
        ? Optional.of(new Excerpt(moved, text, mark))
        : Optional.empty();
  }

  /** Draws it as the engine does. */
  @Override
  public String toString() {
    String number = "LINE " + line + ": ";
    return number + text + "\n" + " ".repeat(number.length()) + mark;
  }
}
