package dev.duckpond.query;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.RelationShape.StoredTime;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a column holds time, and finds its bounds, by one pass over that column.
 *
 * @param time the column and its encoding; the unit of integers is decided by declaration, then by
 *     magnitude, then as before
 * @param bounds earliest and latest time; empty when every time is NULL
 * @param rows rows of the file
 * @param isCertain whether the unit was told by type, by declaration, or by a magnitude that makes
 *     the latest value a time between {@link #PLAUSIBLE_FROM} and {@link #PLAUSIBLE_TO}
 */
record TimeScan(StoredTime time, Optional<EventBounds> bounds, long rows, boolean isCertain) {
  /** Integers that mean earlier times may as well count something else. */
  private static final Instant PLAUSIBLE_FROM = Instant.parse("1973-01-01T00:00:00Z");

  /** Integers that mean later times may as well be numbers of things. */
  private static final Instant PLAUSIBLE_TO = Instant.parse("2100-01-01T00:00:00Z");

  /** What a scan came to. */
  sealed interface Found {
    record Usable(TimeScan scan) implements Found {}

    /** The column holds what no TIMESTAMP can; the error says so. */
    record Unusable(PondException.Invalid error) implements Found {}
  }

  /**
   * Scans a column, which must hold times.
   *
   * @throws PondException.Invalid when a value is no time that a TIMESTAMP can hold
   */
  static TimeScan of(
      DuckSession duck,
      Sql source,
      RelationColumn column,
      TimeHints hints,
      Optional<TimeEncoding> before,
      String label) {
    return switch (find(duck, source, column, hints, before, label)) {
      case Found.Usable(TimeScan scan) -> scan;
      case Found.Unusable(PondException.Invalid error) -> throw error;
    };
  }

  /**
   * Scans the column of rows that need no time: nothing when its values are no times, or integers
   * that may mean anything, unless somebody said that it holds the time.
   *
   * @throws PondException.Invalid when it was declared, and a value is no time
   */
  static Optional<TimeScan> ofTable(
      DuckSession duck, Sql source, RelationColumn column, TimeHints hints, String label) {
    boolean isDeclared = hints.column().isPresent() || hints.unit().isPresent();
    return switch (find(duck, source, column, hints, Optional.empty(), label)) {
      case Found.Usable(TimeScan scan) ->
          isDeclared || scan.isCertain() ? Optional.of(scan) : Optional.empty();
      case Found.Unusable(PondException.Invalid error) -> {
        if (isDeclared) {
          throw error;
        }
        yield Optional.empty();
      }
    };
  }

  /**
   * Scans a column.
   *
   * @param source what stands after FROM
   * @param label what errors call it
   * @param before how earlier versions of a series hold their time
   */
  private static Found find(
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
        return new Found.Unusable(unusable(column, label, "it holds infinite times", null));
      }
      if (row.longValue(1) == 0) {
        TimeEncoding encoding = typed.or(hints::unit).or(() -> before).orElse(TimeEncoding.EPOCH_S);
        boolean isCertain = typed.or(hints::unit).isPresent();
        return new Found.Usable(
            new TimeScan(
                new StoredTime(column.name(), encoding), Optional.empty(), rows, isCertain));
      }
      return found(
          column,
          typed,
          hints,
          before,
          label,
          new Bounds(rows, row.longValue(3), row.longValue(4)));
    } catch (DuckException e) {
      if (e.kind() != DuckException.Kind.CONVERSION) {
        throw e;
      }
      return new Found.Unusable(
          unusable(
              column,
              label,
              "it holds values out of range, outside of what a TIMESTAMP can hold: "
                  + e.getMessage(),
              e));
    }
  }

  private record Bounds(long rows, long min, long max) {}

  private static Found found(
      RelationColumn column,
      Optional<TimeEncoding> typed,
      TimeHints hints,
      Optional<TimeEncoding> before,
      String label,
      Bounds bounds) {
    if (typed.isPresent()) {
      return new Found.Usable(
          new TimeScan(
              new StoredTime(column.name(), typed.get()),
              Optional.of(new EventBounds(bounds.min(), bounds.max())),
              bounds.rows(),
              true));
    }
    Optional<TimeEncoding> told =
        hints.unit().or(() -> EpochUnit.byMagnitude(bounds.min(), bounds.max()));
    TimeEncoding encoding =
        told.or(() -> before.filter(TimeEncoding::isInteger)).orElse(TimeEncoding.EPOCH_S);
    try {
      EventBounds micros =
          new EventBounds(encoding.micros(bounds.min()), encoding.micros(bounds.max()));
      boolean isCertain =
          hints.unit().isPresent() || (told.isPresent() && isPlausible(micros.maxMicros()));
      return new Found.Usable(
          new TimeScan(
              new StoredTime(column.name(), encoding),
              Optional.of(micros),
              bounds.rows(),
              isCertain));
    } catch (ArithmeticException e) {
      String values = bounds.min() + " to " + bounds.max();
      return new Found.Unusable(
          unusable(
              column,
              label,
              "its values, "
                  + values
                  + ", taken as "
                  + encoding.word()
                  + ", are outside of what a"
                  + " TIMESTAMP can hold",
              e));
    }
  }

  private static boolean isPlausible(long micros) {
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return !time.isBefore(PLAUSIBLE_FROM) && time.isBefore(PLAUSIBLE_TO);
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
