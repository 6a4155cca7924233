package dev.duckpond.steward;

import dev.duckpond.oplog.ControlLog;
import dev.duckpond.oplog.ControlRow;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
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
    Snapshot snapshot = store.latest();
    Optional<TransactionInfo> interrupted = lock.findInterrupted().map(LockHolder::transaction);
    RecoveryReport.Fate fate = fate(lock, interrupted, snapshot);
    int rowsAdded;
    try (ControlLog log = ControlLog.open(layout, clock)) {
      if (fate == RecoveryReport.Fate.DISCARDED && interrupted.isPresent()) {
        log.append(ControlRow.interrupted(interrupted.get(), clock.instant()));
      }
      rowsAdded = log.rebuildFrom(snapshot);
    }
    int removed = layout.removeLeftovers();
    lock.clear();
    return new RecoveryReport(interrupted, fate, removed, rowsAdded);
  }

  private static RecoveryReport.Fate fate(
      WriteLock lock, Optional<TransactionInfo> interrupted, Snapshot snapshot) {
    if (!lock.wasInterrupted()) {
      return RecoveryReport.Fate.NONE;
    }
    boolean committed = interrupted.isPresent() && isCommitted(interrupted.get(), snapshot);
    return committed ? RecoveryReport.Fate.COMMITTED : RecoveryReport.Fate.DISCARDED;
  }

  private static boolean isCommitted(TransactionInfo info, Snapshot snapshot) {
    return snapshot.listTransactions().reversed().stream()
        .map(CommittedTransaction::info)
        .anyMatch(there -> there.id().equals(info.id()));
  }
}
