package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.RelationShape.StoredTime;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a column holds time, and finds its bounds, by one pass over that column.
 *
 * @param time the column and its encoding; the unit of integers is decided by declaration, then by
 *     magnitude, then as before
 * @param bounds earliest and latest time; empty when every time is NULL
 * @param rows rows of the file
 * @param timeless rows whose time is NULL
 * @param isCertain whether the unit was told by type, declaration or magnitude, and not assumed
 */
record TimeScan(StoredTime time, Optional<EventBounds> bounds, long rows, long timeless, boolean isCertain) {

  /**
   * Scans a column.
   *
   * @param source what stands after FROM
   * @param label what errors call it
   * @param before how earlier versions of a series hold their time
   * @throws PondException.Invalid when a value is no time that a TIMESTAMP can hold
   */
  static TimeScan of(
      DuckSession duck,
      Sql source,
      RelationColumn column,
      TimeHints hints,
      Optional<TimeEncoding> before,
      String label) {
    Sql name = Sql.identifier(column.name());
    Optional<TimeEncoding> typed = TimeColumnFinder.byType(column.type());
    // Integers are read as they are; of other types the engine tells the microseconds.
    Sql number =
        typed
            .map(encoding -> Sql.of("epoch_us(").plus(encoding.timestamp(name)).plus(")"))
            .orElseGet(() -> Sql.of("CAST(").plus(name).plus(" AS BIGINT)"));
    Sql query =
        new SqlBuilder()
            .text("SELECT count(*), count(")
            .append(name)
            .text("), count(")
            .append(number)
            .text("), min(")
            .append(number)
            .text("), max(")
            .append(number)
            .text(") FROM ")
            .append(source)
            .build();
    try (Rows row = duck.query(query)) {
      row.next();
      long rows = row.longValue(0);
      if (row.longValue(1) != row.longValue(2)) {
        throw unusable(column, label, "it holds infinite times", null);
      }
      if (row.longValue(1) == 0) {
        TimeEncoding encoding = typed.or(hints::unit).or(() -> before).orElse(TimeEncoding.EPOCH_S);
        boolean isCertain = typed.or(hints::unit).isPresent();
        return new TimeScan(
            new StoredTime(column.name(), encoding), Optional.empty(), rows, rows, isCertain);
      }
      return of(
          column,
          typed,
          hints,
          before,
          label,
          new Bounds(rows, rows - row.longValue(1), row.longValue(3), row.longValue(4)));
    }
  }

  private record Bounds(long rows, long timeless, long min, long max) {}

  private static TimeScan of(
      RelationColumn column,
      Optional<TimeEncoding> typed,
      TimeHints hints,
      Optional<TimeEncoding> before,
      String label,
      Bounds bounds) {
    if (typed.isPresent()) {
      return new TimeScan(
          new StoredTime(column.name(), typed.get()),
          Optional.of(new EventBounds(bounds.min(), bounds.max())),
          bounds.rows(),
          bounds.timeless(),
          true);
    }
    Optional<TimeEncoding> told =
        hints.unit().or(() -> EpochUnit.byMagnitude(bounds.min(), bounds.max()));
    TimeEncoding encoding =
        told.or(() -> before.filter(TimeEncoding::isInteger)).orElse(TimeEncoding.EPOCH_S);
    try {
      EventBounds micros =
          new EventBounds(encoding.micros(bounds.min()), encoding.micros(bounds.max()));
      return new TimeScan(
          new StoredTime(column.name(), encoding),
          Optional.of(micros),
          bounds.rows(),
          bounds.timeless(),
          told.isPresent());
    } catch (ArithmeticException e) {
      String values = bounds.min() + " to " + bounds.max();
      throw unusable(
          column,
          label,
          "its values, "
              + values
              + ", taken as "
              + encoding.word()
              + ", are outside of what a"
              + " TIMESTAMP can hold",
          e);
    }
  }

  private static PondException.Invalid unusable(
      RelationColumn column, String label, String why, @Nullable Throwable cause) {
    String problem =
        "the times in column '" + column.name() + "' of '" + label + "' cannot be used";
    String remedy = "Correct the values, or declare their unit.";
    return cause == null
        ? new PondException.Invalid(problem, why, remedy)
        : new PondException.Invalid(problem, why, remedy, cause);
  }
}
