package dev.duckpond.query;

import dev.duckpond.json.Json;
import java.io.IOException;

/** Writes cells as JSON values. */
final class JsonCells {
  private JsonCells() {}

  /** Writes one cell; numbers exactly, and what JSON has no number for, as text. */
  static void write(ResultRows rows, int column, Appendable out) throws IOException {
    String text = rows.text(column);
    if (text == null) {
      out.append("null");
      return;
    }
    switch (rows.columns().get(column).kind()) {
      case INTEGER, EXACT_NUMBER, BOOLEAN, NESTED -> out.append(text);
      case FLOAT, DOUBLE -> {
        boolean isFinite = Character.isDigit(text.charAt(text.length() - 1));
        if (isFinite) {
          out.append(text);
        } else {
          Json.of(text).write(out);
        }
      }
      case MICROS, NANOS, TEXT, BLOB -> Json.of(text).write(out);
    }
  }

  /** Puts quotes around the NaN and Infinity that the engine writes into its JSON. */
  static String repaired(String json) {
    if (json.indexOf('N') < 0 && json.indexOf('I') < 0) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() + 2);
    boolean isQuoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (isQuoted && c == '\\') {
        out.append(c).append(json.charAt(++i));
        continue;
      }
      if (c == '"') {
        isQuoted = !isQuoted;
      }
      int end = isQuoted || c == '"' ? i : endOfWord(json, i);
      if (end > i) {
        out.append('"').append(json, i, end).append('"');
        i = end - 1;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Answers where a non-finite number that begins at {@code i} ends, else {@code i}. */
  private static int endOfWord(String json, int i) {
    for (String word : new String[] {"NaN", "Infinity", "-Infinity"}) {
      if (json.startsWith(word, i)) {
        return i + word.length();
      }
    }
    return i;
  }
}
