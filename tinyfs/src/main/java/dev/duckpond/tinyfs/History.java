package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that ever happened in a pond, indexed, so that each past state is a view and not a
 * copy.
 *
 * <p>Transactions are added in order; a snapshot taken at a number sees the prefix up to it,
 * whatever is added later. Looking up costs a hash and a short search. Thread-safe: one monitor
 * guards all of it, held for a look-up at a time.
 */
public final class History {
  private final List<CommittedTransaction> transactions = new ArrayList<>();
  private final Map<NodeId, NavigableMap<EntryName, List<Change>>> directories = new HashMap<>();
  private final Map<NodeId, Versions> versions = new HashMap<>();
  private final Map<NodeId, List<NodeAttributes>> attributes = new HashMap<>();
  private Optional<DirectoryEntry> root = Optional.empty();

  /** What a name meant from a transaction on; empty when it was removed. */
  private record Change(TxnSeq since, Optional<DirectoryEntry> entry) {}

  /**
   * Adds the next transaction.
   *
   * @throws IllegalArgumentException when its number does not follow the last one
   */
  public synchronized void add(CommittedTransaction transaction) {
    TxnSeq seq = transaction.info().seq();
    if (!seq.equals(last().next())) {
      throw new IllegalArgumentException("transaction " + seq + " does not follow " + last());
    }
    for (LogRow row : transaction.rows()) {
      switch (row) {
        case LogRow.EntryPut put -> addPut(seq, put.entry());
        case LogRow.EntryRemoved removed -> addChange(seq, removed.entry(), Optional.empty());
        case LogRow.VersionWritten written ->
            versions
                .computeIfAbsent(written.version().node(), node -> new Versions())
                .add(written.version());
        case LogRow.AttributesSet(NodeAttributes set) ->
            attributes.computeIfAbsent(set.node(), node -> new ArrayList<>(1)).add(set);
      }
    }
    transactions.add(transaction);
  }

  /** Answers the newest transaction's number, or {@link TxnSeq#NONE}. */
  public synchronized TxnSeq last() {
    return transactions.isEmpty() ? TxnSeq.NONE : transactions.getLast().info().seq();
  }

  /**
   * Answers the last transaction committed at or before an instant.
   *
   * @throws PondException.NotFound when there is none
   */
  public synchronized TxnSeq requireAt(Instant time) {
    for (int i = transactions.size() - 1; i >= 0; i--) {
      if (!transactions.get(i).committedAt().isAfter(time)) {
        return transactions.get(i).info().seq();
      }
    }
    throw new PondException.NotFound(
        "there is nothing as of " + time,
        "the pond is younger",
        "Run 'pond log' to see its transactions.");
  }

  /**
   * Opens the state after transaction {@code seq}.
   *
   * @throws PondException.NotFound when the history does not hold it
   */
  public Snapshot at(TxnSeq seq, PondIdentity identity, ContentReader contents) {
    TxnSeq last = last();
    if (seq.equals(TxnSeq.NONE) || seq.compareTo(last) > 0) {
      throw new PondException.NotFound(
          "there is no transaction " + seq,
          "the pond holds transactions 1 to " + last,
          "Run 'pond log' to see them.");
    }
    return new HistorySnapshot(this, identity, seq, contents);
  }

  private void addPut(TxnSeq seq, DirectoryEntry entry) {
    if (entry.isRoot()) {
      root = Optional.of(entry);
    } else {
      addChange(seq, entry, Optional.of(entry));
    }
  }

  private void addChange(TxnSeq seq, DirectoryEntry entry, Optional<DirectoryEntry> now) {
    directories
        .computeIfAbsent(entry.parent(), parent -> new TreeMap<>())
        .computeIfAbsent(entry.name(), name -> new ArrayList<>(1))
        .add(new Change(seq, now));
  }

  synchronized DirectoryEntry root() {
    return root.orElseThrow(() -> new IllegalStateException("the history has no root entry"));
  }

  synchronized CommittedTransaction transaction(TxnSeq seq) {
    return transactions.get(Math.toIntExact(seq.number() - 1));
  }

  synchronized List<CommittedTransaction> transactionsTo(TxnSeq seq) {
    return List.copyOf(transactions.subList(0, Math.toIntExact(seq.number())));
  }

  synchronized Optional<DirectoryEntry> findEntry(NodeId directory, EntryName name, TxnSeq seq) {
    NavigableMap<EntryName, List<Change>> entries = directories.get(directory);
    List<Change> changes = entries == null ? null : entries.get(name);
    return changes == null ? Optional.empty() : asOf(changes, seq);
  }

  synchronized List<DirectoryEntry> listEntries(NodeId directory, TxnSeq seq) {
    NavigableMap<EntryName, List<Change>> entries = directories.get(directory);
    if (entries == null) {
      return List.of();
    }
    List<DirectoryEntry> out = new ArrayList<>(entries.size());
    for (List<Change> changes : entries.values()) {
      asOf(changes, seq).ifPresent(out::add);
    }
    return out;
  }

  synchronized Optional<NodeVersion> findVersion(NodeId node, TxnSeq seq) {
    Versions all = versions.get(node);
    return all == null ? Optional.empty() : all.findNewest(seq);
  }

  synchronized List<NodeVersion> listVersions(NodeId node, TxnSeq seq) {
    Versions all = versions.get(node);
    if (all == null) {
      return List.of();
    }
    TreeMap<Version, NodeVersion> kept = new TreeMap<>();
    for (NodeVersion version : all.upTo(seq)) {
      kept.subMap(version.coversFrom(), true, version.version(), true).clear();
      kept.put(version.version(), version);
    }
    return List.copyOf(kept.values());
  }

  synchronized Optional<NodeAttributes> findAttributes(NodeId node, TxnSeq seq) {
    return attributes.getOrDefault(node, List.of()).reversed().stream()
        .filter(set -> set.txnSeq().compareTo(seq) <= 0)
        .findFirst();
  }

  /** The versions of one node in the order they were written. */
  private static final class Versions {
    private final List<NodeVersion> written = new ArrayList<>(1);
    // The highest number so far beside each version; only where that is not the version itself, as
    // when compaction has written an old number again.
    private List<NodeVersion> highest = List.of();

    void add(NodeVersion version) {
      NodeVersion before = written.isEmpty() ? version : highestTo(written.size() - 1);
      boolean isHighest = version.version().compareTo(before.version()) >= 0;
      if (highest.isEmpty() && !isHighest) {
        highest = new ArrayList<>(written);
      }
      if (!highest.isEmpty()) {
        highest.add(isHighest ? version : before);
      }
      written.add(version);
    }

    private NodeVersion highestTo(int index) {
      return highest.isEmpty() ? written.get(index) : highest.get(index);
    }

    Optional<NodeVersion> findNewest(TxnSeq seq) {
      int count = count(seq);
      return count == 0 ? Optional.empty() : Optional.of(highestTo(count - 1));
    }

    List<NodeVersion> upTo(TxnSeq seq) {
      return written.subList(0, count(seq));
    }

    /** Counts the versions up to a transaction, by halves. */
    private int count(TxnSeq seq) {
      int low = 0;
      int high = written.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (written.get(middle).txnSeq().compareTo(seq) <= 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  private static Optional<DirectoryEntry> asOf(List<Change> changes, TxnSeq seq) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      if (changes.get(i).since().compareTo(seq) <= 0) {
        return changes.get(i).entry();
      }
    }
    return Optional.empty();
  }
}
