package dev.duckpond.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.CommitOutcome;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondStore;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A pond of one test, with a clock that stands unless told to move, and short words for what tests
 * do. The pond holds its root and nothing else:
 *
 * <pre>
 * /            transaction 1, at {@link #START}
 * </pre>
 *
 * <p>Not thread-safe; whoever makes it closes it.
 */
public final class PondFixture implements AutoCloseable {
  /** When the first transaction is committed; microseconds, as the operation log keeps. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");

  private static final long SEED = 7;

  private final FakeClock clock = new FakeClock(START);
  private final UuidV7 ids = new UuidV7(clock, new SplittableRandom(SEED));
  private final PondIdentity identity =
      new PondIdentity(new PondId(ids.next()), "test harbour", START);
  private final NodeId root = new NodeId(ids.next());
  private final TransactionInfo first;
  private final Backend backend;
  private final Path directory;
  private final FactoryRegistry factories;
  private PondStore store;

  /** The changes of one transaction. */
  @FunctionalInterface
  public interface Change {
    /** Stages content in {@code write} and collects changes in {@code edit}. */
    void apply(TreeEdit edit, StoreWrite write) throws IOException;
  }

  /** Makes a pond in an empty directory. */
  public PondFixture(Backend backend, Path directory, FactoryRegistry factories) {
    this.backend = backend;
    this.directory = directory;
    this.factories = factories;
    this.first = info(new TxnSeq(1), "pond", "init");
    this.store = backend.create(directory, identity, first, root, clock);
  }

  /** Makes a pond in an empty directory, without factories. */
  public PondFixture(Backend backend, Path directory) {
    this(backend, directory, FactoryRegistry.EMPTY);
  }

  public PondStore store() {
    return store;
  }

  public FakeClock clock() {
    return clock;
  }

  public UuidV7 ids() {
    return ids;
  }

  /** Answers the identity that the pond was made with. */
  public PondIdentity identity() {
    return identity;
  }

  /** Answers the node that the pond was made with as its root. */
  public NodeId root() {
    return root;
  }

  /** Answers the transaction that the pond was made with. */
  public TransactionInfo first() {
    return first;
  }

  /** Opens the newest state. */
  public Snapshot snapshot() {
    return store.latest();
  }

  /** Opens the newest state by paths. */
  public PondTree tree() {
    return new PondTree(store.latest(), factories);
  }

  /** Opens the state after a transaction by paths. */
  public PondTree tree(TxnSeq seq) {
    return new PondTree(store.at(seq), factories);
  }

  /** Answers the transaction that comes next, as a writer would announce it. */
  public TransactionInfo nextInfo(String... args) {
    return info(store.latest().txnSeq().next(), args);
  }

  /** Answers a transaction of a number. */
  public TransactionInfo info(TxnSeq seq, String... args) {
    return new TransactionInfo(
        seq, new TxnId(ids.next()), List.of(args), "ada", "station-1", clock.peek());
  }

  /** Begins the edit of the transaction that comes next. */
  public TreeEdit edit() {
    Snapshot base = store.latest();
    return new TreeEdit(base, factories, ids, base.txnSeq().next(), clock.peek());
  }

  /** Commits one transaction, which must succeed, and moves the clock on by a second before it. */
  public CommittedTransaction commit(Change change) {
    clock.advance(Duration.ofSeconds(1));
    try (StoreWrite write = store.begin(nextInfo("pond", "test"))) {
      TreeEdit edit = edit();
      change.apply(edit, write);
      return requireCommitted(write.commit(edit.rows()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits rows as they are, which must succeed. */
  public CommittedTransaction commitRows(List<LogRow> rows) {
    clock.advance(Duration.ofSeconds(1));
    try (StoreWrite write = store.begin(nextInfo("pond", "test"))) {
      return requireCommitted(write.commit(rows));
    }
  }

  /** Commits an empty directory. */
  public CommittedTransaction makeDirectory(String path) {
    return commit((edit, write) -> edit.makeDirectory(PondPath.of(path)));
  }

  /** Answers the transaction of an outcome that must be a success. */
  public static CommittedTransaction requireCommitted(CommitOutcome outcome) {
    assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    return ((CommitOutcome.Committed) outcome).transaction();
  }

  /** Answers the bytes of a version, through the stream. */
  public static byte[] bytes(Snapshot snapshot, NodeVersion version) {
    try (InputStream in = snapshot.contents().open(version)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers the newest content of a file as text. */
  public String text(String path) {
    PondTree tree = tree();
    NodeVersion version = tree.require(PondPath.of(path)).findVersion().orElseThrow();
    return new String(bytes(tree.snapshot(), version), StandardCharsets.UTF_8);
  }

  /** Closes the pond and opens it again. */
  public void reopen() {
    store = backend.reopen(store, directory, clock);
  }

  @Override
  public void close() {
    store.close();
  }
}
