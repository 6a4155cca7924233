package dev.duckpond.oplog;

import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says how one attempt to write went.
 *
 * @param txnSeq the number it committed, or {@link TxnSeq#NONE}
 * @param args the command line with secrets already redacted
 * @param startedAt kept in microseconds
 * @param rowsWritten rows of the operation log
 * @param bytesWritten content taken in
 * @param error what the user was told, when it failed
 */
public record ControlRow(
    TxnId txnId,
    TxnSeq txnSeq,
    Outcome outcome,
    List<String> args,
    String user,
    String host,
    Instant startedAt,
    long durationMillis,
    long rowsWritten,
    long bytesWritten,
    Optional<String> error) {
  /** How an attempt ended. */
  public enum Outcome {
    /** It committed. */
    COMPLETED,
    /** It failed, and said so. */
    FAILED,
    /** It committed, but died before it could say so; a later run says it. */
    RECOVERED,
    /** It died without a commit. */
    INTERRUPTED
  }

  public ControlRow {
    args = List.copyOf(args);
    startedAt = Micros.truncate(startedAt);
  }

  /**
   * Answers the row of a transaction that committed; its duration is that from its start to its
   * commit.
   */
  public static ControlRow committed(Outcome outcome, CommittedTransaction transaction) {
    return of(
        outcome,
        transaction.info(),
        transaction.info().seq(),
        transaction.committedAt(),
        transaction.rows(),
        Optional.empty());
  }

  /** Answers the row of an attempt that ended without a commit. */
  public static ControlRow uncommitted(
      Outcome outcome, TransactionInfo info, Instant endedAt, Optional<String> error) {
    return of(outcome, info, TxnSeq.NONE, endedAt, List.of(), error);
  }

  private static ControlRow of(
      Outcome outcome,
      TransactionInfo info,
      TxnSeq seq,
      Instant endedAt,
      List<LogRow> rows,
      Optional<String> error) {
    return new ControlRow(
        info.id(),
        seq,
        outcome,
        info.args(),
        info.user(),
        info.host(),
        info.startedAt(),
        Math.max(0, Duration.between(info.startedAt(), endedAt).toMillis()),
        rows.size(),
        rows.stream().mapToLong(ControlRow::sizeBytes).sum(),
        error);
  }

  private static long sizeBytes(LogRow row) {
    return switch (row) {
      case LogRow.VersionWritten(NodeVersion version) -> version.sizeBytes();
      case LogRow.EntryPut put -> 0;
      case LogRow.EntryRemoved removed -> 0;
      case LogRow.AttributesSet set -> 0;
    };
  }
}
