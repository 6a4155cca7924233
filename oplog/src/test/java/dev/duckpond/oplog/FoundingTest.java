package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
