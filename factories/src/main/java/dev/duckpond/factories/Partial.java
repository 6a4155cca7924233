package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.util.function.Function;

/**
 * What is computed of the rows of a bucket so that aggregates can be told of it, and, but for
 * {@link Whole}, of the same of several buckets together.
 */
sealed interface Partial {
  /** Tells whether buckets can be put together to larger ones. */
  boolean isMergeable();

  /**
   * Answers the expression over the rows of a bucket.
   *
   * @param value the column of each row; NULL never counts
   * @param time the instant of each row
   * @param held how long each value held, in microseconds; for {@link Whole} alone
   */
  Sql over(Sql value, Sql time, Sql held);

  /**
   * Answers the expression over the partials of several buckets.
   *
   * @param kept answers the column of a partial
   */
  Sql merged(Function<Partial, Sql> kept);

  /** The number of rows. */
  record Rows() implements Partial {
    @Override
    public boolean isMergeable() {
      return true;
    }

    @Override
    public Sql over(Sql value, Sql time, Sql held) {
      return Sql.of("count(*)");
    }

    @Override
    public Sql merged(Function<Partial, Sql> kept) {
      return Sql.of("CAST(sum(").plus(kept.apply(this)).plus(") AS BIGINT)");
    }
  }

  /** Of the values of a column. */
  record Of(Part part, String column) implements Partial {
    @Override
    public boolean isMergeable() {
      return true;
    }

    @Override
    public Sql over(Sql value, Sql time, Sql held) {
      return switch (part) {
        case COUNT -> Sql.of("count(").plus(value).plus(")");
        case SUM -> Sql.of("sum(").plus(value).plus(")");
        case MIN -> Sql.of("min(").plus(value).plus(")");
        case MAX -> Sql.of("max(").plus(value).plus(")");
        // Of several values at one instant one is taken that does not depend on threads.
        case FIRST -> chosen(Sql.of("arg_min("), value, time);
        case LAST -> chosen(Sql.of("arg_max("), value, time);
        case FIRST_AT -> instant(Sql.of("min("), value, time);
        case LAST_AT -> instant(Sql.of("max("), value, time);
      };
    }

    private static Sql chosen(Sql function, Sql value, Sql time) {
      return new SqlBuilder()
          .append(function)
          .append(value)
          .text(", (")
          .append(time)
          .text(", ")
          .append(value)
          .text("))")
          .build();
    }

    private static Sql instant(Sql function, Sql value, Sql time) {
      return new SqlBuilder()
          .append(function)
          .text("CASE WHEN ")
          .append(value)
          .text(" IS NOT NULL THEN ")
          .append(time)
          .text(" END)")
          .build();
    }

    @Override
    public Sql merged(Function<Partial, Sql> kept) {
      Sql mine = kept.apply(this);
      return switch (part) {
        case COUNT -> Sql.of("CAST(sum(").plus(mine).plus(") AS BIGINT)");
        case SUM -> Sql.of("sum(").plus(mine).plus(")");
        case MIN, FIRST_AT -> Sql.of("min(").plus(mine).plus(")");
        case MAX, LAST_AT -> Sql.of("max(").plus(mine).plus(")");
        case FIRST -> best(Sql.of("arg_min("), mine, kept.apply(new Of(Part.FIRST_AT, column)));
        case LAST -> best(Sql.of("arg_max("), mine, kept.apply(new Of(Part.LAST_AT, column)));
      };
    }

    private static Sql best(Sql function, Sql value, Sql at) {
      return new SqlBuilder()
          .append(function)
          .append(value)
          .text(", ")
          .append(at)
          .text(")")
          .build();
    }
  }

  /** What is told of values. */
  enum Part {
    COUNT,
    SUM,
    MIN,
    MAX,
    FIRST,
    FIRST_AT,
    LAST,
    LAST_AT
  }

  /** An aggregate that needs all rows of its bucket. */
  record Whole(Aggregate aggregate, String column) implements Partial {
    @Override
    public boolean isMergeable() {
      return false;
    }

    @Override
    public Sql over(Sql value, Sql time, Sql held) {
      return aggregate.over(value, held);
    }

    @Override
    public Sql merged(Function<Partial, Sql> kept) {
      throw new IllegalStateException(aggregate.word() + " of several buckets");
    }
  }
}
