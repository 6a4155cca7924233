package dev.duckpond.oplog;

import dev.duckpond.tinyfs.History;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondStore;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps a pond in a directory: the operation log as a Delta table, large contents as blobs.
 *
 * <p>A commit is durable and visible at one instant, the publication of a Delta commit file.
 * Opening costs what is new since the last index journal; neither the SQL engine nor Delta Kernel
 * starts before something is written or a content is read. Thread-safe. Formats are in {@code
 * docs/format/}.
 */
public final class OplogStore implements PondStore {
  private final LogEngine engine;
  private final LogIndex index;
  private final BlobStore blobs;
  private final InlineFiles inline;
  private final StoredContents contents;

  private final InstantSource clock;

  private OplogStore(LogEngine engine, LogIndex index, InstantSource clock) {
    this.engine = engine;
    this.index = index;
    this.clock = clock;

    this.inline = new InlineFiles(engine, index);
    this.blobs = new BlobStore(engine.layout().blobs(), engine.checkedFiles(), this::findPlace);
    this.contents = new StoredContents(blobs, inline);
  }

  /**
   * Makes a pond whose transaction 1 holds the root directory {@code root}, and opens it; the
   * caller closes it.
   *
   * <p>A crash leaves no pond, or the whole one; after the former this may be called again.
   *
   * @throws PondException.Conflict when a pond or somebody else's files are there
   */
  public static OplogStore create(
      PondLayout layout,
      PondIdentity identity,
      TransactionInfo first,
      NodeId root,
      InstantSource clock) {
    LogEngine engine = new LogEngine(layout);
    boolean isDone = false;
    try {
      OplogStore store =
          new OplogStore(engine, new Founding(engine).found(identity, first, root, clock), clock);
      isDone = true;
      return store;
    } catch (IOException e) {
      throw Trouble.of("no pond can be made in " + layout.root(), e);
    } finally {
      if (!isDone) {
        engine.close();
      }
    }
  }

  /**
   * Opens the pond in a directory; the caller closes it. A directory without write permission will
   * do for reading.
   *
   * @throws PondException.NotFound when there is no pond
   * @throws PondException.Corrupt when its log is damaged
   */
  public static OplogStore open(PondLayout layout, InstantSource clock) {
    LogEngine engine = new LogEngine(layout);
    boolean isDone = false;
    try {
      if (!layout.isPond()) {
        throw new PondException.NotFound(
            "there is no pond in " + layout.root(), "", "Make one with 'pond init'.");
      }
      OplogStore store = new OplogStore(engine, LogIndex.open(layout, engine), clock);
      isDone = true;
      return store;
    } catch (IOException e) {
      throw Trouble.ofReading("the pond in " + layout.root() + " cannot be opened", e);
    } finally {
      if (!isDone) {
        engine.close();
      }
    }
  }

  @Override
  public PondIdentity identity() {
    return index.identity();
  }

  @Override
  public Snapshot latest() {
    refresh();
    History history = index.history();
    return history.at(history.last(), identity(), contents);
  }

  @Override
  public Snapshot at(TxnSeq seq) {
    refresh();
    return index.history().at(seq, identity(), contents);
  }

  @Override
  public Snapshot at(Instant time) {
    refresh();
    History history = index.history();
    return history.at(history.requireAt(time), identity(), contents);
  }

  private Optional<PondPath> findPlace(NodeId node) {
    History history = index.history();
    return NodePlaces.find(history.at(history.last(), identity(), contents), node);
  }

  private void refresh() {
    try {
      index.refresh();
    } catch (IOException e) {
      throw Trouble.ofReading("the operation log cannot be read", e);
    }
  }

  @Override
  public StoreWrite begin(TransactionInfo info) {
    try {
      if (!Files.isWritable(engine.layout().data())) {
        throw new AccessDeniedException(engine.layout().data().toString());
      }
      return new OplogWrite(info, engine, index, blobs, clock);
    } catch (IOException e) {
      throw Trouble.of("transaction " + info.seq() + " cannot begin", e);
    }
  }

  /**
   * Makes sure that every transaction of this pond survives a crash of the machine. For a writer
   * who holds the lock.
   *
   * @throws IOException when the machine does not confirm it
   */
  public void confirm() throws IOException {
    index.confirm();
  }

  /**
   * Removes unfinished files that killed processes left beside finished ones, and answers how many.
   * For a writer who holds the lock, before it writes.
   *
   * @param lockedAt when it took the lock; what is younger stays
   */
  public int discardUnfinished(Instant lockedAt) {
    return UnfinishedFiles.discard(engine.layout(), lockedAt);
  }

  /** Answers what reading the log has cost so far. */
  public ReadCost readCost() {
    return new ReadCost(
        index.versionsRead(), inline.cacheHits() + (index.isStartedFromJournal() ? 1 : 0));
  }

  /** Answers the audit of this pond's transactions; it closes with this store. */
  public ControlLog controlLog() {
    return new ControlLog(engine, index.identity().id(), clock);
  }

  /**
   * Answers this process's directory in {@code tmp/}, for staging and spill; made at the first
   * call, gone when the store closes.
   */
  public Path runDirectory() {
    return engine.runDirectory();
  }

  @Override
  public void close() {
    engine.close();
  }
}
