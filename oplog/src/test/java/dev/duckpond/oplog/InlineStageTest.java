package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InlineStageTest {
  private static final int SIZE_BYTES = 60_000;

  @TempDir Path directory;

  @Test
  void put_beyondTheMemoryLimit_goesToTheFileAndComesBack() throws IOException {
    Path spill = directory.resolve("spill");
    int count = InlineStage.MEMORY_LIMIT_BYTES / SIZE_BYTES + 20;
    try (InlineStage stage = new InlineStage(spill)) {
      for (int i = 0; i < count; i++) {
        byte[] content = Samples.bytes(SIZE_BYTES, i);
        stage.put(ContentHash.of(content), content);
        stage.put(ContentHash.of(content), content);
      }

      int inMemory = InlineStage.MEMORY_LIMIT_BYTES / SIZE_BYTES;
      assertThat(spill).hasSize((long) (count - inMemory) * SIZE_BYTES);
      for (int i = 0; i < count; i++) {
        byte[] content = Samples.bytes(SIZE_BYTES, i);
        assertThat(stage.require(ContentHash.of(content))).isEqualTo(content);
      }
    }
  }

  @Test
  void require_contentNeverPut_isRefused() throws IOException {
    ContentHash hash = ContentHash.of(new byte[] {1});
    try (InlineStage stage = new InlineStage(directory.resolve("spill"))) {
      assertThat(stage.holds(hash)).isFalse();
      assertThatThrownBy(() -> stage.require(hash))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("was not staged in this write");
    }
  }
}
