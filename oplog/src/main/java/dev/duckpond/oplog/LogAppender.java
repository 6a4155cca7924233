package dev.duckpond.oplog;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.TransactionInfo;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes a transaction durable: its data file first, then the Delta commit that names it. */
final class LogAppender {
  private static final String OPERATION = "WRITE";

  private final LogEngine engine;
  private final LogFileWriter writer;

  LogAppender(LogEngine engine) {
    this.engine = engine;
    this.writer = new LogFileWriter(engine);
  }

  /** Names the data file in a Delta commit. */
  interface Publication {
    Published publish(NewDataFile file, CommitNote note) throws IOException;
  }

  /** What was published, and how that ended. */
  record Result(Published published, LoggedTransaction transaction) {}

  /**
   * Writes and publishes rows. When nothing was published, the data file is gone again; when nobody
   * can say, it stays.
   */
  Result append(
      TransactionInfo info,
      Instant committedAt,
      List<LogRow> rows,
      LogFileWriter.InlineContents contents,
      Publication publication)
      throws IOException {
    List<LogRow> inFile = RowOrder.inFile(rows);
    TransactionNote note = new TransactionNote(info, committedAt);
    String name = "txn-" + info.seq() + "-" + info.id() + ".parquet";
    Path target = engine.layout().data().resolve(name);
    Path staged = engine.runDirectory().resolve("rows-" + UUID.randomUUID() + ".parquet");
    try {
      WrittenParquet written = writer.write(info, committedAt, inFile, contents, staged);
      FileSeal seal = FileSeal.of(staged);
      NewDataFile added = dataFile(name, written, inFile, note, seal);
      CommitNote commit =
          new CommitNote(
              OPERATION, committedAt, info.id().toString(), written.rows(), note.toJson());
      Published published =
          FilePublication.publish(staged, target, () -> publication.publish(added, commit));
      CommittedTransaction transaction = new CommittedTransaction(info, committedAt, inFile);
      if (published instanceof Published.At) {
        remember(target, seal);
      }
      DataFile file = new DataFile(name, Optional.of(seal));
      return new Result(published, new LoggedTransaction(transaction, file));
    } catch (DuckException e) {
      throw Trouble.of("the operation log cannot be written", e);
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  /** Spares the next reader to compare a file that was hashed just now. */
  private void remember(Path file, FileSeal seal) {
    try {
      engine.checkedFiles().remember(file, seal.hash());
      engine.checkedFiles().save();
    } catch (IOException e) {
      // It will be compared then.
    }
  }

  private static NewDataFile dataFile(
      String name, WrittenParquet written, List<LogRow> rows, TransactionNote note, FileSeal seal) {
    Map<Column, Literal> min = new java.util.HashMap<>();
    Map<Column, Literal> max = new java.util.HashMap<>();
    if (!rows.isEmpty()) {
      Column seq = new Column(LogSchema.TXN_SEQ);
      min.put(seq, Literal.ofLong(note.info().seq().number()));
      max.put(seq, Literal.ofLong(note.info().seq().number()));
      Column node = new Column(LogSchema.NODE_ID);
      List<String> nodes = rows.stream().map(LogAppender::node).sorted().toList();
      min.put(node, Literal.ofString(nodes.getFirst()));
      max.put(node, Literal.ofString(nodes.getLast()));
    }
    return new NewDataFile(
        name,
        written.sizeBytes(),
        note.committedAt(),
        written.rows(),
        min,
        max,
        DataFile.tags(name, seal, note));
  }

  private static String node(LogRow row) {
    return switch (row) {
      case LogRow.EntryPut put -> put.entry().node().toString();
      case LogRow.EntryRemoved removed -> removed.entry().node().toString();
      case LogRow.VersionWritten written -> written.version().node().toString();
      case LogRow.AttributesSet set -> set.attributes().node().toString();
    };
  }
}
