package dev.duckpond.tinyfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** A pond in memory with one edit after the other, for tests in this room. */
final class TestPond {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final UuidV7 ids = new UuidV7(() -> NOW, new SplittableRandom(1));
  private final FactoryRegistry factories;
  private final MemoryStore store;

  /** The changes of one transaction. */
  interface Change {
    void apply(TreeEdit edit);
  }

  TestPond(Path scratch, NodeFactory... factories) {
    this.factories = new FactoryRegistry(List.of(factories));
    PondIdentity identity = new PondIdentity(new PondId(ids.next()), "here", NOW);
    store =
        MemoryStore.create(
            identity, info(new TxnSeq(1)), new NodeId(ids.next()), () -> NOW, scratch);
  }

  private TransactionInfo info(TxnSeq seq) {
    return new TransactionInfo(seq, new TxnId(ids.next()), List.of("test"), "ada", "host", NOW);
  }

  PondTree tree() {
    return new PondTree(store.latest(), factories);
  }

  /** Answers a tree without factories. */
  PondTree treeWithoutFactories() {
    return new PondTree(store.latest(), FactoryRegistry.EMPTY);
  }

  TreeEdit edit() {
    Snapshot base = store.latest();
    return new TreeEdit(base, factories, ids, base.txnSeq().next(), NOW);
  }

  TestPond commit(Change change) {
    TreeEdit edit = edit();
    change.apply(edit);
    commit(edit);
    return this;
  }

  void commit(TreeEdit edit) {
    commit(edit.rows());
  }

  /** Commits rows as they are. */
  void commit(List<LogRow> rows) {
    try (StoreWrite write = store.begin(info(store.latest().txnSeq().next()))) {
      CommitOutcome outcome = write.commit(rows);
      if (!(outcome instanceof CommitOutcome.Committed)) {
        throw new IllegalStateException(outcome.toString());
      }
    }
  }

  /** Writes files that hold nothing, and the directories above them. */
  TestPond files(String... paths) {
    return commit(edit -> {
      for (String path : paths) {
        edit.makeDirectories(PondPath.of(path).parent());
        write(edit, path);
      }
    });
  }

  TestPond link(String path, String target) {
    return commit(edit -> edit.link(PondPath.of(path), target));
  }

  /** Makes a dynamic node as {@code mknod} does. */
  TestPond node(String path, EntryType type, String factory, String config) {
    try (StoreWrite write = store.begin(info(store.latest().txnSeq().next()))) {
      byte[] text = config.getBytes(StandardCharsets.UTF_8);
      StagedContent staged = write.stage(new ByteArrayInputStream(text), type);
      return commit(edit ->
          edit.write(
              PondPath.of(path), type, staged, ContentFacts.builder().factory(factory).build()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static NodeVersion write(TreeEdit edit, String path) {
    return edit.write(PondPath.of(path), EntryType.DATA, StagedContent.EMPTY, ContentFacts.NONE);
  }

  static String text(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
