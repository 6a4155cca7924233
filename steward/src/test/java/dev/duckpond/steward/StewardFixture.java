package dev.duckpond.steward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.testkit.FakeClock;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A pond on disk under a steward, with a clock that moves on by a millisecond at each look, so that
 * what happens has an order. Transaction 1 is the root.
 *
 * <p>Whoever makes it closes it. Several threads may write.
 */
final class StewardFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final Duration LOOK = Duration.ofMillis(1);

  private final FakeClock clock;
  private final PondLayout layout;
  private final List<PostCommitHook> hooks = new ArrayList<>();
  private Steward steward;

  private StewardFixture(PondLayout layout, OplogStore store, FakeClock clock) {
    this.layout = layout;
    this.clock = clock;
    this.steward = steward(store);
  }

  /** Makes a pond in {@code directory}. */
  static StewardFixture create(Path directory) {
    PondLayout layout = new PondLayout(directory);
    FakeClock clock = new FakeClock(START);
    clock.tick(LOOK);
    UuidV7 ids = new UuidV7(clock, new SplittableRandom(1));
    TransactionInfo first =
        new TransactionInfo(
            new TxnSeq(1), new TxnId(ids.next()), List.of("init"), "ada", "station", START);
    OplogStore store =
        OplogStore.create(
            layout,
            new PondIdentity(new PondId(ids.next()), "test harbour", START),
            first,
            new NodeId(ids.next()),
            clock);
    store.controlLog().rebuildFrom(store.latest());
    return new StewardFixture(layout, store, clock);
  }

  /** Opens the pond in {@code directory} once more, as another process would. */
  static StewardFixture open(Path directory) {
    PondLayout layout = new PondLayout(directory);
    FakeClock clock = new FakeClock(START.plus(Duration.ofHours(1)));
    clock.tick(LOOK);
    return new StewardFixture(layout, OplogStore.open(layout, clock), clock);
  }

  private Steward steward(OplogStore store) {
    // Ids must differ between two stewards of one pond, so this is the one thing left to chance.
    UuidV7 ids = new UuidV7(clock, RandomGenerator.of("SecureRandom"));
    return new Steward(layout, store, FactoryRegistry.EMPTY, clock, ids, hooks);
  }

  /** Adds a hook for what is committed from now on. */
  StewardFixture withHook(PostCommitHook hook) {
    hooks.add(hook);
    reopen();
    return this;
  }

  /** Closes the pond and opens it again. */
  void reopen() {
    steward.close();
    steward = steward(OplogStore.open(layout, clock));
  }

  Steward steward() {
    return steward;
  }

  PondLayout layout() {
    return layout;
  }

  FakeClock clock() {
    return clock;
  }

  static WriteRequest request(String... args) {
    return new WriteRequest(List.of(args), "ada", "station", Duration.ofSeconds(20));
  }

  static WriteRequest impatient(String... args) {
    return new WriteRequest(List.of(args), "ada", "station", Duration.ZERO);
  }

  /** Commits an empty directory. */
  CommittedTransaction makeDirectory(String path) {
    return written(
        steward.write(
            request("mkdir", path),
            transaction -> {
              transaction.edit().makeDirectory(PondPath.of(path));
              return path;
            }));
  }

  /** Commits a file of type {@code data}. */
  CommittedTransaction writeFile(String path, byte[] content) {
    return written(
        steward.write(request("copy", path), transaction -> writeFile(transaction, path, content)));
  }

  static NodeVersion writeFile(WriteTransaction transaction, String path, byte[] content)
      throws IOException {
    return transaction
        .edit()
        .write(
            PondPath.of(path),
            EntryType.DATA,
            transaction.stage(new ByteArrayInputStream(content), EntryType.DATA),
            ContentFacts.NONE);
  }

  static CommittedTransaction written(WriteResult<?> result) {
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return ((WriteResult.Written<?>) result).transaction();
  }

  /** Answers the names in the root directory, sorted. */
  List<String> names() {
    return steward.read().list(PondPath.ROOT).stream()
        .map(match -> match.path().toString())
        .toList();
  }

  /** Answers the bytes of a file. */
  byte[] bytes(String path) throws IOException {
    PondTree tree = steward.read();
    NodeVersion version = tree.require(PondPath.of(path)).findVersion().orElseThrow();
    try (InputStream in = tree.snapshot().contents().open(version)) {
      return in.readAllBytes();
    }
  }

  TxnSeq last() {
    return steward.read().snapshot().txnSeq();
  }

  /**
   * Lists how all attempts ended, oldest first: the number, {@code -} for none, and the outcome.
   */
  List<String> audit() {
    return steward.audit().reversed().stream()
        .map(row ->
            (row.txnSeq().equals(TxnSeq.NONE) ? "-" : row.txnSeq().toString())
                + " "
                + row.outcome())
        .toList();
  }

  ControlRow newestAudit() {
    return steward.audit().getFirst();
  }

  /** Answers what the lock file says. */
  String lockText() throws IOException {
    return Files.readString(layout.lockFile());
  }

  @Override
  public void close() {
    steward.close();
  }
}
