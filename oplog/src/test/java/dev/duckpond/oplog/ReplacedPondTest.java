package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is open does not take another pond in its place for its own. */
final class ReplacedPondTest {
  @TempDir Path directory;
  private Path root;
  private PondFixture pond;

  @BeforeEach
  void makePond() {
    root = directory.resolve("pond");
    pond = new PondFixture(new DiskBackend(), root);
    pond.makeDirectory("/a");
    pond.makeDirectory("/b");
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  @Test
  void latest_logLostItsNewestCommit_saysThatItWasReplaced() throws IOException {
    Files.delete(DeltaNames.commit(new PondLayout(root).deltaLog(), 2));

    assertReplaced();
  }

  @Test
  void latest_anotherPondInItsPlace_saysThatItWasReplaced() {
    for (int commits = 1; commits <= 4; commits++) {
      Path other = directory.resolve("other" + commits);
      try (OplogStore replacement =
          OplogStore.create(
              new PondLayout(other),
              new PondIdentity(new PondId(pond.ids().next()), "elsewhere", PondFixture.START),
              pond.info(new TxnSeq(1), "init"),
              new NodeId(pond.ids().next()),
              pond.clock())) {
        for (int i = 0; i < commits; i++) {
          commit(replacement, "/x" + i);
        }
      }
      replaceLog(other);
      assertReplaced();
    }
  }

  @Test
  void latest_restoredOlderStateThatWentAnotherWay_saysThatItWasReplaced() throws IOException {
    Path copy = directory.resolve("copy");
    copyTree(root, copy);
    Files.delete(DeltaNames.commit(new PondLayout(copy).deltaLog(), 2));
    try (OplogStore restored = OplogStore.open(new PondLayout(copy), pond.clock())) {
      assertThat(restored.latest().txnSeq()).isEqualTo(new TxnSeq(2));
      for (String name : new String[] {"/c", "/d"}) {
        commit(restored, name);
      }
    }
    replaceLog(copy);

    assertReplaced();
  }

  @Test
  void latest_oldCommitsCleanedUpAfterACheckpoint_goesOn() throws IOException {
    PondLayout layout = new PondLayout(root);
    try (OplogStore other = OplogStore.open(layout, pond.clock())) {
      pond.makeDirectory("/c");
      try (LogEngine engine = new LogEngine(layout)) {
        engine.operations().checkpoint();
      }
      for (long version = 0; version <= 2; version++) {
        Files.delete(DeltaNames.commit(layout.deltaLog(), version));
      }
      pond.makeDirectory("/d");

      assertThat(other.latest().txnSeq()).isEqualTo(new TxnSeq(5));
    }
  }

  private void commit(OplogStore store, String path) {
    var base = store.latest();
    var info = pond.info(base.txnSeq().next(), "test");
    try (var write = store.begin(info)) {
      var edit =
          new TreeEdit(base, FactoryRegistry.EMPTY, pond.ids(), info.seq(), PondFixture.START);
      edit.makeDirectory(PondPath.of(path));
      PondFixture.requireCommitted(write.commit(edit.rows()));
    }
  }

  private void assertReplaced() {
    assertThatThrownBy(() -> pond.store().latest())
        .isInstanceOf(PondException.Conflict.class)
        .hasMessageContaining("the pond in " + root + " was replaced while it was open");
  }

  private void replaceLog(Path other) {
    try {
      RunDirectory.deleteTree(new PondLayout(root).data());
      copyTree(new PondLayout(other).data(), new PondLayout(root).data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
