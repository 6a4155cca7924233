package dev.duckpond.oplog;

import dev.duckpond.tinyfs.PondException;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one Delta table and lists its files, through Delta Kernel.
 *
 * <p>Every commit adds one file and is tried once: the caller decides what a conflict means.
 * Thread-safe: one monitor, held over a commit.
 */
final class DeltaTable {
  private static final String ENGINE = "DuckPond";
  private static final int NO_RETRIES = 0;

  private final Path directory;
  private final Engine engine;
  private final PondCommitter committer;
  private @Nullable Snapshot known;

  DeltaTable(Path directory, DeltaFileIO files, Engine engine) {
    this.directory = directory;
    this.engine = engine;
    this.committer = new PondCommitter(files);
  }

  /** The state of the table at its newest version. */
  record State(long version, Map<String, String> properties, List<LoggedFile> files) {
    State {
      properties = Map.copyOf(properties);
      files = List.copyOf(files);
    }
  }

  Path directory() {
    return directory;
  }

  /** Makes the table, holding one file, as one commit. */
  synchronized Published create(
      StructType schema,
      Map<String, String> properties,
      NewDataFile file,
      CommitNote note,
      String applicationId,
      long applicationVersion)
      throws IOException {
    Files.createDirectories(directory.resolve("_delta_log"));
    Transaction transaction;
    try {
      transaction =
          TableManager.buildCreateTableTransaction(directory.toString(), schema, ENGINE)
              .withTableProperties(properties)
              .withCommitter(committer)
              .withMaxRetries(NO_RETRIES)
              .build(engine);
    } catch (TableAlreadyExistsException e) {
      return new Published.Taken();
    }
    // The builder of a new table takes no transaction identifier, so the line is added here.
    String txn = CommitNote.transactionLine(applicationId, applicationVersion, note.at());
    return commit(transaction, schema, 0, file, note, txn);
  }

  /**
   * Adds one file as commit {@code version}.
   *
   * @throws IOException when it is certain that nothing was published
   */
  synchronized Published append(
      long version,
      NewDataFile file,
      CommitNote note,
      String applicationId,
      long applicationVersion)
      throws IOException {
    Snapshot base = known;
    if (base == null || base.getVersion() != version - 1) {
      base = load();
    }
    if (base.getVersion() != version - 1) {
      known = null;
      return new Published.Taken();
    }
    Transaction transaction;
    try {
      transaction =
          base.buildUpdateTableTransaction(ENGINE, Operation.WRITE)
              .withTransactionId(applicationId, applicationVersion)
              .withMaxRetries(NO_RETRIES)
              .build(engine);
    } catch (ConcurrentTransactionException e) {
      return new Published.Taken();
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
    return commit(transaction, base.getSchema(), version, file, note, "");
  }

  private Published commit(
      Transaction transaction,
      StructType schema,
      long version,
      NewDataFile file,
      CommitNote note,
      String extraLine)
      throws IOException {
    known = null;
    Map<String, String> lines =
        Map.of(PondCommitter.NOTE, note.toJsonLine(), PondCommitter.EXTRA, extraLine);
    transaction.withCommitterProperties(() -> lines);
    try {
      List<Row> actions = List.of(DeltaRows.add(schema, file));
      TransactionCommitResult result =
          transaction.commit(
              engine, CloseableIterable.inMemoryIterable(DeltaRows.iterate(actions)));
      known = result.getPostCommitSnapshot().orElse(null);
      return new Published.At(result.getVersion());
    } catch (RuntimeException e) {
      return settle(version, note, e);
    }
  }

  /**
   * Finds out, after any error, whether our commit file is there: Kernel may fail after it was
   * published, and a network file system may report failure for a link that it made.
   */
  private Published settle(long version, CommitNote note, RuntimeException error)
      throws IOException {
    Optional<IOException> cause = findCause(error, IOException.class);
    if (cause.isPresent() && cause.get() instanceof Durable.NotConfirmedException) {
      return new Published.Unsure(cause.get());
    }
    Path file = DeltaNames.commit(directory.resolve("_delta_log"), version);
    try {
      if (!Files.readString(file).contains(note.id())) {
        return new Published.Taken();
      }
      // The error may have come before the name was durable.
      Durable.confirm(file);
      return new Published.At(version);
    } catch (NoSuchFileException e) {
      if (cause.isPresent() && cause.get() instanceof FileAlreadyExistsException) {
        return new Published.Unsure(cause.get());
      }
      if (cause.isEmpty()) {
        throw unwritable(error);
      }
      throw cause.get();
    } catch (IOException e) {
      e.addSuppressed(error);
      return new Published.Unsure(e);
    }
  }

  private static <T extends Exception> Optional<T> findCause(Throwable error, Class<T> type) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }

  /** Finds the newest state; empty when there is no table. */
  synchronized Optional<State> findState() throws IOException {
    Optional<Snapshot> found = findNewest();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Snapshot newest = found.get();
    known = newest;
    List<LoggedFile> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        newest.getScanBuilder().build().getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            files.add(DeltaRows.file(rows.next()));
          }
        }
      }
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
    return Optional.of(new State(newest.getVersion(), newest.getTableProperties(), files));
  }

  /** Finds the number of the newest commit; empty when there is no table. */
  synchronized Optional<Long> findVersion() {
    Optional<Snapshot> newest = findNewest();
    known = newest.orElse(null);
    return newest.map(Snapshot::getVersion);
  }

  /** Writes a checkpoint at the newest version, so that a cold open reads fewer commits. */
  synchronized void checkpoint() throws IOException {
    try {
      load().writeCheckpoint(engine);
    } catch (RuntimeException e) {
      throw unwritable(e);
    }
    // A snapshot carries the list of commits since its checkpoint; the next one shall be short.
    known = null;
  }

  private Snapshot load() {
    return findNewest()
        .orElseThrow(() -> Trouble.corrupt(directory, "it holds no Delta table any more"));
  }

  private Optional<Snapshot> findNewest() {
    try {
      return Optional.of(
          TableManager.loadSnapshot(directory.toString()).withCommitter(committer).build(engine));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  /**
   * Answers the error for whatever Kernel stumbled over: it throws errors of many kinds, its own
   * and those of its parsers, for files that are not what was written.
   */
  private PondException unreadable(RuntimeException error) {
    return findCause(error, PondException.class)
        .orElseGet(() ->
            Trouble.corrupt(
                directory.resolve("_delta_log"),
                "it cannot be read: " + error.getMessage(),
                error));
  }

  private PondException unwritable(RuntimeException error) {
    return findCause(error, PondException.class)
        .orElseGet(() ->
            new PondException.Failed(
                "no commit can be added to " + directory,
                String.valueOf(error.getMessage()),
                "Restore the pond from a backup.",
                error));
  }
}
