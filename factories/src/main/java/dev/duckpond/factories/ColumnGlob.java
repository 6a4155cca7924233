package dev.duckpond.factories;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names columns: exactly, or with {@code *} for any text and {@code ?} for one character. A name
 * that is there exactly as written means itself.
 */
record ColumnGlob(String text) {
  /** Lists the names that are meant, in their order. */
  List<String> select(List<String> names) {
    if (names.contains(text) || !isPattern()) {
      return names.contains(text) ? List.of(text) : List.of();
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    Pattern pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    return names.stream().filter(name -> pattern.matcher(name).matches()).toList();
  }

  boolean isPattern() {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }
}
