package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The pond as it was after one transaction. Never changes, never blocks and is not blocked by a
 * writer. Thread-safe.
 */
public interface Snapshot {
  PondIdentity identity();

  /** Answers the last transaction that this snapshot holds. */
  TxnSeq txnSeq();

  /** Answers when that transaction was committed, by the clock of its writer. */
  Instant committedAt();

  /** Answers the entry of the root directory, which is its own parent. */
  DirectoryEntry root();

  Optional<DirectoryEntry> findEntry(NodeId directory, EntryName name);

  /** Lists the entries of a directory, sorted by name; an unknown directory has none. */
  List<DirectoryEntry> listEntries(NodeId directory);

  /** Finds the newest version of a node. */
  Optional<NodeVersion> findVersion(NodeId node);

  /**
   * Lists the versions of a node, oldest first, that together hold its history: versions that a
   * later one covers (see {@link NodeVersion#coversFrom}) are left out.
   */
  List<NodeVersion> listVersions(NodeId node);

  /** Finds what a user has said about a node; empty when nobody ever did. */
  Optional<NodeAttributes> findAttributes(NodeId node);

  /** Lists the transactions up to this snapshot, oldest first. */
  List<CommittedTransaction> listTransactions();

  ContentReader contents();
}
