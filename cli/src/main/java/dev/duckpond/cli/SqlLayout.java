package dev.duckpond.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays SQL out for people: a query in parentheses gets lines of its own, further in. Texts and
 * names in quotes stay as they are.
 */
final class SqlLayout {
  private static final Pattern PIECE =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[()]|[^'\"()]+|.", Pattern.DOTALL);
  private static final Pattern BEGINS_QUERY =
      Pattern.compile("\\s*\\(*(SELECT|WITH|FROM)\\b", Pattern.CASE_INSENSITIVE);
  private static final String STEP = "  ";

  private SqlLayout() {}

  /** Answers the SQL on several lines. */
  static String of(String sql) {
    StringBuilder out = new StringBuilder();
    Deque<Boolean> open = new ArrayDeque<>();
    int depth = 0;
    Matcher pieces = PIECE.matcher(sql);
    while (pieces.find()) {
      String piece = pieces.group();
      if (piece.equals("(")) {
        boolean isQuery = BEGINS_QUERY.matcher(sql.substring(pieces.end())).lookingAt();
        open.push(isQuery);
        out.append('(');
        if (isQuery) {
          depth++;
          newLine(out, depth);
        }
      } else if (piece.equals(")")) {
        if (!open.isEmpty() && open.pop()) {
          depth--;
          newLine(out, depth);
        }
        out.append(')');
      } else {
        boolean isAtBegin = out.isEmpty() || out.charAt(out.length() - 1) == ' ';
        out.append(isAtBegin ? piece.stripLeading() : piece);
      }
    }
    return out.toString();
  }

  private static void newLine(StringBuilder out, int depth) {
    while (!out.isEmpty() && Character.isWhitespace(out.charAt(out.length() - 1))) {
      out.setLength(out.length() - 1);
    }
    out.append('\n').repeat(STEP, depth);
  }
}
