package dev.duckpond.tinyfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pond in memory, for tests and for work that need not last. Files of content, where somebody
 * asks for them, go to a scratch directory that the caller owns. Thread-safe.
 */
public final class MemoryStore implements PondStore {
  private final PondIdentity identity;
  private final InstantSource clock;
  private final Path scratch;
  private final History history = new History();
  private final Map<ContentHash, byte[]> contents = new ConcurrentHashMap<>();

  private MemoryStore(PondIdentity identity, InstantSource clock, Path scratch) {
    this.identity = identity;
    this.clock = clock;
    this.scratch = scratch;
  }

  /** Makes an empty pond; {@code first} is its first transaction, which holds the root. */
  public static MemoryStore create(
      PondIdentity identity,
      TransactionInfo first,
      NodeId root,
      InstantSource clock,
      Path scratch) {
    MemoryStore store = new MemoryStore(identity, clock, scratch);
    LogRow row = new LogRow.EntryPut(DirectoryEntry.root(root, identity.id()));
    store.history.add(new CommittedTransaction(first, clock.instant(), List.of(row)));
    return store;
  }

  @Override
  public PondIdentity identity() {
    return identity;
  }

  @Override
  public Snapshot latest() {
    return at(history.last());
  }

  @Override
  public Snapshot at(TxnSeq seq) {
    return history.at(seq, identity, new Contents());
  }

  @Override
  public Snapshot at(Instant time) {
    return at(history.requireAt(time));
  }

  @Override
  public StoreWrite begin(TransactionInfo info) {
    return new Write(info);
  }

  @Override
  public void close() {}

  private final class Write implements StoreWrite {
    private final TransactionInfo info;
    private volatile boolean done;

    Write(TransactionInfo info) {
      this.info = info;
    }

    @Override
    public StagedContent stage(InputStream content, EntryType type) throws IOException {
      requireOpen();
      byte[] bytes = content.readAllBytes();
      ContentHash hash = ContentHash.of(bytes);
      contents.put(hash, bytes);
      return new StagedContent(hash, bytes.length, Placement.INLINE);
    }

    @Override
    public CommitOutcome commit(List<LogRow> rows) {
      requireOpen();
      done = true;
      synchronized (history) {
        if (!info.seq().equals(history.last().next())) {
          return new CommitOutcome.Conflict(history.last());
        }
        CommittedTransaction transaction = new CommittedTransaction(info, clock.instant(), rows);
        history.add(transaction);
        return new CommitOutcome.Committed(transaction);
      }
    }

    @Override
    public void close() {
      done = true;
    }

    private void requireOpen() {
      if (done) {
        throw new IllegalStateException("this write has ended");
      }
    }
  }

  private final class Contents implements ContentReader {
    @Override
    public InputStream open(NodeVersion version) {
      return new ByteArrayInputStream(require(version));
    }

    @Override
    public List<Path> files(List<NodeVersion> versions) {
      return versions.stream().map(this::file).toList();
    }

    private Path file(NodeVersion version) {
      String ending = version.type().isRelation() ? ".parquet" : "";
      Path file = scratch.resolve(version.hash().hex() + ending);
      try {
        if (!Files.exists(file)) {
          Path part = Files.createTempFile(scratch, "content", ".part");
          Files.write(part, require(version));
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
      } catch (IOException e) {
        throw new PondException.Failed(
            "'" + file + "' cannot be written",
            String.valueOf(e.getMessage()),
            "Choose a scratch directory that can be written.",
            e);
      }
      return file;
    }

    private byte[] require(NodeVersion version) {
      if (version.sizeBytes() == 0) {
        return new byte[0];
      }
      byte[] bytes = contents.get(version.hash());
      if (bytes == null) {
        throw new PondException.Corrupt(
            "the content " + version.hash() + " is missing", "", "Restore it from a backup.");
      }
      return bytes;
    }
  }
}
