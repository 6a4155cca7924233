package dev.duckpond.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.Placement;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What content promises: exactly the bytes that went in, as a stream and as a file. */
interface ContentContract {
  PondFixture pond();

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 1_000, Samples.INLINE_BYTES, Samples.INLINE_BYTES + 1, 3 * 1024 * 1024 + 17})
  default void content_ofAnySize_comesBackExactly(int size) throws IOException {
    byte[] data = Samples.bytes(size, size + 1L);
    byte[] rows = Samples.bytes(size, size + 2L);
    pond()
        .commit((edit, write) -> {
          Samples.write(edit, write, "/data", EntryType.DATA, data);
          Samples.write(edit, write, "/rows", EntryType.TABLE, rows);
        });

    requireContent("/data", data, "");
    requireContent("/rows", rows, ".parquet");
    pond().reopen();
    requireContent("/data", data, "");
    requireContent("/rows", rows, ".parquet");
  }

  private void requireContent(String path, byte[] expected, String ending) throws IOException {
    Snapshot snapshot = pond().snapshot();
    NodeVersion version = version(path);
    assertThat(version.sizeBytes()).isEqualTo(expected.length);
    assertThat(version.hash()).isEqualTo(ContentHash.of(expected));
    assertThat(PondFixture.bytes(snapshot, version)).isEqualTo(expected);
    Path file = snapshot.contents().files(List.of(version)).getFirst();
    assertThat(file).isAbsolute();
    assertThat(file.getFileName().toString()).endsWith(ending);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  @Test
  default void content_heldTwice_belongsToBoth() {
    byte[] small = Samples.bytes(500, 1);
    byte[] large = Samples.bytes(Samples.INLINE_BYTES * 2, 2);
    pond()
        .commit((edit, write) -> {
          Samples.write(edit, write, "/small1", EntryType.DATA, small);
          Samples.write(edit, write, "/small2", EntryType.DATA, small);
          Samples.write(edit, write, "/large1", EntryType.DATA, large);
          Samples.write(edit, write, "/large2", EntryType.DATA, large);
          Samples.write(edit, write, "/large.table", EntryType.TABLE, large);
        });
    pond()
        .commit((edit, write) -> {
          edit.remove(PondPath.of("/large1"));
          Samples.write(edit, write, "/large3", EntryType.DATA, large);
        });
    pond().reopen();

    for (String path : List.of("/small1", "/small2")) {
      assertThat(PondFixture.bytes(pond().snapshot(), version(path))).isEqualTo(small);
    }
    for (String path : List.of("/large2", "/large3", "/large.table")) {
      assertThat(PondFixture.bytes(pond().snapshot(), version(path))).isEqualTo(large);
    }
    List<Path> files =
        pond().snapshot().contents().files(List.of(version("/large2"), version("/large.table")));
    assertThat(files.get(0)).hasBinaryContent(large);
    assertThat(files.get(1)).hasBinaryContent(large);
    assertThat(files.get(1).getFileName().toString()).endsWith(".parquet");
  }

  @Test
  default void files_keepTheOrderAsked() {
    int count = 12;
    pond()
        .commit((edit, write) -> {
          for (int i = 0; i < count; i++) {
            int size = i % 3 == 0 ? Samples.INLINE_BYTES + 1 + i : 10 + i;
            Samples.write(edit, write, "/s", EntryType.TABLE_SERIES, Samples.bytes(size, i));
          }
        });
    Snapshot snapshot = pond().snapshot();
    NodeId node = version("/s").node();
    List<NodeVersion> backwards = snapshot.listVersions(node).reversed();

    List<Path> files = snapshot.contents().files(backwards);

    assertThat(files).hasSize(count).allMatch(file -> file.toString().endsWith(".parquet"));
    for (int i = 0; i < count; i++) {
      assertThat(files.get(i)).hasBinaryContent(PondFixture.bytes(snapshot, backwards.get(i)));
    }
    assertThat(snapshot.contents().files(backwards)).isEqualTo(files);
    assertThat(snapshot.contents().files(List.of())).isEmpty();
  }

  @Test
  default void open_readInSmallSteps_givesTheSameBytes() throws IOException {
    byte[] content = Samples.bytes(Samples.INLINE_BYTES + 333, 4);
    pond().commit((edit, write) -> Samples.write(edit, write, "/f", EntryType.DATA, content));

    try (InputStream in = pond().snapshot().contents().open(version("/f"))) {
      assertThat(in.readNBytes(7)).isEqualTo(Arrays.copyOf(content, 7));
      assertThat(in.read()).isEqualTo(content[7] & 0xFF);
      byte[] rest = in.readAllBytes();
      assertThat(rest).isEqualTo(Arrays.copyOfRange(content, 8, content.length));
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  default void open_closedEarly_isNoDamage() throws IOException {
    byte[] content = Samples.bytes(Samples.INLINE_BYTES * 2, 5);
    pond().commit((edit, write) -> Samples.write(edit, write, "/f", EntryType.DATA, content));

    try (InputStream in = pond().snapshot().contents().open(version("/f"))) {
      assertThat(in.read()).isEqualTo(content[0] & 0xFF);
    }
  }

  @Test
  default void open_contentThatIsMissing_isCorrupt() {
    NodeVersion missing =
        new NodeVersion(
            pond().identity().id(),
            new NodeId(pond().ids().next()),
            EntryType.DATA,
            Version.FIRST,
            Version.FIRST,
            new TxnSeq(1),
            PondFixture.START,
            new StagedContent(
                ContentHash.of(new byte[] {1, 2, 3}), Samples.INLINE_BYTES + 1L, Placement.BLOB),
            ContentFacts.NONE);

    assertThatThrownBy(() -> PondFixture.bytes(pond().snapshot(), missing))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(missing.hash().hex().substring(2))
        .hasMessageContaining("missing");
    assertThatThrownBy(() -> pond().snapshot().contents().files(List.of(missing)))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(missing.hash().hex().substring(2));
  }

  private NodeVersion version(String path) {
    return pond().tree().require(PondPath.of(path)).findVersion().orElseThrow();
  }
}
