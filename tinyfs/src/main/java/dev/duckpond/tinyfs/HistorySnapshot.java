package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The prefix of a {@link History} up to one transaction. */
record HistorySnapshot(
    History history, PondIdentity identity, TxnSeq txnSeq, ContentReader contents)
    implements Snapshot {
  @Override
  public Instant committedAt() {
    return history.transaction(txnSeq).committedAt();
  }

  @Override
  public DirectoryEntry root() {
    return history.root();
  }

  @Override
  public Optional<DirectoryEntry> findEntry(NodeId directory, EntryName name) {
    return history.findEntry(directory, name, txnSeq);
  }

  @Override
  public List<DirectoryEntry> listEntries(NodeId directory) {
    return history.listEntries(directory, txnSeq);
  }

  @Override
  public Optional<NodeVersion> findVersion(NodeId node) {
    return history.findVersion(node, txnSeq);
  }

  @Override
  public List<NodeVersion> listVersions(NodeId node) {
    return history.listVersions(node, txnSeq);
  }

  @Override
  public Optional<NodeAttributes> findAttributes(NodeId node) {
    return history.findAttributes(node, txnSeq);
  }

  @Override
  public List<CommittedTransaction> listTransactions() {
    return history.transactionsTo(txnSeq);
  }
}
