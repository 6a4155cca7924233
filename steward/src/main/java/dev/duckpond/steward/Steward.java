package dev.duckpond.steward;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.oplog.RunDirectory;
import dev.duckpond.oplog.Trouble;
import dev.duckpond.tinyfs.CommitOutcome;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs transactions on a durable pond.
 *
 * <p>Reads never wait. A write takes the lock, first finishes what a crash may have left, runs its
 * work against the newest state, commits once, records the transaction in the audit log, lets go of
 * the lock and runs the hooks. Thread-safe; writes of one process queue like those of several.
 */
public final class Steward implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Steward.class);

  private final PondLayout layout;
  private final OplogStore store;
  private final FactoryRegistry factories;
  private final InstantSource clock;
  private final UuidV7 ids;
  private final List<PostCommitHook> hooks;

  /**
   * Takes over an open store, which closes with the steward.
   *
   * @param ids where node and transaction ids come from
   * @param hooks what to do after each commit, in order
   */
  public Steward(
      PondLayout layout,
      OplogStore store,
      FactoryRegistry factories,
      InstantSource clock,
      UuidV7 ids,
      List<PostCommitHook> hooks) {
    this.layout = layout;
    this.store = store;
    this.factories = factories;
    this.clock = clock;
    this.ids = ids;
    this.hooks = List.copyOf(hooks);
  }

  public PondIdentity identity() {
    return store.identity();
  }

  /** Opens the newest state. */
  public PondTree read() {
    return tree(store.latest());
  }

  /**
   * Opens the state after a transaction.
   *
   * @throws PondException.NotFound when there is no such transaction
   */
  public PondTree readAt(TxnSeq seq) {
    return tree(store.at(seq));
  }

  /**
   * Opens the state as of an instant.
   *
   * @throws PondException.NotFound when the pond is younger
   */
  public PondTree readAt(Instant time) {
    return tree(store.at(time));
  }

  /**
   * Runs {@code work} as one transaction: all of its changes become visible, or none.
   *
   * @throws PondException.Locked when another writer did not end within the patience
   * @throws PondException whatever the work throws; the pond is then unchanged
   */
  public <T> WriteResult<T> write(WriteRequest request, WriteWork<T> work) {
    WriteResult<T> result;
    try (WriteLock lock = WriteLock.acquire(layout.lockFile(), request.patience())) {
      cleanUp(lock);
      result = writeLocked(lock, request, work);
    } catch (IOException e) {
      throw Trouble.of("the pond cannot be written", e);
    }
    if (result instanceof WriteResult.Written<T> written) {
      runHooks(written.transaction());
    }
    return result;
  }

  /**
   * Finishes or discards what crashed writers left: completes the audit log, removes temporary
   * files of dead processes. Safe to repeat.
   *
   * @throws PondException.Locked when a writer is at work; then nothing is to recover
   * @throws PondException.PartlyDone when all is recovered, but temporary files stay
   */
  public RecoveryReport recover(WriteRequest request) {
    RecoveryReport report;
    try (WriteLock lock = WriteLock.acquire(layout.lockFile(), request.patience())) {
      report = recovery().run(lock);
    } catch (IOException e) {
      throw Trouble.of("the pond cannot be recovered", e);
    }
    if (!report.troubles().isEmpty()) {
      throw new PondException.PartlyDone(
          "the pond is recovered, but temporary files of ended runs cannot be removed",
          String.join("; ", report.troubles()),
          "Remove them by hand.");
    }
    return report;
  }

  /** Lists how all attempts to write ended, newest first. */
  public List<ControlRow> audit() {
    return store.controlLog().list();
  }

  /** Looks whether a writer is at work, without waiting and without changing anything. */
  public WriterState writer() {
    return WriteLock.look(layout.lockFile());
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> WriteResult<T> writeLocked(WriteLock lock, WriteRequest request, WriteWork<T> work)
      throws IOException {
    Snapshot base = store.latest();
    Redaction redaction = Redaction.of(request.args());
    TransactionInfo info =
        new TransactionInfo(
            base.txnSeq().next(),
            new TxnId(ids.next()),
            redaction.args(),
            request.user(),
            request.host(),
            clock.instant());
    lock.name(info);
    Audit audit = new Audit(store.controlLog(), clock, redaction);
    WriteResult<T> result;
    try (StoreWrite write = store.begin(info)) {
      TreeEdit edit = new TreeEdit(base, factories, ids, info.seq(), clock.instant());
      WriteTransaction transaction = new WriteTransaction(edit, write);
      T value = work.run(transaction);
      List<LogRow> rows = transaction.rows();
      result =
          rows.isEmpty()
              ? new WriteResult.Unchanged<>(value)
              : new WriteResult.Written<>(value, commit(write, rows, info));
    } catch (StateUnknown e) {
      // The lock file keeps the holder, so that the next writer finds out what became of it.
      throw e.toPondException(info);
    } catch (IOException | RuntimeException e) {
      if (audit.failed(info, e)) {
        clear(lock);
      }
      throw e;
    }
    // An Error passes by: a process that is out of memory does no more, and the lock file's text
    // tells the next writer to look what became of the transaction.
    if (!(result instanceof WriteResult.Written<T> written)
        || audit.completed(written.transaction())) {
      clear(lock);
    }
    return result;
  }

  /**
   * Finishes what a crash left. The audit and the temporary files are not worth to refuse a write
   * for, so trouble with them is only reported.
   */
  private void cleanUp(WriteLock lock) {
    try {
      if (lock.wasInterrupted()) {
        RecoveryReport report = recovery().run(lock);
        LOG.info("finished what a crash left: {}", report);
      } else {
        RunDirectory.Discarded discarded = RunDirectory.discardLeftovers(layout);
        if (!discarded.names().isEmpty() || !discarded.troubles().isEmpty()) {
          LOG.info("removed temporary files of ended runs: {}", discarded);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Of any kind, and the lock's text stays for the next one who tries.
      LOG.warn("what a crash left could not be finished; 'pond recover' tries again", e);
    }
  }

  /** Says that nothing is left to recover; when that fails, the next writer finds so itself. */
  private static void clear(WriteLock lock) {
    try {
      lock.clear();
    } catch (IOException e) {
      LOG.warn("the lock file still names the transaction that has ended", e);
    }
  }

  private CommittedTransaction commit(StoreWrite write, List<LogRow> rows, TransactionInfo info)
      throws StateUnknown {
    CommitOutcome outcome;
    try {
      outcome = write.commit(rows);
    } catch (RuntimeException e) {
      return findCommitted(info, e).orElseThrow(() -> e);
    }
    return switch (outcome) {
      case CommitOutcome.Committed committed -> committed.transaction();
      case CommitOutcome.Conflict conflict ->
          throw new PondException.Conflict(
              "another writer committed transaction " + conflict.latest() + " at the same time",
              "it does not use the lock of this pond",
              "Run the command again; make sure that all programs that write share the folder's"
                  + " locks.");
      case CommitOutcome.Unknown unknown -> throw new StateUnknown(unknown.cause());
    };
  }

  /** Looks into the log, since an error alone does not tell whether it came before the commit. */
  private Optional<CommittedTransaction> findCommitted(TransactionInfo info, RuntimeException error)
      throws StateUnknown {
    try {
      return Recovery.findCommitted(info, store.latest());
    } catch (RuntimeException e) {
      if (!e.equals(error)) {
        e.addSuppressed(error);
      }
      throw new StateUnknown(e);
    }
  }

  private Recovery recovery() {
    return new Recovery(layout, store, clock, store::confirm);
  }

  private void runHooks(CommittedTransaction transaction) {
    for (PostCommitHook hook : hooks) {
      try {
        hook.committed(transaction, read());
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        LOG.warn(
            "transaction {} is committed, but {} failed after it",
            transaction.info().seq(),
            hook.name(),
            e);
      }
    }
  }

  private PondTree tree(Snapshot snapshot) {
    return new PondTree(snapshot, factories);
  }

  /** A commit of which nobody can say whether it happened. */
  private static final class StateUnknown extends IOException {
    private static final long serialVersionUID = 1L;

    private final Exception reason;

    StateUnknown(Exception cause) {
      super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
      this.reason = cause;
    }

    PondException toPondException(TransactionInfo info) {
      if (reason instanceof PondException.Corrupt damage) {
        // It says what is damaged; whether the transaction is there can be seen once it is mended.
        return damage;
      }
      return new PondException.Failed(
          "it is not known whether transaction " + info.seq() + " was committed",
          String.valueOf(getMessage()),
          "Run 'pond recover', then 'pond show --txn-seq " + info.seq() + "' to see.",
          this);
    }
  }
}
