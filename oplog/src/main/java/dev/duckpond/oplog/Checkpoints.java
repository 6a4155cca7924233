package dev.duckpond.oplog;

import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/**
 * Says when a Delta table gets a checkpoint.
 *
 * <p>A checkpoint only shortens a cold open: one that fails is tried again later and fails nothing.
 */
final class Checkpoints {
  /** Commits between checkpoints; below about a thousand commits they do not pay. */
  static final int INTERVAL_COMMITS = 500;

  void afterCommit(DeltaTable table, long version) {
    if (version == 0 || version % INTERVAL_COMMITS != 0) {
      return;
    }
    try {
      table.checkpoint();
    } catch (IOException | KernelException | KernelEngineException e) {
      LoggerFactory.getLogger(Checkpoints.class)
          .warn("No checkpoint of {} at commit {}", table.directory(), version, e);
    }
  }
}
