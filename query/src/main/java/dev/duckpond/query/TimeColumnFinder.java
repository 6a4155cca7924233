package dev.duckpond.query;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the column that holds the event time, by name and type. */
final class TimeColumnFinder {
  /** Names that mean event time, in lower case; the first decides alone, before all others. */
  static final List<String> NAMES =
      List.of("timestamp", "time", "ts", "datetime", "date_time", "event_time");

  private TimeColumnFinder() {}

  /** What a search came to. */
  sealed interface Found {
    record One(RelationColumn column) implements Found {}

    record None() implements Found {}

    /** Several columns with an equal claim. */
    record Several(List<RelationColumn> columns) implements Found {}
  }

  /**
   * Looks for the time column: the one declared, or {@code timestamp}, or that name in other
   * letters, or the only one of the other names. A column counts when its type can hold a time.
   *
   * @throws PondException.Invalid when the declared column is not there or has another type
   */
  static Found find(List<RelationColumn> columns, TimeHints hints, String label) {
    if (hints.column().isPresent()) {
      return new Found.One(declared(columns, hints.column().get(), label));
    }
    List<RelationColumn> fitting =
        columns.stream().filter(column -> canHoldTime(column.type())).toList();
    for (RelationColumn column : fitting) {
      if (column.name().equals(NAMES.getFirst())) {
        return new Found.One(column);
      }
    }
    List<RelationColumn> others = new ArrayList<>();
    for (String name : NAMES) {
      for (RelationColumn column : fitting) {
        if (column.name().toLowerCase(Locale.ROOT).equals(name)) {
          others.add(column);
        }
      }
      if (name.equals(NAMES.getFirst()) && !others.isEmpty()) {
        break;
      }
    }
    return switch (others.size()) {
      case 0 -> new Found.None();
      case 1 -> new Found.One(others.getFirst());
      default -> new Found.Several(others);
    };
  }

  /** Finds the first column that has the name of a time, whatever its type. */
  static Optional<RelationColumn> findNamed(List<RelationColumn> columns) {
    return NAMES.stream()
        .flatMap(name -> columns.stream().filter(column -> column.name().equalsIgnoreCase(name)))
        .findFirst();
  }

  private static RelationColumn declared(List<RelationColumn> columns, String name, String label) {
    RelationColumn column =
        columns.stream()
            .filter(candidate -> candidate.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() ->
                new PondException.Invalid(
                    "'" + label + "' has no column '" + name + "' to take the time from",
                    "",
                    DidYouMean.sentence(
                        name,
                        columns.stream().map(RelationColumn::name).toList(),
                        "Name one of its columns.")));
    if (!canHoldTime(column.type())) {
      throw new PondException.Invalid(
          "the column '" + column.name() + "' of '" + label + "' cannot be the time",
          "it is of type " + column.type(),
          "Use a column of integers, TIMESTAMP or DATE.");
    }
    return column;
  }

  /** Answers how a type that says it all by itself holds time; empty for integers and others. */
  static Optional<TimeEncoding> byType(String type) {
    return switch (type) {
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" -> Optional.of(TimeEncoding.TIMESTAMP);
      case "TIMESTAMP_NS" -> Optional.of(TimeEncoding.TIMESTAMP_NS);
      case "TIMESTAMP WITH TIME ZONE" -> Optional.of(TimeEncoding.TIMESTAMPTZ);
      case "DATE" -> Optional.of(TimeEncoding.DATE);
      default -> Optional.empty();
    };
  }

  static boolean canHoldTime(String type) {
    return isInteger(type) || byType(type).isPresent();
  }

  private static boolean isInteger(String type) {
    return switch (type) {
      case "INTEGER", "BIGINT", "UINTEGER", "UBIGINT" -> true;
      default -> false;
    };
  }
}
