package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckedFilesTest {
  private static final int MARK_BYTES = 48;

  @TempDir Path directory;
  private Path memory;
  private Path file;
  private FileSeal written;

  @BeforeEach
  void writeFile() throws IOException {
    memory = directory.resolve("cache/checked-files.bin");
    file = Files.writeString(directory.resolve("file"), "content");
    written = new FileSeal(ContentHash.of("content".getBytes(StandardCharsets.UTF_8)), 7);
  }

  @Test
  void findDifference_fileAsWritten_findsNone() throws IOException {
    assertThat(new CheckedFiles(memory).findDifference(file, written)).isEmpty();
  }

  @Test
  void findDifference_missingCutOrChanged_saysSo() throws IOException {
    CheckedFiles checked = new CheckedFiles(memory);

    assertThat(checked.findDifference(directory.resolve("none"), written))
        .contains("it is missing");
    Files.writeString(file, "short");
    assertThat(checked.findDifference(file, written)).contains("it has 5 bytes, written were 7");
    Files.writeString(file, "CONTENT");
    assertThat(checked.findDifference(file, written).orElseThrow())
        .startsWith("its SHA-256 is ")
        .endsWith("written was " + written.hash());
  }

  @Test
  void save_afterACheck_sparesTheNextProcessToReadTheFile() throws IOException {
    check(new CheckedFiles(memory));

    assertThat(Files.size(memory)).isEqualTo(MARK_BYTES);
    changeUnseen();
    assertThat(new CheckedFiles(memory).findDifference(file, written)).isEmpty();
  }

  @Test
  void remember_fileJustWritten_isNotReadAgain() throws IOException {
    CheckedFiles checked = new CheckedFiles(memory);
    checked.remember(file, written.hash());
    changeUnseen();

    assertThat(checked.findDifference(file, written)).isEmpty();
  }

  @Test
  void findDifference_fileTouchedOrReplacedSince_readsItAgain() throws IOException {
    check(new CheckedFiles(memory));
    changeUnseen();
    FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 1000);
    Files.setLastModifiedTime(file, later);

    assertThat(new CheckedFiles(memory).findDifference(file, written)).isPresent();
  }

  @Test
  void findDifference_memoryDamagedAnywhere_readsTheFileAgain() throws IOException {
    check(new CheckedFiles(memory));
    changeUnseen();
    byte[] whole = Files.readAllBytes(memory);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(memory, damaged);
      assertThat(new CheckedFiles(memory).findDifference(file, written)).isPresent();
      Files.write(memory, Arrays.copyOf(whole, at));
      assertThat(new CheckedFiles(memory).findDifference(file, written)).isPresent();
    }
  }

  @Test
  void save_tornMemory_isBegunAnew() throws IOException {
    check(new CheckedFiles(memory));
    Files.write(memory, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    Path other = Files.writeString(directory.resolve("other"), "content");
    CheckedFiles checked = new CheckedFiles(memory);
    assertThat(checked.findDifference(file, written)).isEmpty();
    assertThat(checked.findDifference(other, written)).isEmpty();
    checked.save();

    assertThat(Files.size(memory)).isEqualTo(2 * MARK_BYTES);
    changeUnseen();
    assertThat(new CheckedFiles(memory).findDifference(file, written)).isEmpty();
  }

  @Test
  void save_moreThanTheLimit_forgetsWhatWasNotNeeded() throws IOException {
    for (int i = 0; i < 9; i++) {
      CheckedFiles checked = new CheckedFiles(memory, 4);
      Path other = Files.writeString(directory.resolve("other" + i), "content");
      assertThat(checked.findDifference(other, written)).isEmpty();
      checked.save();
      assertThat(Files.size(memory)).isBetween(1L, 4L * MARK_BYTES);
    }
  }

  @Test
  void save_cacheCannotBeWritten_isNoTrouble() throws IOException {
    Files.writeString(directory.resolve("cache"), "a file in the way");

    check(new CheckedFiles(memory));
  }

  private void check(CheckedFiles checked) throws IOException {
    assertThat(checked.findDifference(file, written)).isEmpty();
    checked.save();
  }

  /** Changes the content as a failing disk does: the file system knows nothing of it. */
  private void changeUnseen() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "CONTENT");
    Files.setLastModifiedTime(file, time);
  }
}
