package dev.duckpond.formats;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.RowAppender;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A staging table that is made with its first row. Closing drops it. */
final class StagedRows implements AutoCloseable {
  private final DuckSession duck;
  private final Map<String, CellType> columns;
  private @Nullable StagingTable table;
  private @Nullable RowAppender rows;

  StagedRows(DuckSession duck, Map<String, CellType> columns) {
    this.duck = duck;
    this.columns = columns;
  }

  /** Answers the appender; from now on the session does nothing else. */
  RowAppender rows() {
    if (rows == null) {
      rows = table().append();
    }
    return rows;
  }

  /** Ends appending and answers the table. */
  StagingTable finish() {
    if (rows != null) {
      rows.close();
    }
    return table();
  }

  private StagingTable table() {
    if (table == null) {
      table = StagingTable.create(duck, 0, columns);
    }
    return table;
  }

  @Override
  public void close() {
    if (table != null) {
      finish().close();
    }
  }
}
