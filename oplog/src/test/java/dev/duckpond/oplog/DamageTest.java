package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.testkit.PondPicture;
import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged is named and not served; what a crash left is harmless. */
final class DamageTest {
  @TempDir Path directory;
  private PondLayout layout;
  private PondFixture pond;

  @BeforeEach
  void makePond() {
    layout = new PondLayout(directory);
    pond = new PondFixture(new DiskBackend(), directory);
    pond.commit((edit, write) -> {
      Samples.write(edit, write, "/big", EntryType.DATA, Samples.bytes(200_000, 3));
      Samples.write(edit, write, "/small", "a small content");
    });
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  @Test
  void open_bitFlippedInBlob_isCorruptAndNamesTheFile() throws IOException {
    Path blob = blob();
    byte[] content = Files.readAllBytes(blob);
    content[100_000] ^= 1;
    Files.write(blob, content);

    assertThatThrownBy(() -> pond.text("/big"))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(blob.toString())
        .hasMessageContaining("its SHA-256 is");
  }

  @Test
  void files_blobCutShort_isCorruptAndNamesTheFile() throws IOException {
    Path blob = blob();
    Files.write(blob, Arrays.copyOf(Files.readAllBytes(blob), 199_999));

    assertThatThrownBy(() -> pond.snapshot().contents().files(List.of(version("/big"))))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(blob.toString())
        .hasMessageContaining("has 199999 bytes, written were 200000");
  }

  @Test
  void open_bitFlippedInCachedInlineContent_isMadeAnew() throws IOException {
    Path cached = pond.snapshot().contents().files(List.of(version("/small"))).getFirst();
    byte[] content = Files.readAllBytes(cached);
    content[0] ^= 1;
    Files.write(cached, content);
    pond.reopen();

    assertThat(pond.text("/small")).isEqualTo("a small content");
  }

  @Test
  void open_cacheDeletedWhileOpen_isMadeAnew() throws IOException {
    pond.snapshot().contents().files(List.of(version("/small")));
    RunDirectory.deleteTree(layout.cache());

    assertThat(pond.text("/small")).isEqualTo("a small content");
    pond.makeDirectory("/d");
    assertThat(layout.indexJournal()).exists();
  }

  @Test
  void open_dataFileMissing_isCorruptAndNamesIt() throws IOException {
    NodeVersion small = version("/small");
    Path file = dataFile("txn-2-");
    Files.delete(file);
    pond.reopen();

    assertThatThrownBy(() -> pond.snapshot().contents().files(List.of(small)))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(file.getFileName().toString());
    Files.delete(layout.indexJournal());
    assertThatThrownBy(() -> OplogStore.open(layout, pond.clock()))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(file.getFileName().toString());
  }

  @Test
  void open_commitFileThatIsNoJson_isCorruptAndNamesIt() throws IOException {
    Path commit = DeltaNames.commit(layout.deltaLog(), 2);
    Files.writeString(commit, "{\"add\":\n");

    assertThatThrownBy(() -> OplogStore.open(layout, pond.clock()))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(commit.toString())
        .hasMessageContaining("it is not a commit of a pond");
  }

  @Test
  void open_newestCommitCutAtTheEndOfALine_isCorruptAndNamesIt() throws IOException {
    Path commit = DeltaNames.commit(layout.deltaLog(), 1);
    byte[] whole = Files.readAllBytes(commit);
    byte[] journal = Files.readAllBytes(layout.indexJournal());
    List<Integer> cuts = new ArrayList<>(List.of(0, whole.length - 1));
    for (int at = 0; at < whole.length - 1; at++) {
      if (whole[at] == '\n') {
        cuts.add(at + 1);
      }
    }
    assertThat(cuts).hasSize(4);
    for (int cut : cuts) {
      Files.write(commit, Arrays.copyOf(whole, cut));
      for (boolean withJournal : new boolean[] {true, false}) {
        if (withJournal) {
          Files.write(layout.indexJournal(), journal);
        } else {
          Files.delete(layout.indexJournal());
        }
        assertThatThrownBy(() -> OplogStore.open(layout, pond.clock()))
            .as("cut to %d bytes, journal %s", cut, withJournal)
            .isInstanceOf(PondException.Corrupt.class)
            .hasMessageContaining(commit.toString());
      }
    }
  }

  @Test
  void open_commitInTheMiddleCutOrGone_isCorruptAndNamesIt() throws IOException {
    pond.makeDirectory("/more");
    RunDirectory.deleteTree(layout.cache());
    Path commit = DeltaNames.commit(layout.deltaLog(), 1);
    byte[] whole = Files.readAllBytes(commit);

    Files.write(commit, new byte[0]);
    assertThatThrownBy(() -> OplogStore.open(layout, pond.clock()))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(commit + " is damaged: it is empty");
    Files.delete(commit);
    assertThatThrownBy(() -> OplogStore.open(layout, pond.clock()))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(commit + " is damaged: it is missing");
    Files.write(commit, whole);
    OplogStore.open(layout, pond.clock()).close();
  }

  @Test
  void latest_newCommitCut_isCorruptAndNamesIt() throws IOException {
    try (OplogStore other = OplogStore.open(layout, pond.clock())) {
      pond.makeDirectory("/more");
      Path commit = DeltaNames.commit(layout.deltaLog(), 2);
      String whole = Files.readString(commit);
      Files.writeString(commit, whole.substring(0, whole.indexOf('\n') + 1));

      assertThatThrownBy(other::latest)
          .isInstanceOf(PondException.Corrupt.class)
          .hasMessageContaining(commit.toString());
    }
  }

  @Test
  void open_bitFlippedInRows_isCorruptAndNamesTheFile() throws IOException {
    Path file = dataFile("txn-2-");
    flip(file, 100);
    // The journal knows the rows, but not the contents.
    NodeVersion small = version("/small");
    pond.reopen();
    assertThatThrownBy(() -> pond.snapshot().contents().files(List.of(small)))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(file + " is damaged: its SHA-256 is");

    RunDirectory.deleteTree(layout.cache());
    assertThatThrownBy(() -> OplogStore.open(layout, pond.clock()))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(file + " is damaged: its SHA-256 is");
  }

  @Test
  void open_pondFromBeforeThereWereSeals_opens() throws IOException {
    PondPicture before = PondPicture.of(pond.snapshot());
    for (long version = 0; version <= 1; version++) {
      Path commit = DeltaNames.commit(layout.deltaLog(), version);
      String sealed = Files.readString(commit);
      String unsealed =
          sealed
              .replaceAll(",\"lines\":\\d+,\"crc32c\":\\d+", "")
              .replaceAll("\"duckpond.(sha256|size|crc32c)\":\"\\w+\",?", "")
              .replace(",}", "}");
      assertThat(unsealed).isNotEqualTo(sealed).doesNotContain("crc32c", "duckpond.sha256");
      Files.writeString(commit, unsealed);
    }
    RunDirectory.deleteTree(layout.cache());

    pond.reopen();

    assertThat(PondPicture.of(pond.snapshot())).isEqualTo(before);
    pond.makeDirectory("/more");
    pond.reopen();
    assertThat(pond.snapshot().txnSeq()).isEqualTo(new TxnSeq(3));
  }

  @Test
  void files_bitFlippedInBlob_isCorruptAndNamesPathVersionAndBlob() throws IOException {
    NodeVersion big = version("/big");
    Path blob = blob();
    flip(blob, 100_000);

    assertThatThrownBy(() -> pond.snapshot().contents().files(List.of(big)))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining("version 1 of '/big' is damaged")
        .hasMessageContaining(blob.toString())
        .hasMessageContaining("its SHA-256 is")
        .hasMessageContaining("Copy the same content into the pond once more");

    pond.reopen();
    assertThatThrownBy(() -> pond.snapshot().contents().files(List.of(big)))
        .isInstanceOf(PondException.Corrupt.class);
  }

  @Test
  void files_blobThatThisMachineWroteOrChecked_isNotHashedAgain() throws IOException {
    NodeVersion big = version("/big");
    Path blob = blob();
    FileTime changed = Files.getLastModifiedTime(blob);
    // As a disk does that loses a bit: nothing but the content tells.
    flip(blob, 7);
    Files.setLastModifiedTime(blob, changed);
    pond.reopen();
    assertThat(pond.snapshot().contents().files(List.of(big))).containsExactly(blob);

    RunDirectory.deleteTree(layout.cache());
    pond.reopen();
    assertThatThrownBy(() -> pond.snapshot().contents().files(List.of(big)))
        .isInstanceOf(PondException.Corrupt.class);
    flip(blob, 7);
    assertThat(pond.snapshot().contents().files(List.of(big))).containsExactly(blob);
    changed = Files.getLastModifiedTime(blob);
    flip(blob, 8);
    Files.setLastModifiedTime(blob, changed);
    pond.reopen();
    assertThat(pond.snapshot().contents().files(List.of(big))).containsExactly(blob);
  }

  @Test
  void open_checkpointDamaged_isCorruptAndNamesIt() throws IOException {
    Path checkpoint = checkpoint();
    byte[] whole = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> OplogStore.open(layout, pond.clock()))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(checkpoint.toString());
  }

  @Test
  void isPond_nothingButACheckpoint_isTrue() throws IOException {
    checkpoint();
    Files.delete(DeltaNames.commit(layout.deltaLog(), 1));
    Files.delete(layout.deltaLog().resolve("_last_checkpoint"));

    assertThat(layout.isPond()).isTrue();
  }

  /** Leaves a log of a checkpoint and the newest commit. */
  private Path checkpoint() throws IOException {
    try (LogEngine engine = new LogEngine(layout)) {
      engine.operations().checkpoint();
    }
    Files.delete(DeltaNames.commit(layout.deltaLog(), 0));
    RunDirectory.deleteTree(layout.cache());
    return layout.deltaLog().resolve("00000000000000000001.checkpoint.parquet");
  }

  @Test
  void files_cacheFileCannotBePutInPlace_leavesNoHalfFile() throws IOException {
    NodeVersion small = version("/small");
    Path cached = pond.snapshot().contents().files(List.of(small)).getFirst();
    Files.delete(cached);
    Files.createDirectories(cached.resolve("in the way"));

    assertThatThrownBy(() -> pond.snapshot().contents().files(List.of(small)))
        .isInstanceOf(PondException.Failed.class);

    try (var names = Files.list(cached.getParent())) {
      assertThat(names).containsExactly(cached);
    }
  }

  @Test
  void discardUnfinished_hiddenNames_goWhenTheyAreOlderThanTheLock() throws IOException {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Files.createDirectories(layout.control().resolve("_delta_log"));
    Path inline = Files.createDirectories(layout.cache().resolve("inline/ab"));
    Path commit =
        hidden(layout.deltaLog().resolve("00000000000000000002.json"), now.minusSeconds(1));
    Path young = hidden(layout.deltaLog().resolve("00000000000000000002.json"), now.plusSeconds(1));
    Path audit = hidden(layout.control().resolve("_delta_log/0.json"), now.minusSeconds(1));
    Path journal = hidden(layout.indexJournal(), now.minusSeconds(3600));
    Path content = hidden(inline.resolve("cd"), now.minusSeconds(3600));
    Path beingWritten = hidden(inline.resolve("cd"), now.minusSeconds(1));

    assertThat(((OplogStore) pond.store()).discardUnfinished(now)).isEqualTo(4);

    for (Path gone : List.of(commit, audit, journal, content)) {
      assertThat(gone).doesNotExist();
    }
    assertThat(young).exists();
    assertThat(beingWritten).exists();
  }

  private static Path hidden(Path target, Instant changed) throws IOException {
    Path file = Files.writeString(Durable.hiddenBeside(target), "half");
    Files.setLastModifiedTime(file, FileTime.from(changed));
    return file;
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[at] ^= 1;
    Files.write(file, content);
  }

  @Test
  void crash_betweenBlobAndCommit_leavesThePondAsItWas() throws IOException {
    PondPicture before = PondPicture.of(pond.snapshot());
    // What a process leaves that was killed just before its commit file was published.
    Files.copy(dataFile("txn-2-"), layout.data().resolve("txn-3-orphan.parquet"));
    Path orphan = layout.blobs().resolve("sha256=00").resolve("11".repeat(31));
    Files.createDirectories(orphan.getParent());
    Files.writeString(orphan, "nobody names this");
    Files.writeString(layout.deltaLog().resolve(".00000000000000000002.json.x.tmp"), "{}");
    Files.delete(layout.indexJournal());

    pond.reopen();

    assertThat(PondPicture.of(pond.snapshot())).isEqualTo(before);
    assertThat(pond.makeDirectory("/next").info().seq()).isEqualTo(new TxnSeq(3));
  }

  @Test
  void crash_betweenCommitAndJournal_showsTheCommit() throws IOException {
    byte[] journal = Files.readAllBytes(layout.indexJournal());
    pond.makeDirectory("/committed");
    Files.write(layout.indexJournal(), journal);

    pond.reopen();

    assertThat(pond.tree().find(PondPath.of("/committed"))).isPresent();
    assertThat(pond.makeDirectory("/next").info().seq()).isEqualTo(new TxnSeq(4));
  }

  @Test
  void blob_thatAnUnfinishedCopyLeft_isReplaced() throws IOException {
    byte[] content = Samples.bytes(100_000, 8);
    Path file =
        new BlobStore(
                layout.blobs(),
                new CheckedFiles(layout.checkedFiles()),
                node -> java.util.Optional.empty())
            .file(dev.duckpond.tinyfs.ContentHash.of(content), EntryType.DATA);
    Files.createDirectories(file.getParent());
    Files.write(file, Arrays.copyOf(content, 5));

    pond.commit((edit, write) -> Samples.write(edit, write, "/again", EntryType.DATA, content));

    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void blob_damagedWithoutChangeOfSize_isHealedByTakingInTheContentAgain() throws IOException {
    Path blob = blob();
    byte[] content = Files.readAllBytes(blob);
    byte[] damaged = content.clone();
    damaged[7] ^= 1;
    Files.write(blob, damaged);

    pond.commit((edit, write) -> Samples.write(edit, write, "/again", EntryType.DATA, content));

    assertThat(blob).hasBinaryContent(content);
    assertThat(PondFixture.bytes(pond.snapshot(), version("/big"))).isEqualTo(content);
  }

  private Path blob() {
    return pond.snapshot().contents().files(List.of(version("/big"))).getFirst();
  }

  private NodeVersion version(String path) {
    return pond.tree().require(PondPath.of(path)).findVersion().orElseThrow();
  }

  private Path dataFile(String prefix) throws IOException {
    try (var files = Files.list(layout.data())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }
}
