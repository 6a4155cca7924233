package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryTest {
  @TempDir Path directory;
  private PondLayout layout;

  @BeforeEach
  void makeLayout() throws IOException {
    layout = new PondLayout(directory);
    Files.createDirectories(layout.tmp());
  }

  @Test
  void close_removesTheDirectoryAndTwiceIsHarmless() throws IOException {
    RunDirectory run = RunDirectory.open(layout);
    Files.createDirectories(run.path().resolve("spill/deep"));
    Files.writeString(run.path().resolve("spill/deep/file"), "x");
    assertThat(run.path().getParent()).isEqualTo(layout.tmp());

    run.close();
    run.close();

    assertThat(run.path()).doesNotExist();
  }

  @Test
  void discardLeftovers_runOfThisProcess_stays() throws IOException {
    try (RunDirectory run = RunDirectory.open(layout)) {
      assertThat(RunDirectory.discardLeftovers(layout)).isEmpty();
      assertThat(RunDirectory.discardLeftovers(layout)).isEmpty();
      assertThat(run.path().resolve("alive")).exists();
    }
  }

  @Test
  void discardLeftovers_deadRuns_areRemovedAndNamed() throws IOException {
    Path killed = Files.createDirectories(layout.tmp().resolve("pid-99-killed"));
    Files.writeString(killed.resolve("alive"), "");
    Files.writeString(killed.resolve("blob-1"), "half");
    Files.createDirectories(layout.tmp().resolve("pid-98-young"));
    Path foreign = Files.writeString(layout.tmp().resolve("notes.txt"), "mine");

    assertThat(RunDirectory.discardLeftovers(layout))
        .containsExactlyInAnyOrder("pid-99-killed", "pid-98-young");

    assertThat(killed).doesNotExist();
    assertThat(foreign).exists();
  }

  @Test
  void discardLeftovers_runOfAnotherLivingProcess_stays() throws Exception {
    Path other = Files.createDirectories(layout.tmp().resolve("pid-77-other"));
    Path alive = Files.writeString(other.resolve("alive"), "");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                alive.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("locked");

      assertThat(RunDirectory.discardLeftovers(layout)).isEmpty();
      assertThat(other).exists();
    } finally {
      holder.destroyForcibly();
      holder.waitFor();
    }

    assertThat(RunDirectory.discardLeftovers(layout)).containsExactly("pid-77-other");
  }

  @Test
  void open_tmpCannotBeMade_usesTheSystemsDirectory() throws IOException {
    PondLayout blocked = new PondLayout(directory.resolve("blocked"));
    Files.createDirectories(blocked.root());
    Files.writeString(blocked.tmp(), "a file in the way");

    Path path;
    try (RunDirectory run = RunDirectory.open(blocked)) {
      path = run.path();
      assertThat(path).isDirectory();
      assertThat(path.startsWith(blocked.root())).isFalse();
    }
    assertThat(path).doesNotExist();
  }
}
