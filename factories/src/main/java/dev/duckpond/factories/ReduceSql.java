package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.duckdb.WideIntegers;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes the SELECTs of a reduction: straight over the rows of its source, and in two steps over
 * partials that may be kept between them. Both tell the same.
 */
final class ReduceSql {
  /** The begin of a bucket among partials, whose own names are {@code p0}, {@code p1}… */
  static final String BUCKET = "bucket";

  private static final Sql KEY = Sql.of(BucketRows.KEY);

  private final Reduction reduction;
  private final List<Partial> partials;

  ReduceSql(Reduction reduction) {
    this.reduction = reduction;
    this.partials = reduction.partials();
  }

  /**
   * Answers the buckets that begin in a range.
   *
   * @param source is asked for the rows of whole buckets
   */
  Sql direct(Resolution resolution, Relation source, TimeRange range) {
    BucketRows rows = new BucketRows(resolution, source);
    List<Sql> columns = new ArrayList<>();
    columns.add(begin(resolution).plus(" AS ").plus(Sql.identifier(reduction.timeColumn())));
    columns.addAll(results(rows::over));
    return grouped(columns, resolution, rows, range);
  }

  /** Answers the partials of the buckets that begin in a range. */
  Sql partials(Resolution resolution, Relation source, TimeRange range) {
    BucketRows rows = new BucketRows(resolution, source);
    List<Sql> columns = new ArrayList<>();
    columns.add(begin(resolution).plus(" AS ").plus(Sql.identifier(BUCKET)));
    for (Partial partial : partials) {
      columns.add(keepable(partial, rows.over(partial)).plus(" AS ").plus(name(partial)));
    }
    return grouped(columns, resolution, rows, range);
  }

  /** Sums of integers are wider than what Parquet gives back as it was. */
  private Sql keepable(Partial partial, Sql value) {
    boolean isWide =
        partial instanceof Partial.Of(Partial.Part part, String column)
            && part == Partial.Part.SUM
            && reduction.isOfIntegers(column);
    return isWide ? WideIntegers.exact(value, "HUGEINT") : value;
  }

  private static Sql begin(Resolution resolution) {
    return resolution.begin(KEY);
  }

  private Sql grouped(List<Sql> columns, Resolution resolution, BucketRows rows, TimeRange range) {
    TimeRange whole = resolution.widened(range);
    SqlBuilder sql =
        new SqlBuilder()
            .text("SELECT ")
            .append(Sql.list(columns, ", "))
            .text(" FROM (")
            .append(rows.select(whole))
            .text(") GROUP BY " + BucketRows.KEY);
    if (!range.equals(whole)) {
      sql.text(" HAVING ").append(TimeCondition.within(begin(resolution), range));
    }
    return sql.build();
  }

  /**
   * Answers the buckets that begin in a range, of partials.
   *
   * @param finer the buckets of the partials
   * @param kept answers the SELECT of the partials that begin in a range
   */
  Sql ofPartials(
      Resolution resolution, Resolution finer, Function<TimeRange, Sql> kept, TimeRange range) {
    TimeRange whole = resolution.widened(range);
    Sql bucket = Sql.identifier(BUCKET);
    List<Sql> columns = new ArrayList<>();
    Sql time = Sql.identifier(reduction.timeColumn());
    if (resolution.equals(finer)) {
      columns.add(bucket.plus(" AS ").plus(time));
      columns.addAll(results(this::name));
      SqlBuilder sql =
          new SqlBuilder()
              .text("SELECT ")
              .append(Sql.list(columns, ", "))
              .text(" FROM (")
              .append(kept.apply(whole))
              .text(")");
      if (!range.equals(whole)) {
        sql.text(" WHERE ").append(TimeCondition.within(bucket, range));
      }
      return sql.build();
    }
    columns.add(begin(resolution).plus(" AS ").plus(time));
    columns.addAll(results(partial -> partial.merged(this::name)));
    List<Sql> inner = new ArrayList<>();
    inner.add(resolution.key(bucket, whole).plus(" AS ").plus(KEY));
    partials.forEach(partial -> inner.add(name(partial)));
    SqlBuilder sql =
        new SqlBuilder()
            .text("SELECT ")
            .append(Sql.list(columns, ", "))
            .text(" FROM (SELECT ")
            .append(Sql.list(inner, ", "))
            .text(" FROM (")
            .append(kept.apply(whole))
            .text(")) GROUP BY " + BucketRows.KEY);
    if (!range.equals(whole)) {
      sql.text(" HAVING ").append(TimeCondition.within(begin(resolution), range));
    }
    return sql.build();
  }

  private Sql name(Partial partial) {
    return Sql.identifier("p" + partials.indexOf(partial));
  }

  /** Answers the columns of the result, of expressions for the partials. */
  private List<Sql> results(Function<Partial, Sql> told) {
    List<Sql> results = new ArrayList<>();
    for (Reduction.Output output : reduction.outputs()) {
      Sql value =
          switch (output) {
            case Reduction.Output.Rows rows -> told.apply(new Partial.Rows());
            case Reduction.Output.Of of -> {
              Sql result = of.aggregate().result(of.partials().stream().map(told).toList());
              boolean isWide = of.aggregate() == Aggregate.SUM && of.column().isInteger();
              // Kept sums come back as decimals.
              yield isWide ? Sql.of("CAST(").plus(result).plus(" AS HUGEINT)") : result;
            }
          };
      results.add(value.plus(" AS ").plus(Sql.identifier(output.name())));
    }
    return results;
  }
}
