package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilePublicationTest {
  @TempDir Path directory;
  private Path staged;
  private Path target;

  @BeforeEach
  void stageFile() throws IOException {
    staged = Files.writeString(directory.resolve("staged"), "rows");
    target = directory.resolve("table").resolve("file.parquet");
  }

  @Test
  void publish_named_fileIsInPlaceBeforeItIsNamed() throws IOException {
    Published published =
        FilePublication.publish(
            staged,
            target,
            () -> {
              assertThat(target).hasContent("rows");
              return new Published.At(7);
            });

    assertThat(published).isEqualTo(new Published.At(7));
    assertThat(target).exists();
    assertThat(staged).doesNotExist();
  }

  @Test
  void publish_versionTaken_takesTheFileAway() throws IOException {
    FilePublication.publish(staged, target, Published.Taken::new);

    assertThat(target).doesNotExist();
  }

  @Test
  void publish_certainlyNotNamed_takesTheFileAway() {
    assertThatThrownBy(() ->
            FilePublication.publish(
                staged,
                target,
                () -> {
                  throw new IOException("no link");
                }))
        .hasMessage("no link");

    assertThat(target).doesNotExist();
  }

  @Test
  void publish_nobodyCanSay_leavesTheFile() throws IOException {
    FilePublication.publish(staged, target, () -> new Published.Unsure(new IOException("gone")));
    assertThat(target).exists();

    Files.delete(target);
    Files.writeString(staged, "rows");
    assertThatThrownBy(() ->
            FilePublication.publish(
                staged,
                target,
                () -> {
                  throw new IllegalStateException("after the link, perhaps");
                }))
        .hasMessage("after the link, perhaps");
    assertThat(target).exists();
  }
}
