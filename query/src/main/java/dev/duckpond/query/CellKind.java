package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;

/**
 * How a value travels from the engine to an output: what the engine is asked for, so that reading a
 * cell is cheap and exact.
 */
enum CellKind {
  /** An integer of up to 64 bits with sign. */
  INTEGER,
  /** A number that only text holds exactly: DECIMAL, integers beyond 64 bits. */
  EXACT_NUMBER,
  FLOAT,
  DOUBLE,
  BOOLEAN,
  /** An instant in microseconds since 1970, UTC. */
  MICROS,
  /** An instant in nanoseconds since 1970, UTC. */
  NANOS,
  /** Text, and what is shown as the engine writes it: dates, times of day, intervals, UUIDs. */
  TEXT,
  /** Lists, structs, maps: as JSON. */
  NESTED,
  BLOB;

  /** What stands for a time that is infinitely late; negated, for one infinitely early. */
  static final long INFINITE = Long.MAX_VALUE;

  /** Answers the kind of a type as the engine writes it. */
  static CellKind of(String type) {
    if (type.startsWith("DECIMAL(")) {
      return EXACT_NUMBER;
    }
    if (type.endsWith("]")
        || type.startsWith("STRUCT(")
        || type.startsWith("MAP(")
        || type.startsWith("UNION(")) {
      return NESTED;
    }
    return switch (type) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
          INTEGER;
      case "UBIGINT", "HUGEINT", "UHUGEINT", "BIGNUM" -> EXACT_NUMBER;
      case "FLOAT" -> FLOAT;
      case "DOUBLE" -> DOUBLE;
      case "BOOLEAN" -> BOOLEAN;
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP WITH TIME ZONE" -> MICROS;
      case "TIMESTAMP_NS" -> NANOS;
      case "JSON" -> NESTED;
      case "BLOB" -> BLOB;
      default -> TEXT;
    };
  }

  /** Tells whether values are numbers, which line up at the right. */
  boolean isNumber() {
    return switch (this) {
      case INTEGER, EXACT_NUMBER, FLOAT, DOUBLE -> true;
      case BOOLEAN, MICROS, NANOS, TEXT, NESTED, BLOB -> false;
    };
  }

  /** Answers the expression to ask the engine for, given the column. */
  Sql expression(Sql column) {
    return switch (this) {
      case INTEGER, FLOAT, DOUBLE, BOOLEAN -> column;
      case EXACT_NUMBER, TEXT -> Sql.of("CAST(").plus(column).plus(" AS VARCHAR)");
      case MICROS -> finite(column, Sql.of("epoch_us(").plus(column).plus(")"));
      case NANOS -> finite(column, Sql.of("epoch_ns(").plus(column).plus(")"));
      case NESTED -> Sql.of("CAST(to_json(").plus(column).plus(") AS VARCHAR)");
      case BLOB -> Sql.of("lower(hex(").plus(column).plus("))");
    };
  }

  /** Keeps infinite times apart from NULL. */
  private static Sql finite(Sql column, Sql number) {
    return Sql.of("CASE WHEN isinf(")
        .plus(column)
        .plus(") THEN CASE WHEN ")
        .plus(column)
        .plus(" > TIMESTAMP '1970-01-01' THEN ")
        .plus(Sql.literal(INFINITE))
        .plus(" ELSE ")
        .plus(Sql.literal(-INFINITE))
        .plus(" END ELSE ")
        .plus(number)
        .plus(" END");
  }
}
