package dev.duckpond.steward;

import dev.duckpond.tinyfs.TransactionInfo;
import java.util.List;
import java.util.Optional;

/**
 * What a recovery found and did.
 *
 * @param interrupted the transaction whose process ended before it was through
 * @param fate what became of it
 * @param leftoversRemoved temporary directories and files of dead processes that were taken away
 * @param auditRowsAdded committed transactions that the audit log had missed
 * @param troubles what could not be taken away, and why
 */
public record RecoveryReport(
    Optional<TransactionInfo> interrupted,
    Fate fate,
    int leftoversRemoved,
    int auditRowsAdded,
    List<String> troubles) {
  public RecoveryReport {
    troubles = List.copyOf(troubles);
  }

  /** What became of an interrupted transaction. */
  public enum Fate {
    /** Nothing was interrupted. */
    NONE,
    /** It had committed: everything it wrote is there. */
    COMMITTED,
    /** It had not committed: the pond is as it was before. */
    DISCARDED
  }

  /** Tells whether there was anything to do. */
  public boolean foundAnything() {
    return fate != Fate.NONE || leftoversRemoved > 0 || auditRowsAdded > 0;
  }
}
