package dev.duckpond.factories;

/** Which of the engine's types hold numbers. */
final class NumberTypes {
  private NumberTypes() {}

  static boolean isNumber(String type) {
    return switch (type) {
      case "FLOAT", "DOUBLE" -> true;
      default -> isInteger(type) || type.startsWith("DECIMAL(");
    };
  }

  static boolean isInteger(String type) {
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
