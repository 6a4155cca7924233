package dev.duckpond.steward;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.oplog.RunDirectory;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.TransactionInfo;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Finishes what a crash left, under the write lock. Doing it twice does no more than once.
 *
 * <p>Its parts do not depend on each other: one that fails keeps none of the others from being
 * done.
 */
final class Recovery {
  private final PondLayout layout;
  private final OplogStore store;
  private final InstantSource clock;
  private final Confirmation confirmation;

  /** Makes sure that what the log shows survives a crash of the machine. */
  interface Confirmation {
    void confirm() throws IOException;
  }

  Recovery(PondLayout layout, OplogStore store, InstantSource clock, Confirmation confirmation) {
    this.layout = layout;
    this.store = store;
    this.clock = clock;
    this.confirmation = confirmation;
  }

  /**
   * Does all of it.
   *
   * @throws PondException when the fate of what was interrupted cannot be told, or not be recorded;
   *     the lock's text then stays for the next recovery
   */
  RecoveryReport run(WriteLock lock) throws IOException {
    // First, since it may make the room on the disk that the rest needs.
    int unfinished = store.discardUnfinished(clock.instant());
    RunDirectory.Discarded discarded = RunDirectory.discardLeftovers(layout);
    Snapshot snapshot = store.latest();
    List<TransactionInfo> interrupted =
        lock.interrupted().stream().map(LockHolder::transaction).toList();
    RecoveryReport.Fate fate = RecoveryReport.Fate.NONE;
    if (lock.wasInterrupted()) {
      fate = RecoveryReport.Fate.DISCARDED;
      for (TransactionInfo info : interrupted) {
        Optional<CommittedTransaction> committed = findCommitted(info, snapshot);
        if (committed.isPresent()) {
          confirm(info);
          fate = RecoveryReport.Fate.COMMITTED;
          recordRecovered(committed.get());
        } else {
          fate = RecoveryReport.Fate.DISCARDED;
          recordInterrupted(info);
        }
      }
    }
    int rowsAdded = store.controlLog().rebuildFrom(snapshot);
    lock.forgetInterrupted();
    return new RecoveryReport(
        interrupted.isEmpty() ? Optional.empty() : Optional.of(interrupted.getLast()),
        fate,
        discarded.names().size() + unfinished,
        rowsAdded,
        discarded.troubles());
  }

  /** The name of a commit that is seen may still be lost, as long as nobody has synced it. */
  private void confirm(TransactionInfo info) {
    try {
      confirmation.confirm();
    } catch (IOException e) {
      throw new PondException.Failed(
          "it is not known whether transaction " + info.seq() + " was committed",
          "it is there, and the disk does not confirm it: " + e.getMessage(),
          "Check the disk, then run 'pond recover' again.",
          e);
    }
  }

  private void recordRecovered(CommittedTransaction transaction) {
    // The crash may also have come between the audit row and the end of the lock's text.
    TransactionInfo info = transaction.info();
    boolean recorded =
        store.controlLog().list().stream()
            .anyMatch(row -> row.txnSeq().equals(info.seq()) && row.txnId().equals(info.id()));
    if (!recorded) {
      store.controlLog().append(ControlRow.committed(ControlRow.Outcome.RECOVERED, transaction));
    }
  }

  private void recordInterrupted(TransactionInfo info) {
    boolean recorded =
        store.controlLog().list().stream().anyMatch(row -> row.txnId().equals(info.id()));
    if (!recorded) {
      store
          .controlLog()
          .append(
              ControlRow.uncommitted(
                  ControlRow.Outcome.INTERRUPTED, info, clock.instant(), Optional.empty()));
    }
  }

  /** Finds the transaction in the log, if it got that far. */
  static Optional<CommittedTransaction> findCommitted(TransactionInfo info, Snapshot snapshot) {
    return snapshot.listTransactions().reversed().stream()
        .filter(there -> there.info().id().equals(info.id()))
        .findFirst();
  }
}
