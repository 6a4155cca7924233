package dev.duckpond.duckdb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts an EXPLAIN from the query behind it, for which the engine has no syntax tree. */
public final class ExplainPrefix {
  private static final Pattern EXPLAIN =
      Pattern.compile("EXPLAIN\\s+(ANALYZE\\s+)?(?=\\S)", Pattern.CASE_INSENSITIVE);

  private ExplainPrefix() {}

  /**
   * Answers what a text begins with: EXPLAIN, maybe ANALYZE, and blanks; empty when it does not.
   */
  static String of(String strippedSql) {
    Matcher explain = EXPLAIN.matcher(strippedSql);
    return explain.lookingAt() ? explain.group() : "";
  }

  /** Tells whether a text is an EXPLAIN, which is no query: it cannot stand in FROM. */
  public static boolean isAt(String userSql) {
    return !of(userSql.strip()).isEmpty();
  }

  /** Answers the query that is explained; any other text as it is, but for blanks around it. */
  public static String remove(String userSql) {
    String text = userSql.strip();
    String prefix = of(text);
    return prefix.isEmpty() ? text : remove(text.substring(prefix.length()));
  }
}
