package dev.duckpond.query;

import java.util.Objects;
import java.util.Optional;

/**
 * Names a column of a relation.
 *
 * @param name as written in the files; never empty
 * @param type the type as the SQL engine writes it, {@code DOUBLE} or {@code DECIMAL(18,3)} for
 *     instance
 * @param notedUnit the unit of its values as it is noted beside the rows, empty text when it is
 *     noted that there is none; without a note the name tells
 */
public record RelationColumn(String name, String type, Optional<String> notedUnit) {
  public RelationColumn {
    Objects.requireNonNull(type, "type");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column has a name");
    }
  }

  /** Names a column of whose unit nothing is noted. */
  public RelationColumn(String name, String type) {
    this(name, type, Optional.empty());
  }

  /** Answers this column with a note of its unit; an empty one says that there is none. */
  public RelationColumn withUnit(String unit) {
    return new RelationColumn(name, type, Optional.of(unit));
  }

  /** Answers what the name says about instrument, parameter and aggregate, and the unit. */
  public ColumnName parsedName() {
    return notedUnit.map(unit -> ColumnName.parse(name, unit)).orElse(ColumnName.parse(name));
  }

  /** Answers the unit of the values; empty when they have none, or none that is known. */
  public String unit() {
    ColumnName parsed = parsedName();
    return parsed.agg().equals(ColumnName.COUNT) ? "" : parsed.unit();
  }

  /** Tells whether it holds numbers that aggregates take. */
  public boolean isNumber() {
    return isNumber(type);
  }

  /** Tells whether it holds whole numbers, whose sum is wider than they are. */
  public boolean isInteger() {
    return isInteger(type);
  }

  static boolean isNumber(String type) {
    return switch (type) {
      case "FLOAT", "DOUBLE" -> true;
      default -> isInteger(type) || type.startsWith("DECIMAL(");
    };
  }

  private static boolean isInteger(String type) {
    return switch (type) {
      case "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT" ->
          true;
      default -> false;
    };
  }
}
