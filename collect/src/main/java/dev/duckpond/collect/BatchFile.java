package dev.duckpond.collect;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.tinyfs.EventBounds;
import java.nio.file.Path;
import java.util.List;

/** Writes batches as Parquet. One thread only. */
final class BatchFile {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final String TABLE = "collect_batch";

  private final DuckSession duck;
  private final Path file;

  /** Writes one batch after the other to one file. */
  BatchFile(DuckSession duck, Path file) {
    this.duck = duck;
    this.file = file;
  }

  /** Replaces the file by a batch, which is not empty. Columns without a value are left out. */
  NewRows write(Batch batch) {
    return QueryErrors.translating(
        "writing rows",
        () -> {
          List<MeasuredColumn> columns = batch.columns();
          SqlBuilder create =
              new SqlBuilder()
                  .text("CREATE OR REPLACE TEMP TABLE ")
                  .identifier(TABLE)
                  .text(" (")
                  .identifier(NewRows.TIME)
                  .text(" TIMESTAMP");
          boolean[] used = used(batch, columns.size());
          for (int i = 0; i < columns.size(); i++) {
            if (used[i]) {
              create.text(", ").identifier(columns.get(i).name()).text(" DOUBLE");
            }
          }
          duck.execute(create.text(")").build());
          append(batch, used);
          Sql select =
              new SqlBuilder()
                  .text("SELECT * FROM ")
                  .identifier(TABLE)
                  .text(" ORDER BY ")
                  .identifier(NewRows.TIME)
                  .build();
          long rows = duck.copyToParquet(select, file, ParquetOptions.defaults()).rows();
          EventBounds bounds =
              new EventBounds(
                  batch.firstSeconds() * MICROS_PER_SECOND,
                  batch.lastSeconds() * MICROS_PER_SECOND);
          return new NewRows(file, rows, bounds);
        });
  }

  private void append(Batch batch, boolean[] used) {
    try (RowAppender rows = duck.append(TABLE)) {
      for (Batch.Row row : batch.rows()) {
        rows.appendMicros(Math.multiplyExact(row.seconds(), MICROS_PER_SECOND));
        for (int i = 0; i < used.length; i++) {
          if (!used[i]) {
            continue;
          }
          double value = row.value(i);
          if (Double.isNaN(value)) {
            rows.appendNull();
          } else {
            rows.append(value);
          }
        }
        rows.endRow();
      }
    }
  }

  private static boolean[] used(Batch batch, int columns) {
    boolean[] used = new boolean[columns];
    for (Batch.Row row : batch.rows()) {
      for (int i = 0; i < columns; i++) {
        used[i] |= !Double.isNaN(row.value(i));
      }
    }
    return used;
  }
}
