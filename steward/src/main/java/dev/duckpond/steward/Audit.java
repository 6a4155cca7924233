package dev.duckpond.steward;

import dev.duckpond.oplog.ControlLog;
import dev.duckpond.oplog.ControlRow;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.TransactionInfo;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how one transaction ended in the audit log.
 *
 * <p>A row that cannot be written is no reason to fail what has been committed: it is reported, and
 * recovery adds it later from the operation log.
 */
final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  private final ControlLog log;
  private final InstantSource clock;
  private final Redaction redaction;

  Audit(ControlLog log, InstantSource clock, Redaction redaction) {
    this.log = log;
    this.clock = clock;
    this.redaction = redaction;
  }

  /** Records a commit; answers whether that worked. */
  boolean completed(CommittedTransaction transaction) {
    return append(ControlRow.committed(ControlRow.Outcome.COMPLETED, transaction));
  }

  /** Records a failure; answers whether that worked. */
  boolean failed(TransactionInfo info, Throwable error) {
    String text = redaction.clean(String.valueOf(error.getMessage()));
    return append(
        ControlRow.uncommitted(
            ControlRow.Outcome.FAILED, info, clock.instant(), Optional.of(text)));
  }

  private boolean append(ControlRow row) {
    try {
      log.append(row);
      return true;
    } catch (RuntimeException e) {
      // Of any kind: nothing that goes wrong here is a reason to fail what is committed.
      LOG.warn("the audit log misses a row that recovery will add: {}", e.getMessage());
      return false;
    }
  }
}
