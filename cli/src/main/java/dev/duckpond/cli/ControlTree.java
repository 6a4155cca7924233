package dev.duckpond.cli;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.oplog.ControlRow;
import dev.duckpond.query.RelationInspector;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TimeHints;
import dev.duckpond.tinyfs.CommitOutcome;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.MemoryStore;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The audit log as a small read-only file system, made when it is asked for.
 *
 * <pre>
 *   /transactions.series   a row for each attempt to write
 *   /txn/1.json            an object for each transaction that committed
 *   /txn/2.json
 * </pre>
 */
final class ControlTree {
  private static final PondPath SERIES = PondPath.of("/transactions.series");
  private static final PondPath DIRECTORY = PondPath.of("/txn");

  private final CommandContext context;
  private final OpenPond pond;

  private ControlTree(CommandContext context, OpenPond pond) {
    this.context = context;
    this.pond = pond;
  }

  /** Makes the tree of the rows that the log holds now. */
  static PondTree open(CommandContext context, OpenPond pond) {
    try {
      return new ControlTree(context, pond).build(pond.steward().audit());
    } catch (IOException e) {
      throw HostTrouble.of(
          "the audit log cannot be shown", "Check the disk, then run the command again.", e);
    }
  }

  private PondTree build(List<ControlRow> rows) throws IOException {
    UuidV7 ids = OpenPond.ids(context);
    Path scratch = Files.createDirectories(pond.scratch().resolve("control"));
    Instant now = context.clock().instant();
    MemoryStore store =
        MemoryStore.create(
            pond.steward().identity(),
            info(TxnSeq.NONE.next(), ids, now),
            new NodeId(ids.next()),
            context.clock(),
            scratch);
    TransactionInfo second = info(TxnSeq.NONE.next().next(), ids, now);
    try (StoreWrite write = store.begin(second)) {
      TreeEdit edit = new TreeEdit(store.latest(), FactoryRegistry.EMPTY, ids, second.seq(), now);
      addSeries(rows, scratch, write, edit);
      edit.makeDirectory(DIRECTORY);
      for (ControlRow row : rows) {
        if (TransactionText.isCommitted(row)) {
          byte[] text = (json(row).toPrettyText() + "\n").getBytes(StandardCharsets.UTF_8);
          PondPath path = DIRECTORY.resolve(row.txnSeq() + ".json");
          edit.write(
              path,
              EntryType.DATA,
              write.stage(new ByteArrayInputStream(text), EntryType.DATA),
              ContentFacts.NONE);
        }
      }
      if (!(write.commit(edit.rows()) instanceof CommitOutcome.Committed)) {
        throw new IllegalStateException("nobody else writes to a pond in memory");
      }
    }
    return new PondTree(store.latest(), FactoryRegistry.EMPTY);
  }

  private void addSeries(List<ControlRow> rows, Path scratch, StoreWrite write, TreeEdit edit)
      throws IOException {
    MemoryRows table =
        MemoryRows.columns(
            "timestamp:TIMESTAMP",
            "txn_seq:BIGINT",
            "txn_id",
            "outcome",
            "duration_ms:BIGINT",
            "rows_written:BIGINT",
            "bytes_written:BIGINT",
            "user",
            "host",
            "args",
            "error");
    for (ControlRow row : rows.reversed()) {
      table
          .row()
          .time(row.startedAt())
          .number(
              TransactionText.isCommitted(row)
                  ? OptionalLong.of(row.txnSeq().number())
                  : OptionalLong.empty())
          .text(row.txnId().toString())
          .text(TransactionText.outcome(row))
          .number(row.durationMillis())
          .number(row.rowsWritten())
          .number(row.bytesWritten())
          .text(row.user())
          .text(row.host())
          .text(JsonArray.ofTexts(row.args()).toText())
          .text(row.error());
    }
    Path file = scratch.resolve("transactions.parquet");
    try (DuckSession session = pond.engine(scratch);
        InputStream in = parquet(table, session, file)) {
      ContentFacts facts =
          new RelationInspector(session)
              .inspectSeries(
                  file, SERIES.toString(), SeriesTarget.of(SERIES, edit.tree()), TimeHints.NONE);
      edit.write(SERIES, EntryType.TABLE_SERIES, write.stage(in, EntryType.TABLE_SERIES), facts);
    }
  }

  private static InputStream parquet(MemoryRows table, DuckSession session, Path file)
      throws IOException {
    session.copyToParquet(table.load(session), file, ParquetOptions.defaults());
    return Files.newInputStream(file);
  }

  private TransactionInfo info(TxnSeq seq, UuidV7 ids, Instant now) {
    return new TransactionInfo(
        seq,
        new TxnId(ids.next()),
        List.of(),
        context.environment().userName(),
        context.environment().hostName(),
        now);
  }

  private static Json json(ControlRow row) {
    JsonObject.Builder object =
        JsonObject.builder()
            .put("txn_seq", row.txnSeq().number())
            .put("txn_id", row.txnId().toString())
            .put("outcome", TransactionText.outcome(row))
            .put("started_at", row.startedAt().toString())
            .put("duration_ms", row.durationMillis())
            .put("rows_written", row.rowsWritten())
            .put("bytes_written", row.bytesWritten())
            .put("user", row.user())
            .put("host", row.host())
            .put("args", JsonArray.ofTexts(row.args()));
    row.error().ifPresent(error -> object.put("error", error));
    return object.build();
  }
}
