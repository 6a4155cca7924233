package dev.duckpond.query;

import java.util.Objects;

/**
 * Names a column of a relation.
 *
 * @param name as written in the files; never empty
 * @param type the type as the SQL engine writes it, {@code DOUBLE} or {@code DECIMAL(18,3)} for
 *     instance
 */
public record RelationColumn(String name, String type) {
  public RelationColumn {
    Objects.requireNonNull(type, "type");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column has a name");
    }
  }

  /** Answers what the name says about instrument, parameter, unit and aggregate. */
  public ColumnName parsedName() {
    return ColumnName.parse(name);
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
