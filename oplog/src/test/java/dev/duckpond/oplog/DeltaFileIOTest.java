package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeltaFileIOTest {
  private static final int RACES = 300;

  private final DeltaFileIO io = new DeltaFileIO(FileSystems.getDefault());
  @TempDir Path directory;

  @Test
  void writeAtomically_twoWritersAtOnce_exactlyOneWinsEachRace() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      for (int race = 0; race < RACES; race++) {
        String target = directory.resolve(race + ".json").toString();
        List<Future<Boolean>> writers = new ArrayList<>();
        for (String content : List.of("first", "second")) {
          writers.add(
              pool.submit(() -> {
                start.await();
                return write(target, content, false);
              }));
        }
        boolean first = writers.get(0).get();
        boolean second = writers.get(1).get();

        assertThat(first).as("race %d", race).isNotEqualTo(second);
        assertThat(Path.of(target)).hasContent(first ? "first\n" : "second\n");
      }
    }
    assertThat(names()).hasSize(RACES).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void writeAtomically_overwrite_replacesTheFile() throws IOException {
    String target = directory.resolve("_last_checkpoint").toString();
    write(target, "old", false);

    assertThat(write(target, "new", true)).isTrue();

    assertThat(Path.of(target)).hasContent("new\n");
    assertThat(names()).containsExactly("_last_checkpoint");
  }

  @Test
  void writeAtomically_failingLines_leavesNothing() throws IOException {
    CloseableIterator<String> failing =
        DeltaRows.iterate(List.of("a", "b"))
            .map(line -> {
              throw new IllegalStateException("no line " + line);
            });

    assertThatThrownBy(() ->
            io.newOutputFile(directory.resolve("x.json").toString())
                .writeAtomically(failing, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no line a");

    assertThat(names()).isEmpty();
  }

  @Test
  void copyFileAtomically_targetExists_isRefused() throws IOException {
    Path from = Files.writeString(directory.resolve("from"), "f");
    Path to = Files.writeString(directory.resolve("to"), "t");

    assertThatThrownBy(() -> io.copyFileAtomically(from.toString(), to.toString(), false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(to).hasContent("t");

    io.copyFileAtomically(from.toString(), to.toString(), true);
    assertThat(to).hasContent("f");
    assertThat(names()).containsExactlyInAnyOrder("from", "to");
  }

  @Test
  void listFrom_givesNamesFromThereOnInOrder() throws IOException {
    for (String name : List.of("c", "a", "b", ".b.tmp")) {
      Files.writeString(directory.resolve(name), name);
    }

    try (CloseableIterator<FileStatus> found = io.listFrom(directory.resolve("b").toString())) {
      assertThat(found.toInMemoryList())
          .extracting(FileStatus::getPath)
          .containsExactly(directory.resolve("b").toString(), directory.resolve("c").toString());
    }
    assertThatThrownBy(() -> io.listFrom(directory.resolve("none/x").toString()))
        .isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> io.getFileStatus(directory.resolve("none").toString()))
        .isInstanceOf(FileNotFoundException.class);
  }

  private boolean write(String target, String line, boolean overwrite) throws IOException {
    try {
      io.newOutputFile(target).writeAtomically(DeltaRows.iterate(List.of(line)), overwrite);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
