package dev.duckpond.steward;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.oplog.RunDirectory;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.TransactionInfo;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Finishes what a crash left, under the write lock. Doing it twice does no more than once. */
final class Recovery {
  private final PondLayout layout;
  private final OplogStore store;
  private final InstantSource clock;

  Recovery(PondLayout layout, OplogStore store, InstantSource clock) {
    this.layout = layout;
    this.store = store;
    this.clock = clock;
  }

  RecoveryReport run(WriteLock lock) throws IOException {
    // First, since it may make the room on the disk that the rest needs.
    int removed = RunDirectory.discardLeftovers(layout).size();
    Snapshot snapshot = store.latest();
    Optional<TransactionInfo> interrupted = lock.findInterrupted().map(LockHolder::transaction);
    Optional<CommittedTransaction> committed =
        interrupted.flatMap(info -> findCommitted(info, snapshot));
    RecoveryReport.Fate fate = RecoveryReport.Fate.NONE;
    if (committed.isPresent()) {
      fate = RecoveryReport.Fate.COMMITTED;
      recordRecovered(committed.get());
    } else if (lock.wasInterrupted()) {
      fate = RecoveryReport.Fate.DISCARDED;
      interrupted.ifPresent(this::recordInterrupted);
    }
    int rowsAdded = store.controlLog().rebuildFrom(snapshot);
    lock.clear();
    return new RecoveryReport(interrupted, fate, removed, rowsAdded);
  }

  private void recordRecovered(CommittedTransaction transaction) {
    // The crash may also have come between the audit row and the end of the lock's text.
    boolean recorded =
        store.controlLog().list().stream()
            .anyMatch(row -> row.txnSeq().equals(transaction.info().seq()));
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
