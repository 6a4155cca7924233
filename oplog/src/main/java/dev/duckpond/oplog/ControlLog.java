package dev.duckpond.oplog;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * The audit of all attempts to write, a Delta table in {@code control/}; see {@code
 * docs/format/control-log.md}.
 *
 * <p>It is a record, not a source of truth: rows of commits that it lacks are made from the
 * operation log. Thread-safe; one writer at a time is the caller's duty. Closes with the store it
 * comes from.
 */
public final class ControlLog {
  /** A commit of another process in between is met by trying once more each time. */
  private static final int ATTEMPTS = 5;

  private static final String APPLICATION = "duckpond.control";

  private final LogEngine engine;
  private final PondId pond;
  private final InstantSource clock;
  private final ControlFile file;
  private final Checkpoints checkpoints = new Checkpoints();

  private record Committed(TxnSeq seq, TxnId id) {}

  ControlLog(LogEngine engine, PondId pond, InstantSource clock) {
    this.engine = engine;
    this.pond = pond;
    this.clock = clock;
    this.file = new ControlFile(engine);
  }

  /**
   * Adds a row; durable when this returns.
   *
   * @throws PondException.NoSpace when the disk is full
   * @throws PondException.Failed when it cannot be written
   */
  public void append(ControlRow row) {
    appendAll(List.of(row));
  }

  /** Lists all rows, the newest first; empty when nothing was ever recorded. */
  public List<ControlRow> list() {
    try {
      return engine
          .control()
          .findState()
          .map(state -> state.files().stream().map(this::path).toList())
          .map(this::read)
          .orElse(List.of());
    } catch (IOException e) {
      throw Trouble.ofReading("the control log cannot be read", e);
    }
  }

  /**
   * Adds a row for each committed transaction that has none, in one commit, and answers how many.
   *
   * <p>Duration and contents of such a transaction are taken from the operation log: from its start
   * to its commit, and the sizes of the versions it wrote.
   */
  public int rebuildFrom(Snapshot snapshot) {
    // By number and id: another transaction may have had the number, in a state of the pond from
    // before an older one was restored.
    Set<Committed> recorded = new HashSet<>();
    for (ControlRow row : list()) {
      recorded.add(new Committed(row.txnSeq(), row.txnId()));
    }
    List<ControlRow> missing = new ArrayList<>();
    for (CommittedTransaction transaction : snapshot.listTransactions()) {
      TransactionInfo info = transaction.info();
      if (!recorded.contains(new Committed(info.seq(), info.id()))) {
        missing.add(ControlRow.committed(ControlRow.Outcome.COMPLETED, transaction));
      }
    }
    if (!missing.isEmpty()) {
      appendAll(missing);
    }
    return missing.size();
  }

  private List<ControlRow> read(List<Path> files) {
    try {
      return read(engine.layout().control(), files);
    } catch (PondException.Corrupt e) {
      // Which of them is it?
      for (Path each : files) {
        read(each, List.of(each));
      }
      throw e;
    }
  }

  private List<ControlRow> read(Path named, List<Path> files) {
    try {
      return Trouble.decoding(named, "its rows cannot be understood", () -> file.read(files));
    } catch (IOException e) {
      throw Trouble.ofReading("the control log cannot be read", e);
    }
  }

  private Path path(LoggedFile logged) {
    return engine.layout().control().resolve(logged.name());
  }

  private void appendAll(List<ControlRow> rows) {
    try {
      tryAppend(rows);
    } catch (IOException e) {
      throw Trouble.of("the control log cannot be written", e);
    } catch (DuckException e) {
      throw Trouble.of("the control log cannot be written", e);
    }
  }

  private void tryAppend(List<ControlRow> rows) throws IOException {
    if (!Files.isWritable(engine.layout().root())) {
      throw new AccessDeniedException(engine.layout().control().toString());
    }
    String id = UUID.randomUUID().toString();
    String name = "control-" + id + ".parquet";
    Path target = engine.layout().control().resolve(name);
    Path staged = engine.runDirectory().resolve(name);
    try {
      WrittenParquet written = file.write(rows, staged);
      Instant now = clock.instant();
      CommitNote note = new CommitNote("WRITE", now, id, rows.size(), JsonObject.builder().build());
      NewDataFile added =
          new NewDataFile(
              name,
              written.sizeBytes(),
              now,
              rows.size(),
              bounds(rows, List::getFirst),
              bounds(rows, List::getLast),
              Map.of());
      Published published = FilePublication.publish(staged, target, () -> publish(added, note));
      settle(published);
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  /** Publishes at the next free version. */
  private Published publish(NewDataFile added, CommitNote note) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Long> newest = engine.control().findVersion();
      Published published =
          newest.isEmpty()
              ? engine
                  .control()
                  .create(ControlFile.DELTA, properties(), added, note, APPLICATION, 0)
              : engine
                  .control()
                  .append(newest.get() + 1, added, note, APPLICATION, newest.get() + 1);
      if (!(published instanceof Published.Taken)) {
        return published;
      }
    }
    return new Published.Taken();
  }

  private void settle(Published published) {
    switch (published) {
      case Published.At(long version) -> checkpoints.afterCommit(engine.control(), version);
      case Published.Unsure(Exception cause) ->
          throw new PondException.Failed(
              "nobody can say whether the control log was written",
              String.valueOf(cause.getMessage()),
              "Check the disk; 'pond recover' adds what is missing.",
              cause);
      case Published.Taken taken ->
          throw new PondException.Locked(
              "the control log cannot be written",
              "other processes keep writing to " + engine.layout().control(),
              "Run 'pond recover' when they are done.");
    }
  }

  private Map<String, String> properties() {
    return Map.of(
        LogSchema.PROPERTY_POND_ID, pond.toString(),
        LogSchema.PROPERTY_FORMAT_VERSION, Integer.toString(LogSchema.FORMAT_VERSION));
  }

  private static Map<Column, Literal> bounds(
      List<ControlRow> rows, ToLongFunction<List<Long>> end) {
    List<Long> sorted = rows.stream().map(row -> row.txnSeq().number()).sorted().toList();
    return Map.of(new Column(LogSchema.TXN_SEQ), Literal.ofLong(end.applyAsLong(sorted)));
  }
}
