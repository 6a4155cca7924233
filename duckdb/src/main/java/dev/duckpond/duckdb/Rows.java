package dev.duckpond.duckdb;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the result of a query while it is being computed, in the order of the query.
 *
 * <p>Columns count from 0. A cursor begins before the first row; a typed accessor of a NULL throws
 * {@link IllegalStateException}, so ask {@link #isNull} where a NULL can be. While a cursor is open
 * its session runs nothing else. Closing it frees the session, and may come twice. One thread only.
 */
public final class Rows implements AutoCloseable {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final ResultSet results;
  private final Runnable onClose;
  private final List<Column> columns;
  private boolean closed;

  Rows(ResultSet results, Runnable onClose) throws SQLException {
    this.results = results;
    this.onClose = onClose;
    this.columns = columnsOf(results.getMetaData());
  }

  static List<Column> columnsOf(ResultSetMetaData metaData) throws SQLException {
    List<Column> columns = new ArrayList<>(metaData.getColumnCount());
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      columns.add(new Column(metaData.getColumnLabel(i), metaData.getColumnTypeName(i)));
    }
    return List.copyOf(columns);
  }

  /** Returns the columns in order. */
  public List<Column> columns() {
    return columns;
  }

  /**
   * Moves to the next row and tells whether there is one.
   *
   * @throws DuckException when computing the rows fails, also in the middle of a result
   */
  public boolean next() {
    return call(results::next);
  }

  /** Tells whether the value is NULL. */
  public boolean isNull(int column) {
    return value(column) == null;
  }

  /**
   * Returns the value as the driver represents it, null for NULL.
   *
   * <p>Numbers are boxed, DECIMAL is {@link java.math.BigDecimal}, VARCHAR {@link String},
   * TIMESTAMP {@link java.sql.Timestamp}, BLOB {@link java.sql.Blob}; better ask the typed
   * accessors, or cast in SQL.
   */
  public @Nullable Object value(int column) {
    return call(() -> results.getObject(column + 1));
  }

  /** Returns the value as text; other types than VARCHAR as the driver prints them. */
  public String text(int column) {
    return require(column, () -> results.getString(column + 1));
  }

  /** Returns an integer. */
  public long longValue(int column) {
    requireValue(column);
    return call(() -> results.getLong(column + 1));
  }

  /** Returns a number as a double. */
  public double doubleValue(int column) {
    requireValue(column);
    return call(() -> results.getDouble(column + 1));
  }

  /** Returns a BOOLEAN. */
  public boolean flag(int column) {
    requireValue(column);
    return call(() -> results.getBoolean(column + 1));
  }

  /** Returns a copy of a BLOB. */
  public byte[] bytes(int column) {
    return require(column, () -> results.getBytes(column + 1));
  }

  /** Returns a TIMESTAMP, or TIMESTAMP WITH TIME ZONE, as microseconds since 1970 in UTC. */
  public long micros(int column) {
    if (columns.get(column).type().endsWith("TIME ZONE")) {
      OffsetDateTime time =
          require(column, () -> results.getObject(column + 1, OffsetDateTime.class));
      return micros(time.toInstant());
    }
    LocalDateTime time = require(column, () -> results.getObject(column + 1, LocalDateTime.class));
    return micros(time.toInstant(ZoneOffset.UTC));
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * MICROS_PER_SECOND + time.getNano() / NANOS_PER_MICRO;
  }

  /** Ends the query, finished or not, and frees the session. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }

  private void requireValue(int column) {
    if (isNull(column)) {
      throw isNullProblem(column);
    }
  }

  private <T> T require(int column, Access<@Nullable T> access) {
    T value = call(access);
    if (value == null) {
      throw isNullProblem(column);
    }
    return Objects.requireNonNull(value);
  }

  private IllegalStateException isNullProblem(int column) {
    return new IllegalStateException("column " + columns.get(column).name() + " is NULL here");
  }

  private interface Access<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  private static <T extends @Nullable Object> T call(Access<T> access) {
    try {
      return access.run();
    } catch (SQLException e) {
      throw DuckException.from(e);
    }
  }
}
