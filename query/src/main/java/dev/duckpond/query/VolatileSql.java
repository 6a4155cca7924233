package dev.duckpond.query;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Tells whether SQL may answer something else when nothing that it reads has changed.
 *
 * <p>Functions count by their names, and the few words that mean one without parentheses. The same
 * words as names of columns, in texts and in comments do not. What cannot be told apart with
 * certainty counts.
 */
public final class VolatileSql {
  /** A function is of this kind when its name has one of these in it. */
  private static final Pattern CLOCK =
      Pattern.compile(
          "now|today|tomorrow|yesterday|current|localtime|transaction_timestamp|\\bage\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CHANCE =
      Pattern.compile(
          "random|uuid|nextval|currval|sample|getvariable|getenv|txid|setseed",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CALL = Pattern.compile("(\\w+)\"?\\s*\\(");

  private static final Pattern CLOCK_WORD =
      Pattern.compile(
          "(?<![\\w\"])(current_date|current_time|current_timestamp|localtime|localtimestamp)"
              + "(?![\\w\"])",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CHANCE_WORD =
      Pattern.compile(
          "(?<![\\w\"])(tablesample|using\\s+sample)(?![\\w\"])", Pattern.CASE_INSENSITIVE);

  private VolatileSql() {}

  /** Tells whether it may ask for the time of day. */
  static boolean asksTheClock(String sql) {
    return has(sql, CLOCK, CLOCK_WORD);
  }

  /** Tells whether it may ask for the time of day or for chance. */
  public static boolean mayChange(String sql) {
    return asksTheClock(sql) || has(sql, CHANCE, CHANCE_WORD);
  }

  private static boolean has(String sql, Pattern function, Pattern word) {
    Optional<String> bare = bare(sql);
    if (bare.isEmpty()) {
      return function.matcher(sql).find();
    }
    Predicate<MatchResult> isMeant = call -> function.matcher(call.group(1)).find();
    return word.matcher(bare.get()).find() || CALL.matcher(bare.get()).results().anyMatch(isMeant);
  }

  /**
   * Answers the text with blanks for comments, nothing in its texts, and underscores in its quoted
   * names for what words have not; empty where it is written in a way that is not followed here:
   * texts with escapes or between dollars, comments in comments, quotes without an end.
   */
  private static Optional<String> bare(String sql) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end;
      if (c == '$') {
        return Optional.empty();
      } else if (c == '\'' || c == '"') {
        boolean hasPrefix = c == '\'' && at > 0 && Character.isLetter(sql.charAt(at - 1));
        end = sql.indexOf(c, at + 1) + 1;
        if (end == 0 || hasPrefix) {
          return Optional.empty();
        }
        out.append(c);
        if (c == '"') {
          out.append(sql.substring(at + 1, end - 1).replaceAll("\\W", "_"));
        }
        out.append(c);
      } else if (sql.startsWith("--", at)) {
        int newline = sql.indexOf('\n', at);
        end = newline < 0 ? sql.length() : newline;
        out.append(' ');
      } else if (sql.startsWith("/*", at)) {
        end = sql.indexOf("*/", at + 2) + 2;
        if (end == 1 || sql.substring(at + 2, end).contains("/*")) {
          return Optional.empty();
        }
        out.append(' ');
      } else {
        end = at + 1;
        out.append(c);
      }
      at = end;
    }
    return Optional.of(out.toString());
  }
}
