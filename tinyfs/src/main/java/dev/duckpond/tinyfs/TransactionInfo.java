package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.List;

/**
 * Says who writes and why, before anything is written.
 *
 * @param seq the number the transaction takes when it commits
 * @param args the command line with secrets already redacted
 * @param startedAt from the clock of the writer
 */
public record TransactionInfo(
    TxnSeq seq, TxnId id, List<String> args, String user, String host, Instant startedAt) {
  public TransactionInfo {
    args = List.copyOf(args);
    if (seq.equals(TxnSeq.NONE)) {
      throw new IllegalArgumentException("the first transaction is number 1");
    }
  }
}
