package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
      assertThat(RunDirectory.discardLeftovers(layout).names()).isEmpty();
      assertThat(RunDirectory.discardLeftovers(layout).names()).isEmpty();
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

    assertThat(RunDirectory.discardLeftovers(layout).names())
        .containsExactlyInAnyOrder("pid-99-killed", "pid-98-young");

    assertThat(killed).doesNotExist();
    assertThat(foreign).exists();
  }

  @Test
  void discardLeftovers_runOfAnotherLivingProcess_stays() throws Exception {
    Path other = Files.createDirectories(layout.tmp().resolve("pid-77-other"));
    Path alive = Files.writeString(other.resolve("alive"), "");
    Process holder = hold(alive);
    try {
      assertThat(RunDirectory.discardLeftovers(layout).names()).isEmpty();
      assertThat(other).exists();
    } finally {
      holder.destroyForcibly();
      holder.waitFor();
    }

    assertThat(RunDirectory.discardLeftovers(layout).names()).containsExactly("pid-77-other");
  }

  @Test
  void open_guardHeldByAnotherProcess_usesTheSystemsDirectory() throws Exception {
    Path guard = Files.writeString(layout.tmp().resolve(".guard"), "");
    Process holder = hold(guard);
    try {
      try (RunDirectory run = RunDirectory.open(layout, Duration.ofMillis(20))) {
        assertThat(run.isInPond()).isFalse();
        assertThat(run.path().startsWith(layout.root())).isFalse();
      }
      RunDirectory.Discarded discarded =
          RunDirectory.discardLeftovers(layout, Duration.ofMillis(20));
      assertThat(discarded.names()).isEmpty();
      assertThat(discarded.troubles())
          .containsExactly("another process holds the lock on " + guard);
    } finally {
      holder.destroyForcibly();
      holder.waitFor();
    }
    try (RunDirectory run = RunDirectory.open(layout)) {
      assertThat(run.isInPond()).isTrue();
    }
  }

  @Test
  void discardLeftovers_oneCannotBeRemoved_goesOnAndSaysSo() throws IOException {
    // The lock on a directory cannot be asked for, whoever asks.
    Path odd = layout.tmp().resolve("pid-1-odd");
    Files.createDirectories(odd.resolve("alive"));
    Path killed = Files.createDirectories(layout.tmp().resolve("pid-99-killed"));
    Files.writeString(killed.resolve("alive"), "");

    RunDirectory.Discarded discarded = RunDirectory.discardLeftovers(layout);

    assertThat(discarded.names()).containsExactly("pid-99-killed");
    assertThat(discarded.troubles()).singleElement().asString().startsWith(odd + " stays: ");
    assertThat(killed).doesNotExist();
  }

  @Test
  void discardLeftovers_killedWhileDiscarding_isFinished() throws IOException {
    Path claimed = Files.createDirectories(layout.tmp().resolve(".gone-pid-99-killed"));
    Files.writeString(claimed.resolve("blob-1"), "half");

    assertThat(RunDirectory.discardLeftovers(layout).names()).containsExactly("pid-99-killed");
    assertThat(claimed).doesNotExist();
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

  private static Process hold(Path file) throws IOException {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(holder.inputReader().readLine()).isEqualTo("locked");
    return holder;
  }
}
