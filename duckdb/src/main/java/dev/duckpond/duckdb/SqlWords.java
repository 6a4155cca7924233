package dev.duckpond.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists the keywords and names that stand in SQL, outside of texts and comments. What is not closed
 * goes to the end.
 */
public final class SqlWords {
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Pattern DOLLARS = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

  private final String sql;
  private final List<String> words = new ArrayList<>();
  private int at;

  private SqlWords(String sql) {
    this.sql = sql;
  }

  /** Lists them in their order, as they are written; names in double quotes without these. */
  public static List<String> of(String sql) {
    SqlWords found = new SqlWords(sql);
    while (found.at < sql.length()) {
      found.step();
    }
    return List.copyOf(found.words);
  }

  /** Tells whether one of them is a name, in any letter case. */
  public static boolean contain(String sql, String name) {
    return of(sql).stream().anyMatch(name::equalsIgnoreCase);
  }

  private void step() {
    char c = sql.charAt(at);
    if (c == '"') {
      name();
    } else if (c == '\'') {
      skipTo("'", at + 1);
    } else if (sql.startsWith("--", at)) {
      skipTo("\n", at);
    } else if (sql.startsWith("/*", at)) {
      skipComment();
    } else if (c == '$') {
      Matcher tag = matcher(DOLLARS);
      if (tag.lookingAt()) {
        skipTo(tag.group(), tag.end());
      } else {
        at++;
      }
    } else {
      word();
    }
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(sql).region(at, sql.length());
  }

  private void word() {
    Matcher word = matcher(WORD);
    if (!word.lookingAt()) {
      at++;
      return;
    }
    at = word.end();
    if (word.group().equalsIgnoreCase("e") && sql.startsWith("'", at)) {
      skipEscaped();
    } else {
      words.add(word.group());
    }
  }

  /** Reads a name in double quotes, in which two of them stand for one. */
  private void name() {
    StringBuilder name = new StringBuilder();
    do {
      int begin = at + 1;
      skipTo("\"", begin);
      boolean isClosed = at > begin && sql.charAt(at - 1) == '"';
      name.append(sql, begin, isClosed ? at - 1 : at);
      if (sql.startsWith("\"", at)) {
        name.append('"');
      }
    } while (sql.startsWith("\"", at));
    words.add(name.toString());
  }

  private void skipEscaped() {
    at++;
    while (at < sql.length() && sql.charAt(at) != '\'') {
      at += sql.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  /** To the engine, comments may hold comments. */
  private void skipComment() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
  }

  private void skipTo(String end, int from) {
    int found = sql.indexOf(end, from);
    at = found < 0 ? sql.length() : found + end.length();
  }
}
