package dev.duckpond.duckdb;

/** Tells the names of types from text that would do more. */
final class TypeText {
  private TypeText() {}

  static boolean isOne(String name) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (!isPlain(c) && !(c == ',' && depth > 0)) {
        return false;
      }
      if (depth < 0) {
        return false;
      }
    }
    return !name.isBlank() && depth == 0 && quote == 0;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == ' '
        || c == '['
        || c == ']';
  }
}
