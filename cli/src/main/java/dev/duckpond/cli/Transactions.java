package dev.duckpond.cli;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.tinyfs.Change;
import dev.duckpond.tinyfs.ChangeHistory;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Tells the transactions of a pond from its operation log and, for what failed, its control log.
 */
final class Transactions {
  private Transactions() {}

  /** Lists all of them, newest first: the committed ones, and those that were not. */
  static List<ToldTransaction> list(OpenPond pond, PondTree tree) {
    List<ToldTransaction> all = new ArrayList<>();
    ChangeHistory history = new ChangeHistory();
    for (CommittedTransaction transaction : tree.snapshot().listTransactions()) {
      List<Change> changes = history.next(transaction);
      OptionalLong seq = OptionalLong.of(transaction.info().seq().number());
      ControlRow row = ControlRow.committed(ControlRow.Outcome.COMPLETED, transaction);
      all.add(new ToldTransaction(seq, row, changes));
    }
    for (ControlRow row : pond.steward().audit()) {
      if (!TransactionText.isCommitted(row)) {
        all.add(new ToldTransaction(OptionalLong.empty(), row, List.of()));
      }
    }
    all.sort(
        Comparator.comparing((ToldTransaction told) -> told.row().startedAt())
            .thenComparing(told -> told.row().txnId())
            .reversed());
    return all;
  }
}
