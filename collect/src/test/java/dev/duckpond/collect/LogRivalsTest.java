package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.Visibility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs over the same logs at once, as of two nodes with one directory. */
final class LogRivalsTest {
  private static final PondPath OTHER = PondPath.of("/other");

  @TempDir Path directory;
  private CollectPond pond;
  private Path logs;
  private Path app;

  @BeforeEach
  void makePond() throws IOException {
    pond = CollectPond.create(directory);
    logs = Files.createDirectories(directory.resolve("logs"));
    app = logs.resolve("app.log");
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  private CollectPond.Ran run() {
    return pond.run(
        "logfile-ingest",
        """
        archived_pattern: %1$s/app.log.*
        active_pattern: %1$s/app.log
        pond_path: /logs
        """
            .formatted(logs));
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> all() {
    return pond.tree().match(PathPattern.parse("/logs/**"), Visibility.ALL).stream()
        .filter(match -> !match.node().type().isDirectory())
        .map(match -> match.path().toString())
        .map(path -> path.substring("/logs/".length()) + "=" + held(path))
        .toList();
  }

  private String held(String path) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (NodeVersion version : pond.versions(path)) {
      try (InputStream in = pond.tree().snapshot().contents().open(version)) {
        in.transferTo(all);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void run_otherRunAppendsTheSameMeanwhile_takesItOnce() {
    append(app, "one\n");
    run().requireDone();
    append(app, "two\n");
    pond.beforeNextCommit(() -> run().requireDone());

    CollectPond.Ran ran = run().requireDone();

    assertThat(all()).containsExactly("app.log=one\ntwo\n");
    assertThat(ran.printed().getLast()).startsWith("0 files changed, 0 bytes taken in");
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_otherRunMakesTheSameLogsMeanwhile_takesThemOnce() {
    append(app, "one\n");
    append(logs.resolve("app.log.1"), "zero\n");
    pond.beforeNextCommit(() -> run().requireDone());

    run().requireDone();

    assertThat(all()).containsExactly("app.log=one\n", "app.log.1=zero\n");
  }

  @Test
  void run_otherRunTakesARotationMeanwhile_takesItOnce() throws IOException {
    append(app, "one\n");
    run().requireDone();
    append(app, "two\n");
    Files.move(app, logs.resolve("app.log.1"));
    append(app, "three\n");
    pond.beforeNextCommit(() -> run().requireDone());

    run().requireDone();

    assertThat(all()).containsExactly("app.log=three\n", "app.log.1=one\ntwo\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_otherTransactionMeanwhile_goesOn() {
    append(app, "one\n");
    run().requireDone();
    append(app, "two\n");
    pond.beforeNextCommit(() -> pond.change(draft -> draft.edit().makeDirectory(OTHER)));

    CollectPond.Ran ran = run().requireDone();

    assertThat(ran.printed().getLast()).startsWith("1 file changed, 4 bytes taken in");
    assertThat(all()).containsExactly("app.log=one\ntwo\n");
  }

  @Test
  void run_otherRunsAgainAndAgainMeanwhile_givesUpAndTakesNothing() {
    append(app, "0\n");
    run().requireDone();
    append(app, "1\n");
    disturb(2);

    CollectPond.Ran ran = run();

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.Locked.class)
        .hasMessageContaining("'/logs' are being taken in by another run")
        .hasMessageContaining("nothing was taken in twice");
    assertThat(all().getFirst()).startsWith("app.log=0\n1\n").doesNotContain("\n1\n1\n");
    pond.beforeNextCommit(() -> {});
    run().requireDone();
    assertThat(held("/logs/app.log")).isEqualTo(content());
  }

  /** Before each commit another run takes all in, and then more is written. */
  private void disturb(int line) {
    pond.beforeNextCommit(() -> {
      run().requireDone();
      append(app, line + "\n");
      disturb(line + 1);
    });
  }

  private String content() {
    try {
      return Files.readString(app);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
