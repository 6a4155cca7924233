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

  /**
   * Starts a query.
   *
   * @param maxRows how many rows are read at most; more may be there
   */
  static ResultRows open(DuckSession duck, Sql query, long maxRows) {
    List<Column> described = duck.columns(query);
    List<ResultColumn> columns = columns(described);
    if (Column.dependOnRows(described)) {
      duck.execute(
          Sql.of("CREATE OR REPLACE TEMP TABLE duckpond_result AS (")
              .plus(first(query, maxRows))
              .plus(")"));
      return open(duck, Sql.of("SELECT * FROM duckpond_result"), maxRows);
    }
    try {
      return new ResultRows(columns, duck.query(converted(query, columns)), true);
    } catch (DuckException e) {
      // EXPLAIN is a statement of its own, which cannot stand in FROM.
      if (e.kind() != DuckException.Kind.SYNTAX && e.kind() != DuckException.Kind.BINDING) {
        throw e;
      }
    }
    Rows rows = duck.query(query);
    return new ResultRows(columns(rows.columns()), rows, false);
  }

  /** Asks for the first rows; of columns with one name, all but the first get another. */
  static Sql first(Sql query, long maxRows) {
    return maxRows == Long.MAX_VALUE
        ? query
        : Sql.of("SELECT * FROM (").plus(query).plus("\n) LIMIT ").plus(Sql.literal(maxRows));
  }

  private static List<ResultColumn> columns(List<Column> described) {
    List<ResultColumn> columns = new ArrayList<>();
    for (Column column : described) {
      columns.add(new ResultColumn(column.name(), column.type(), CellKind.of(column.type())));
    }
    return columns;
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
    return epoch(column, rows.value(column));
  }

  private long epoch(int column, @Nullable Object value) {
    if (isConverted && value instanceof Long epoch) {
      return epoch;
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
    CellKind kind = columns.get(column).kind();
    return switch (kind) {
      case MICROS, NANOS -> instant(kind, epoch(column, value));
      case NESTED -> JsonCells.repaired(asText(column, value));
      case INTEGER, FLOAT, DOUBLE, BOOLEAN -> value.toString();
      case EXACT_NUMBER, TEXT, BLOB -> asText(column, value);
    };
  }

  private String asText(int column, Object value) {
    return value instanceof String text ? text : rows.text(column);
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
