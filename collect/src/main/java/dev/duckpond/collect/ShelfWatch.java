package dev.duckpond.collect;

import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TxnSeq;
import java.util.HashMap;
import java.util.Map;

/**
 * Notices that another run took in logs which this one has made its plan from: what is added by a
 * plan that is out of date would be there twice.
 *
 * <p>Transactions that leave the logs alone do not matter. One thread only; for one plan.
 */
final class ShelfWatch {
  private final PondPath directory;

  /** How many bytes each log has, as this run believes. */
  private final Map<NodeId, Long> expected;

  /** What the transaction that is under way adds. */
  private final Map<NodeId, Long> adding = new HashMap<>();

  /** The newest transaction at which all was as expected. */
  private TxnSeq seen;

  private boolean isOvertaken;

  /** Expects what a tree holds. */
  ShelfWatch(PondTree tree, LogShelf shelf, PondPath directory) {
    this.directory = directory;
    this.expected = sizes(shelf);
    this.seen = tree.snapshot().txnSeq();
  }

  private static Map<NodeId, Long> sizes(LogShelf shelf) {
    Map<NodeId, Long> sizes = new HashMap<>();
    shelf.logs().forEach(log -> sizes.put(log.id(), log.sizeBytes()));
    return sizes;
  }

  /**
   * Begins a transaction; the tree is that of its draft, without changes yet.
   *
   * @throws PondException.Locked when another run changed a log
   */
  void begin(PondTree draft) {
    adding.clear();
    // The draft has the number that its transaction will have, and numbers have no gaps.
    if (!draft.snapshot().txnSeq().equals(seen.next())) {
      require(draft);
    }
  }

  /**
   * Makes sure that a state is as expected.
   *
   * @throws PondException.Locked when another run changed a log
   */
  void require(PondTree tree) {
    if (!sizes(LogShelf.read(tree, directory)).equals(expected)) {
      isOvertaken = true;
      throw new PondException.Locked(
          "the logs of '" + directory + "' are being taken in by another run",
          "they changed after this one had looked at them",
          "Run it again when that has ended; nothing was taken in twice.");
    }
  }

  /** Expects more bytes in a log, which may be new, when the transaction is committed. */
  void add(NodeId log, long sizeBytes) {
    adding.merge(log, sizeBytes, Long::sum);
  }

  /** Goes on from a transaction that was committed. */
  void committed(TxnSeq seq) {
    adding.forEach((log, sizeBytes) -> expected.merge(log, sizeBytes, Long::sum));
    seen = seq;
  }

  /** Tells whether another run changed a log. */
  boolean isOvertaken() {
    return isOvertaken;
  }
}
