package dev.duckpond.tinyfs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A snapshot with the uncommitted changes of one transaction laid over it. Not thread-safe: one
 * transaction, one thread.
 */
final class PendingChanges implements Snapshot {
  private final Snapshot base;
  private final Instant now;
  private final TxnSeq seq;
  private final Map<NodeId, NavigableMap<EntryName, Optional<DirectoryEntry>>> entries =
      new LinkedHashMap<>();
  private final Map<NodeId, List<NodeVersion>> versions = new LinkedHashMap<>();
  private final Map<NodeId, NodeAttributes> attributes = new LinkedHashMap<>();
  private final Set<NodeId> created = new HashSet<>();

  /** Configurations of this transaction, which the store cannot open yet. */
  private final Map<ContentHash, byte[]> configs = new HashMap<>();

  PendingChanges(Snapshot base, TxnSeq seq, Instant now) {
    this.base = base;
    this.seq = seq;
    this.now = now;
  }

  void put(DirectoryEntry entry) {
    entries
        .computeIfAbsent(entry.parent(), parent -> new TreeMap<>())
        .put(entry.name(), Optional.of(entry));
  }

  void markCreated(NodeId node) {
    created.add(node);
  }

  void remove(DirectoryEntry entry) {
    entries
        .computeIfAbsent(entry.parent(), parent -> new TreeMap<>())
        .put(entry.name(), Optional.empty());
  }

  void add(NodeVersion version) {
    versions.computeIfAbsent(version.node(), node -> new ArrayList<>(1)).add(version);
  }

  void set(NodeAttributes all) {
    attributes.put(all.node(), all);
  }

  void addConfig(ContentHash hash, byte[] text) {
    configs.put(hash, text.clone());
  }

  /** Lists what differs from the base; a node that came and went within leaves nothing. */
  List<LogRow> rows() {
    List<LogRow> rows = new ArrayList<>();
    Set<NodeId> named = new HashSet<>();
    entries.forEach((directory, names) ->
        names.forEach((name, now) -> {
          Optional<DirectoryEntry> before = base.findEntry(directory, name);
          now.ifPresent(entry -> named.add(entry.node()));
          if (now.isPresent() && !now.equals(before)) {
            rows.add(new LogRow.EntryPut(now.get()));
          } else if (now.isEmpty() && before.isPresent()) {
            rows.add(new LogRow.EntryRemoved(before.get()));
          }
        }));
    versions.forEach((node, written) -> {
      if (!created.contains(node) || named.contains(node)) {
        written.forEach(version -> rows.add(new LogRow.VersionWritten(version)));
      }
    });
    attributes.forEach((node, now) -> {
      boolean isSame = values(base.findAttributes(node)).equals(now.values());
      if (!isSame && (!created.contains(node) || named.contains(node))) {
        rows.add(new LogRow.AttributesSet(now));
      }
    });
    return rows;
  }

  @Override
  public PondIdentity identity() {
    return base.identity();
  }

  @Override
  public TxnSeq txnSeq() {
    return seq;
  }

  @Override
  public Instant committedAt() {
    return now;
  }

  @Override
  public DirectoryEntry root() {
    return base.root();
  }

  @Override
  public Optional<DirectoryEntry> findEntry(NodeId directory, EntryName name) {
    Map<EntryName, Optional<DirectoryEntry>> changed = entries.get(directory);
    Optional<DirectoryEntry> now = changed == null ? null : changed.get(name);
    return now == null ? base.findEntry(directory, name) : now;
  }

  @Override
  public List<DirectoryEntry> listEntries(NodeId directory) {
    Map<EntryName, Optional<DirectoryEntry>> changed = entries.get(directory);
    if (changed == null) {
      return base.listEntries(directory);
    }
    NavigableMap<EntryName, DirectoryEntry> merged = new TreeMap<>();
    base.listEntries(directory).forEach(entry -> merged.put(entry.name(), entry));
    changed.forEach((name, now) ->
        now.ifPresentOrElse(entry -> merged.put(name, entry), () -> merged.remove(name)));
    return List.copyOf(merged.values());
  }

  @Override
  public Optional<NodeVersion> findVersion(NodeId node) {
    List<NodeVersion> written = versions.get(node);
    return written == null ? base.findVersion(node) : Optional.of(written.getLast());
  }

  @Override
  public List<NodeVersion> listVersions(NodeId node) {
    List<NodeVersion> all = new ArrayList<>(base.listVersions(node));
    for (NodeVersion written : versions.getOrDefault(node, List.of())) {
      all.removeIf(old -> old.version().compareTo(written.coversFrom()) >= 0);
      all.add(written);
    }
    return List.copyOf(all);
  }

  @Override
  public Optional<NodeAttributes> findAttributes(NodeId node) {
    return Optional.ofNullable(attributes.get(node)).or(() -> base.findAttributes(node));
  }

  private static Map<String, String> values(Optional<NodeAttributes> attributes) {
    return attributes.map(NodeAttributes::values).orElse(Map.of());
  }

  @Override
  public List<CommittedTransaction> listTransactions() {
    return base.listTransactions();
  }

  @Override
  public ContentReader contents() {
    ContentReader stored = base.contents();
    return configs.isEmpty() ? stored : new WithConfigs(stored, configs);
  }

  /** Opens configurations that are not stored yet, and everything else from the store. */
  private record WithConfigs(ContentReader stored, Map<ContentHash, byte[]> configs)
      implements ContentReader {
    @Override
    public InputStream open(NodeVersion version) {
      byte[] text = configs.get(version.hash());
      return text == null ? stored.open(version) : new ByteArrayInputStream(text);
    }

    @Override
    public List<Path> files(List<NodeVersion> versions) {
      return stored.files(versions);
    }
  }
}
