package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.factories.Partial.Part;
import dev.duckpond.query.RelationColumn;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Tells whether it can be taken of a column. */
  boolean takes(RelationColumn column) {
    String type = column.type();
    return switch (this) {
      case MIN, MAX, COUNT, FIRST, LAST -> true;
      case STDDEV, TIME_WEIGHTED_AVG -> column.isNumber();
      case SUM -> column.isNumber() || type.equals("BOOLEAN") || type.equals("INTERVAL");
      case AVG, MEDIAN, P05, P95 ->
          column.isNumber() || type.startsWith("TIME") || type.startsWith("DATE");
    };
  }

  /** Lists what of a bucket this needs to be told. */
  List<Partial> partials(RelationColumn source) {
    String column = source.name();
    return switch (this) {
      // Of times and the like the engine knows an average, but no sum.
      case AVG -> source.isNumber() ? of(column, Part.SUM, Part.COUNT) : whole(column);
      case SUM -> source.isNumber() ? of(column, Part.SUM) : whole(column);
      case MIN -> of(column, Part.MIN);
      case MAX -> of(column, Part.MAX);
      case COUNT -> of(column, Part.COUNT);
      case FIRST -> of(column, Part.FIRST, Part.FIRST_AT);
      case LAST -> of(column, Part.LAST, Part.LAST_AT);
      case STDDEV, MEDIAN, P05, P95, TIME_WEIGHTED_AVG -> whole(column);
    };
  }

  private List<Partial> whole(String column) {
    return List.of(new Partial.Whole(this, column));
  }

  private static List<Partial> of(String column, Part... parts) {
    return Arrays.stream(parts).<Partial>map(part -> new Partial.Of(part, column)).toList();
  }

  /**
   * Answers the result, in terms of its partials.
   *
   * @param told of {@link #partials}, in the same order
   */
  Sql result(List<Sql> told) {
    return this == AVG && told.size() == 2
        ? Sql.of("CAST(").plus(told.get(0)).plus(" AS DOUBLE) / ").plus(told.get(1))
        : told.getFirst();
  }

  /**
   * Answers the expression over all rows of a bucket.
   *
   * @param value the column
   * @param held for {@link #TIME_WEIGHTED_AVG}, how long each value of the column held, in
   *     microseconds
   */
  Sql over(Sql value, Sql held) {
    return switch (this) {
      case AVG -> call(Sql.of("avg"), value);
      case MIN -> call(Sql.of("min"), value);
      case MAX -> call(Sql.of("max"), value);
      case SUM -> call(Sql.of("sum"), value);
      case COUNT -> call(Sql.of("count"), value);
      case MEDIAN -> call(Sql.of("median"), value);
      case FIRST, LAST -> throw new IllegalStateException(word() + " has partials of its own");
      case STDDEV -> call(Sql.of("stddev_samp"), value);
      case P05 -> quantile(value, LOW);
      case P95 -> quantile(value, HIGH);
      case TIME_WEIGHTED_AVG ->
          // As a product of integers it would leave their range soon.
          new SqlBuilder()
              .text("sum(CAST(")
              .append(value)
              .text(" AS DOUBLE) * ")
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
