package dev.duckpond.oplog;

import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
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
}
