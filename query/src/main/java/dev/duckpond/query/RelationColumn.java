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

  static boolean isNumber(String type) {
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
          "UHUGEINT",
          "FLOAT",
          "DOUBLE" ->
          true;
      default -> type.startsWith("DECIMAL(");
    };
  }
}
