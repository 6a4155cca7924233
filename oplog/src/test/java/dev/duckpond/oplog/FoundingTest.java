package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FoundingTest {
  @TempDir Path directory;

  @Test
  void create_inEmptyDirectory_makesAPondOfOneTransaction() throws IOException {
    PondLayout layout = new PondLayout(directory);
    assertThat(layout.isPond()).isFalse();

    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      assertThat(layout.isPond()).isTrue();
      assertThat(pond.snapshot().txnSeq()).isEqualTo(new TxnSeq(1));
    }
    try (var names = Files.list(directory)) {
      assertThat(names.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("data", "blobs", "control", "cache", "tmp");
    }
  }

  @Test
  void create_wherePondIs_isConflict() {
    new PondFixture(new DiskBackend(), directory).close();

    assertThatThrownBy(() -> new PondFixture(new DiskBackend(), directory))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessageContaining("there is a pond in " + directory + " already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/mine.csv",
        "data/_delta_log/00000000000000000007.crc",
        "blobs/photo.jpg",
        "control/x",
        "cache/y",
        "tmp/thesis.tex"
      })
  void create_overForeignFiles_isConflictAndTouchesNothing(String name) throws IOException {
    Path foreign = directory.resolve(name);
    Files.createDirectories(foreign.getParent());
    Files.writeString(foreign, "precious");

    assertThatThrownBy(() -> new PondFixture(new DiskBackend(), directory))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessageContaining(name.startsWith("data/_d") ? "_delta_log" : foreign.toString());

    assertThat(foreign).hasContent("precious");
    assertThat(new PondLayout(directory).isPond()).isFalse();
  }

  @Test
  void create_afterInterruptedCreate_makesThePond() throws IOException {
    PondLayout layout = new PondLayout(directory);
    Files.createDirectories(layout.deltaLog());
    Files.createDirectories(layout.blobs());
    Files.createDirectories(layout.tmp().resolve("pid-1-dead"));
    Files.writeString(layout.deltaLog().resolve(".00000000000000000000.json.u.tmp"), "{");
    Path orphan = Files.writeString(layout.data().resolve("txn-1-dead.parquet"), "half");
    assertThat(layout.isPond()).isFalse();

    new PondFixture(new DiskBackend(), directory).close();

    assertThat(layout.isPond()).isTrue();
    assertThat(orphan).doesNotExist();
    assertThat(layout.tmp().resolve("pid-1-dead")).doesNotExist();
  }

  @Test
  void create_fileOfSomebodyWhoFoundsAtTheSameTime_staysUntilOurCommit() throws IOException {
    PondLayout layout = new PondLayout(directory);
    Files.createDirectories(layout.deltaLog());
    Path theirs = Files.writeString(layout.data().resolve("txn-1-theirs.parquet"), "rows");
    // The clock is looked at between the preparations and our commit.
    List<Boolean> seen = new ArrayList<>();
    InstantSource clock =
        () -> {
          seen.add(Files.exists(theirs) && !layout.isPond());
          return PondFixture.START;
        };

    create(clock).close();

    assertThat(seen).isNotEmpty().first().isEqualTo(true);
    assertThat(theirs).doesNotExist();
  }

  @Test
  void create_byTwoAtTheSameTime_makesOnePondThatOpens() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    // Both have prepared everything when one of them goes on to its commit.
    InstantSource clock =
        () -> {
          try {
            together.await();
          } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
          }
          return PondFixture.START;
        };
    List<String> ends = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      for (Future<String> each :
          List.of(pool.submit(() -> tryCreate(clock)), pool.submit(() -> tryCreate(clock)))) {
        ends.add(each.get());
      }
    }

    assertThat(ends)
        .containsExactlyInAnyOrder("made", "there is a pond in " + directory + " already");
    RunDirectory.deleteTree(new PondLayout(directory).cache());
    try (OplogStore store = OplogStore.open(new PondLayout(directory), InstantSource.system())) {
      assertThat(store.latest().txnSeq()).isEqualTo(new TxnSeq(1));
    }
  }

  private String tryCreate(InstantSource clock) {
    try {
      create(clock).close();
      return "made";
    } catch (PondException.Conflict e) {
      return e.problem();
    }
  }

  private OplogStore create(InstantSource clock) {
    UuidV7 ids = new UuidV7(InstantSource.system(), RandomGenerator.of("SecureRandom"));
    return OplogStore.create(
        new PondLayout(directory),
        new PondIdentity(new PondId(ids.next()), "here", PondFixture.START),
        new TransactionInfo(
            new TxnSeq(1), new TxnId(ids.next()), List.of("init"), "u", "h", PondFixture.START),
        new NodeId(ids.next()),
        clock);
  }

  @Test
  void open_noPond_isNotFound() {
    assertThatThrownBy(() -> OplogStore.open(new PondLayout(directory), InstantSource.system()))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage("there is no pond in " + directory + ". Make one with 'pond init'.");
  }

  @Test
  void open_oddDirectoryNames_work() throws IOException {
    Path odd = directory.resolve("it's 100% \"odd\" dir:ä #1?");
    try (PondFixture pond = new PondFixture(new DiskBackend(), odd)) {
      pond.commit((edit, write) -> dev.duckpond.testkit.Samples.write(edit, write, "/f", "text"));
      Files.delete(new PondLayout(odd).indexJournal());
      pond.reopen();

      assertThat(pond.text("/f")).isEqualTo("text");
    }
  }

  @Test
  void open_nothingCanBeWrittenInCacheAndTmp_readsAnyway() throws IOException {
    PondLayout layout = new PondLayout(directory);
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      pond.commit((edit, write) -> dev.duckpond.testkit.Samples.write(edit, write, "/f", "text"));
      pond.store().close();
      for (Path each : List.of(layout.cache(), layout.tmp())) {
        RunDirectory.deleteTree(each);
        Files.writeString(each, "a file in the way");
      }
      pond.reopen();

      NodeVersion version = pond.tree().require(PondPath.of("/f")).findVersion().orElseThrow();
      Path file = pond.snapshot().contents().files(List.of(version)).getFirst();
      assertThat(file).hasContent("text");
      assertThat(file.startsWith(directory)).isFalse();
      pond.store().close();
      assertThat(file).doesNotExist();
    }
  }
}
