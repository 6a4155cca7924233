package dev.duckpond.tinyfs;

/** Says how a commit ended. */
public sealed interface CommitOutcome {
  /** The transaction is durable and visible to every snapshot opened from now on. */
  record Committed(CommittedTransaction transaction) implements CommitOutcome {}

  /** Somebody else took the number first; nothing of this transaction is visible. */
  record Conflict(TxnSeq latest) implements CommitOutcome {}

  /**
   * The machine failed in the act: the transaction may or may not be there. Never retried blindly
   * and never cleaned up; the next open of the pond knows.
   */
  record Unknown(Exception cause) implements CommitOutcome {}
}
