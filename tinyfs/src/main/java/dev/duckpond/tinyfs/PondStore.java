package dev.duckpond.tinyfs;

import java.time.Instant;

/**
 * Where a pond is kept: the persistence that a backend provides.
 *
 * <p>The contract of every operation is in its Javadoc here and in {@link StoreWrite}, {@link
 * Snapshot} and {@link ContentReader}; {@code StoreContract} of the test kit holds every backend to
 * it. Thread-safe. One writer at a time is the caller's duty (the steward's lock); a store still
 * answers {@link CommitOutcome.Conflict} rather than lose a write when that duty is broken.
 */
public interface PondStore extends AutoCloseable {
  PondIdentity identity();

  /** Opens the newest snapshot: it holds every transaction acknowledged before this call. */
  Snapshot latest();

  /**
   * Opens the pond as it was after {@code seq}.
   *
   * @throws PondException.NotFound when no such transaction was committed
   */
  Snapshot at(TxnSeq seq);

  /**
   * Opens the pond as it was at an instant: after the last transaction committed at or before it.
   *
   * @throws PondException.NotFound when the pond is younger
   */
  Snapshot at(Instant time);

  /**
   * Begins the write that will be transaction {@code info.seq()}; nothing is visible before its
   * commit. The caller closes it.
   */
  StoreWrite begin(TransactionInfo info);

  @Override
  void close();
}
