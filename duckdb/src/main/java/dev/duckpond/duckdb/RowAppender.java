package dev.duckpond.duckdb;

import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Loads rows into a temporary table, column by column in the order of the table.
 *
 * <p>Rows are handed over in batches and are all in the table once {@link #close} has returned. A
 * failure leaves some of the rows in the table: drop it. While an appender is open its session runs
 * nothing else. One thread only.
 */
public final class RowAppender implements AutoCloseable {
  private final DuckDBAppender appender;
  private final Runnable onClose;
  private boolean inRow;
  private boolean closed;

  RowAppender(DuckDBAppender appender, Runnable onClose) {
    this.appender = appender;
    this.onClose = onClose;
  }

  /** Appends an INTEGER to the row; the engine does not take a BIGINT for it. */
  public RowAppender appendInteger(int value) {
    return call(row -> row.append(value));
  }

  /** Appends a BIGINT to the row. */
  public RowAppender append(long value) {
    return call(row -> row.append(value));
  }

  /** Appends a DOUBLE to the row. */
  public RowAppender append(double value) {
    return call(row -> row.append(value));
  }

  /** Appends a BOOLEAN to the row. */
  public RowAppender append(boolean value) {
    return call(row -> row.append(value));
  }

  /** Appends text, or NULL, to the row. */
  public RowAppender append(@Nullable String value) {
    return value == null ? appendNull() : call(row -> row.append(value));
  }

  /** Appends a BLOB, or NULL, to the row; the array is copied. */
  public RowAppender append(byte @Nullable [] value) {
    return value == null ? appendNull() : call(row -> row.append(value));
  }

  /** Appends an integer, or NULL, to the row. */
  public RowAppender appendNullable(@Nullable Long value) {
    return value == null ? appendNull() : append(value.longValue());
  }

  /** Appends a TIMESTAMP given in microseconds since 1970 in UTC. */
  public RowAppender appendMicros(long micros) {
    return call(row -> row.appendEpochMicros(micros));
  }

  /** Appends NULL to the row. */
  public RowAppender appendNull() {
    return call(DuckDBAppender::appendNull);
  }

  /** Ends the row, which must have a value for every column. */
  public RowAppender endRow() {
    call(DuckDBAppender::endRow);
    inRow = false;
    return this;
  }

  /** Hands over the last rows and frees the session; may be called twice. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      appender.close();
    } catch (SQLException e) {
      throw DuckException.from(e);
    } finally {
      onClose.run();
    }
  }

  private interface Step {
    Object apply(DuckDBAppender appender) throws SQLException;
  }

  private RowAppender call(Step step) {
    try {
      if (!inRow) {
        appender.beginRow();
        inRow = true;
      }
      step.apply(appender);
      return this;
    } catch (SQLException e) {
      throw DuckException.from(e);
    }
  }
}
