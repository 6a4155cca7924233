package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Writes rows as a stream of the Arrow IPC format. */
final class ArrowResult {
  /** Rows of a record batch; so much is in memory at a time. */
  static final int BATCH_ROWS = 8_192;

  private ArrowResult() {}

  static long write(DuckSession duck, Sql query, OutputStream out, long maxRows)
      throws IOException {
    long count = 0;
    try (ResultRows rows = ResultRows.open(duck, query, maxRows);
        BufferAllocator allocator = new RootAllocator()) {
      List<ArrowColumn> columns = new ArrayList<>();
      for (ResultColumn column : rows.columns()) {
        columns.add(ArrowColumn.of(column));
      }
      List<FieldVector> vectors = new ArrayList<>();
      for (ArrowColumn column : columns) {
        vectors.add(column.field().createVector(allocator));
      }
      try (VectorSchemaRoot root = new VectorSchemaRoot(vectors);
          ArrowStreamWriter writer =
              new ArrowStreamWriter(root, null, Channels.newChannel(uncloseable(out)))) {
        writer.start();
        boolean isMore = true;
        while (isMore) {
          root.allocateNew();
          int batch = 0;
          while (batch < BATCH_ROWS && (isMore = count + batch < maxRows && rows.next())) {
            for (int i = 0; i < columns.size(); i++) {
              columns.get(i).set(vectors.get(i), batch, rows, i);
            }
            batch++;
          }
          root.setRowCount(batch);
          if (batch > 0) {
            writer.writeBatch();
          }
          count += batch;
        }
        writer.end();
      }
    }
    out.flush();
    return count;
  }

  /** The stream is the caller's, and the writer would close it. */
  private static OutputStream uncloseable(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }
}
