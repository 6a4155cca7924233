package dev.duckpond.cli;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.tinyfs.Change;
import dev.duckpond.tinyfs.ChangeHistory;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Tells the transactions of a pond from its operation log and, for what failed, its control log.
 */
final class Transactions {
  private Transactions() {}

  /**
   * Lists all of them, newest first: the committed ones by their numbers, whatever the clocks said,
   * and those that were not where their start puts them.
   */
  static List<ToldTransaction> list(OpenPond pond, PondTree tree) {
    Deque<ToldTransaction> committed = committed(tree);
    List<ToldTransaction> all = new ArrayList<>();
    for (ControlRow row : pond.steward().audit()) {
      if (!TransactionText.isCommitted(row)) {
        while (!committed.isEmpty()
            && !committed.peek().row().startedAt().isBefore(row.startedAt())) {
          all.add(committed.pop());
        }
        all.add(new ToldTransaction(OptionalLong.empty(), row, List.of()));
      }
    }
    all.addAll(committed);
    return all;
  }

  /** Answers the committed ones, the newest on top. */
  private static Deque<ToldTransaction> committed(PondTree tree) {
    Deque<ToldTransaction> committed = new ArrayDeque<>();
    ChangeHistory history = new ChangeHistory();
    for (CommittedTransaction transaction : tree.snapshot().listTransactions()) {
      List<Change> changes = history.next(transaction);
      OptionalLong seq = OptionalLong.of(transaction.info().seq().number());
      ControlRow row = ControlRow.committed(ControlRow.Outcome.COMPLETED, transaction);
      committed.push(new ToldTransaction(seq, row, changes));
    }
    return committed;
  }
}
