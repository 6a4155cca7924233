package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.LogRow;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads our tables as others do: with Delta Kernel's own engine on Hadoop. */
final class InteroperabilityTest {
  private final Engine hadoop = DefaultEngine.create(new Configuration());
  @TempDir Path directory;

  @Test
  void operationLog_readByHadoopEngine_holdsTheSameRows() throws IOException {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      Samples.harbour(pond);
      pond.commit((edit, write) ->
          Samples.write(edit, write, "/big", EntryType.DATA, Samples.bytes(70_000, 1)));

      assertThat(read("data")).containsExactlyInAnyOrderElementsOf(expected(pond));
      Snapshot table = TableManager.loadSnapshot(path("data")).build(hadoop);
      assertThat(table.getTableProperties())
          .containsEntry("duckpond.pondId", pond.identity().id().toString())
          .containsEntry("duckpond.birthplace", pond.identity().birthplace())
          .containsEntry("duckpond.formatVersion", "1");
      assertThat(table.getLatestTransactionVersion(hadoop, pond.identity().id().toString()))
          .contains(3L);
    }
  }

  @Test
  void operationLog_afterCheckpointAndCleanUp_isReadByHadoopEngine() throws IOException {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      pond.makeDirectory("/a");
      pond.makeDirectory("/b");
      checkpoint();
      pond.makeDirectory("/c");
      for (long version = 0; version < 2; version++) {
        Files.delete(DeltaNames.commit(new PondLayout(directory).deltaLog(), version));
      }

      assertThat(read("data")).containsExactlyInAnyOrderElementsOf(expected(pond));
    }
  }

  @Test
  void controlLog_readByHadoopEngine_holdsTheSameRows() throws IOException {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      pond.makeDirectory("/a");
      ((OplogStore) pond.store()).controlLog().rebuildFrom(pond.snapshot());

      assertThat(read("control")).hasSize(2).allMatch(row -> row.contains("|completed|"));
    }
  }

  private void checkpoint() throws IOException {
    try (LogEngine engine = new LogEngine(new PondLayout(directory))) {
      engine.operations().checkpoint();
    }
  }

  private String path(String table) {
    return directory.resolve(table).toString();
  }

  private static List<String> expected(PondFixture pond) {
    List<String> rows = new ArrayList<>();
    for (CommittedTransaction transaction : pond.snapshot().listTransactions()) {
      for (LogRow row : transaction.rows()) {
        rows.add(text(transaction, row));
      }
    }
    return rows;
  }

  private static String text(CommittedTransaction transaction, LogRow row) {
    String seq = transaction.info().seq() + "|";
    return switch (row) {
      case LogRow.EntryPut(var entry) ->
          seq + "entry|" + entry.node() + "|" + entry.parent() + "|" + entry.name() + "|put";
      case LogRow.EntryRemoved(var entry) ->
          seq + "entry|" + entry.node() + "|" + entry.parent() + "|" + entry.name() + "|remove";
      case LogRow.AttributesSet(var set) -> seq + "attributes|" + set.node() + "|" + set.values();
      case LogRow.VersionWritten(var version) ->
          seq
              + "version|"
              + version.node()
              + "|"
              + version.version()
              + "|"
              + version.hash()
              + "|"
              + version.sizeBytes()
              + "|"
              + Micros.of(version.createdAt())
              + "|"
              + (version.sizeBytes() <= Samples.INLINE_BYTES ? version.sizeBytes() : "blob");
    };
  }

  private static String text(Row row) {
    StructType schema = row.getSchema();
    if (schema.indexOf("outcome") >= 0) {
      return row.getLong(schema.indexOf("txn_seq"))
          + "|"
          + row.getString(schema.indexOf("outcome"))
          + "|"
          + row.getString(schema.indexOf("args"));
    }
    String kind = row.getString(schema.indexOf("kind"));
    String start =
        row.getLong(schema.indexOf("txn_seq"))
            + "|"
            + kind
            + "|"
            + row.getString(schema.indexOf("node_id"))
            + "|";
    if (kind.equals("entry")) {
      return start
          + row.getString(schema.indexOf("parent_id"))
          + "|"
          + row.getString(schema.indexOf("name"))
          + "|"
          + row.getString(schema.indexOf("op"));
    }
    int content = schema.indexOf("content");
    return start
        + row.getLong(schema.indexOf("version"))
        + "|"
        + row.getString(schema.indexOf("sha256"))
        + "|"
        + row.getLong(schema.indexOf("size_bytes"))
        + "|"
        + row.getLong(schema.indexOf("created_at"))
        + "|"
        + (row.isNullAt(content) ? "blob" : row.getBinary(content).length);
  }

  private List<String> read(String table) throws IOException {
    Snapshot snapshot = TableManager.loadSnapshot(path(table)).build(hadoop);
    Scan scan = snapshot.getScanBuilder().build();
    Row state = scan.getScanState(hadoop);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
    List<String> out = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(hadoop)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          while (files.hasNext()) {
            readFile(state, files.next(), physical, out);
          }
        }
      }
    }
    return out;
  }

  private void readFile(Row state, Row file, StructType physical, List<String> out)
      throws IOException {
    try (CloseableIterator<FileReadResult> read =
            hadoop
                .getParquetHandler()
                .readParquetFiles(
                    DeltaRows.iterate(List.of(InternalScanFileUtils.getAddFileStatus(file))),
                    physical,
                    Optional.empty());
        CloseableIterator<ColumnarBatch> data = read.map(FileReadResult::getData);
        CloseableIterator<FilteredColumnarBatch> logical =
            Scan.transformPhysicalData(hadoop, state, file, data)) {
      while (logical.hasNext()) {
        try (CloseableIterator<Row> rows = logical.next().getRows()) {
          while (rows.hasNext()) {
            out.add(text(rows.next()));
          }
        }
      }
    }
  }
}
