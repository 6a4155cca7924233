package dev.duckpond.query;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of a query and answers cells as the output formats want them. Whoever opens
 * it closes it. One thread only.
 */
final class ResultRows implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final List<ResultColumn> columns;
  private final Rows rows;

  /** Whether the engine was asked for expressions of kinds, or for the columns as they are. */
  private final boolean isConverted;

  private ResultRows(List<ResultColumn> columns, Rows rows, boolean isConverted) {
    this.columns = columns;
    this.rows = rows;
    this.isConverted = isConverted;
  }

  static ResultRows open(DuckSession duck, Sql query) {
    List<Column> described = duck.columns(query);
    List<ResultColumn> columns = new ArrayList<>();
    for (Column column : described) {
      columns.add(new ResultColumn(column.name(), column.type(), CellKind.of(column.type())));
    }
    Sql converted = converted(query, columns);
    if (canStandInFrom(duck, converted)) {
      return new ResultRows(columns, duck.query(converted), true);
    }
    return new ResultRows(columns, duck.query(query), false);
  }

  /** EXPLAIN, and a PIVOT over unknown values, are statements of their own. */
  private static boolean canStandInFrom(DuckSession duck, Sql converted) {
    try {
      duck.columns(converted);
      return true;
    } catch (DuckException e) {
      return switch (e.kind()) {
        case SYNTAX, BINDING -> false;
        case CATALOG,
            CONVERSION,
            OUT_OF_MEMORY,
            NO_SPACE,
            IO,
            MISSING_FILE,
            NOT_PARQUET,
            TRUNCATED_PARQUET,
            PERMISSION,
            INTERRUPTED,
            OTHER ->
            throw e;
      };
    }
  }

  private static Sql converted(Sql query, List<ResultColumn> columns) {
    List<Sql> names = new ArrayList<>();
    List<Sql> expressions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Sql name = Sql.identifier("c" + i);
      names.add(name);
      expressions.add(columns.get(i).kind().expression(name));
    }
    return Sql.of("SELECT ")
        .plus(Sql.list(expressions, ", "))
        .plus(" FROM (")
        .plus(query)
        .plus(") AS result(")
        .plus(Sql.list(names, ", "))
        .plus(")");
  }

  List<ResultColumn> columns() {
    return columns;
  }

  boolean next() {
    return rows.next();
  }

  /** Answers a number, flag or text; null for NULL. */
  @Nullable Object value(int column) {
    return rows.value(column);
  }

  /** Answers the micro- or nanoseconds of an instant that is not NULL. */
  long epoch(int column) {
    if (isConverted) {
      return rows.longValue(column);
    }
    long micros = rows.micros(column);
    return columns.get(column).kind() == CellKind.NANOS
        ? Math.multiplyExact(micros, 1_000)
        : micros;
  }

  /** Answers the text of a cell as every text format shows it; null for NULL. */
  @Nullable String text(int column) {
    Object value = rows.value(column);
    if (value == null) {
      return null;
    }
    return switch (columns.get(column).kind()) {
      case MICROS, NANOS -> instant(columns.get(column).kind(), epoch(column));
      case NESTED -> JsonCells.repaired(rows.text(column));
      case INTEGER, FLOAT, DOUBLE, BOOLEAN -> value.toString();
      case EXACT_NUMBER, TEXT, BLOB -> value instanceof String text ? text : rows.text(column);
    };
  }

  private static String instant(CellKind kind, long epoch) {
    if (Math.abs(epoch) == CellKind.INFINITE) {
      return epoch < 0 ? "-infinity" : "infinity";
    }
    Instant instant =
        kind == CellKind.MICROS
            ? Instant.EPOCH.plus(epoch, ChronoUnit.MICROS)
            : Instant.ofEpochSecond(
                Math.floorDiv(epoch, NANOS_PER_SECOND), Math.floorMod(epoch, NANOS_PER_SECOND));
    return instant.toString();
  }

  @Override
  public void close() {
    rows.close();
  }
}
