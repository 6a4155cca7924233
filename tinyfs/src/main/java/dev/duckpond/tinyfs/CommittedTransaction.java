package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.List;

/** One committed transaction: who, when, and its rows of the operation log. */
public record CommittedTransaction(TransactionInfo info, Instant committedAt, List<LogRow> rows) {
  public CommittedTransaction {
    rows = List.copyOf(rows);
  }
}
