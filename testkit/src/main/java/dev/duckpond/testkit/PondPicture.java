package dev.duckpond.testkit;

import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnSeq;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that a snapshot answers, as a value: two snapshots of one state have equal pictures. Content
 * is represented by its hash, computed anew.
 */
public record PondPicture(
    PondIdentity identity,
    TxnSeq txnSeq,
    Instant committedAt,
    DirectoryEntry root,
    Map<PondPath, Item> items,
    List<Committed> transactions) {
  /** One entry with its versions, and the hash of each one's bytes. */
  public record Item(DirectoryEntry entry, List<NodeVersion> versions, List<Integer> contents) {}

  /** One transaction; its rows have no order. */
  public record Committed(TransactionInfo info, Instant committedAt, Set<LogRow> rows) {}

  /** Takes the picture of a snapshot. */
  public static PondPicture of(Snapshot snapshot) {
    Map<PondPath, Item> items = new TreeMap<>();
    collect(snapshot, snapshot.root(), PondPath.ROOT, items);
    return new PondPicture(
        snapshot.identity(),
        snapshot.txnSeq(),
        snapshot.committedAt(),
        snapshot.root(),
        items,
        snapshot.listTransactions().stream()
            .map(transaction ->
                new Committed(
                    transaction.info(), transaction.committedAt(), Set.copyOf(transaction.rows())))
            .toList());
  }

  private static void collect(
      Snapshot snapshot, DirectoryEntry directory, PondPath path, Map<PondPath, Item> items) {
    for (DirectoryEntry entry : snapshot.listEntries(directory.node())) {
      PondPath child = path.child(entry.name());
      List<NodeVersion> versions = snapshot.listVersions(entry.node());
      List<Integer> contents =
          versions.stream()
              .map(version -> Arrays.hashCode(PondFixture.bytes(snapshot, version)))
              .toList();
      items.put(child, new Item(entry, versions, contents));
      collect(snapshot, entry, child, items);
    }
  }
}
