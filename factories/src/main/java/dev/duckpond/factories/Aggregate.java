package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a bucket tells of the values in it; NULL values never count. */
enum Aggregate {
  AVG,
  MIN,
  MAX,
  SUM,
  COUNT,
  FIRST,
  LAST,
  STDDEV,
  MEDIAN,
  P05,
  P95,
  TIME_WEIGHTED_AVG;

  private static final double LOW = 0.05;
  private static final double HIGH = 0.95;

  /** Answers the word that configurations and column names use. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Map<String, Aggregate> byWord() {
    Map<String, Aggregate> all = new LinkedHashMap<>();
    for (Aggregate aggregate : values()) {
      all.put(aggregate.word(), aggregate);
    }
    return all;
  }

  /**
   * Answers the expression over the rows of a bucket.
   *
   * @param value the column
   * @param time the time of the rows
   * @param held for {@link #TIME_WEIGHTED_AVG}, how long each value of the column held, in
   *     microseconds
   */
  Sql over(Sql value, Sql time, Sql held) {
    return switch (this) {
      case AVG -> call(Sql.of("avg"), value);
      case MIN -> call(Sql.of("min"), value);
      case MAX -> call(Sql.of("max"), value);
      case SUM -> call(Sql.of("sum"), value);
      case COUNT -> call(Sql.of("count"), value);
      case FIRST -> call(Sql.of("arg_min"), value.plus(", ").plus(time));
      case LAST -> call(Sql.of("arg_max"), value.plus(", ").plus(time));
      case STDDEV -> call(Sql.of("stddev_samp"), value);
      case MEDIAN -> call(Sql.of("median"), value);
      case P05 -> quantile(value, LOW);
      case P95 -> quantile(value, HIGH);
      case TIME_WEIGHTED_AVG ->
          new SqlBuilder()
              .text("sum(")
              .append(value)
              .text(" * ")
              .append(held)
              .text(") / nullif(sum(")
              .append(held)
              .text("), 0)")
              .build();
    };
  }

  private static Sql call(Sql function, Sql arguments) {
    return function.plus("(").plus(arguments).plus(")");
  }

  private static Sql quantile(Sql value, double which) {
    return new SqlBuilder()
        .text("quantile_cont(")
        .append(value)
        .text(", ")
        .literal(which)
        .text(")")
        .build();
  }
}
