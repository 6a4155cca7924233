package dev.duckpond.query;

import java.util.regex.Pattern;

/** Tells whether SQL may answer something else when nothing that it reads has changed. */
public final class VolatileSql {
  private static final Pattern CLOCK =
      Pattern.compile(
          "now|today|tomorrow|yesterday|current|localtime|transaction_timestamp|\\bage\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CHANCE =
      Pattern.compile(
          "random|uuid|nextval|currval|sample|getvariable|getenv|txid|setseed",
          Pattern.CASE_INSENSITIVE);

  private VolatileSql() {}

  /** Tells whether a word in it may mean the time of day; also in names and comments. */
  static boolean asksTheClock(String sql) {
    return CLOCK.matcher(sql).find();
  }

  /** Tells whether a word in it may mean the time of day or chance; also in names and comments. */
  public static boolean mayChange(String sql) {
    return asksTheClock(sql) || CHANCE.matcher(sql).find();
  }
}
