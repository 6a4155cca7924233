package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What patterns of log files may mean, and what else may be where logs go. */
final class LogPatternsTest extends LogScene {
  LogPatternsTest() {
    super("app.log.*", "app.log");
  }

  private static String yaml(Path folder, String archived, String active, String path) {
    return """
    archived_pattern: %1$s/%2$s
    active_pattern: %1$s/%3$s
    pond_path: %4$s
    """
        .formatted(folder, archived, active, path);
  }

  @Test
  void check_onePatternForBoth_isRefused() {
    assertThatThrownBy(
            () -> pond.check("logfile-ingest", yaml(logs, "app.log*", "app.log*", "/logs")))
        .hasMessageContaining("'archived_pattern' and 'active_pattern' are the same");
  }

  @Test
  void run_activePatternThatMatchesRotatedFilesToo_leavesThemOut() throws IOException {
    append("a\n");
    String yaml = yaml(logs, "app.log.*", "app.log*", "/logs");
    pond.run("logfile-ingest", yaml).requireDone();
    Files.move(app, logs.resolve("app.log.1"));
    append("b\n");

    pond.run("logfile-ingest", yaml).requireDone();

    assertThat(names()).containsExactly("app.log", "app.log.1");
    assertThat(held("app.log.1")).isEqualTo("a\n");
    assertThat(held("app.log")).isEqualTo("b\n");
  }

  @Test
  void run_archivedPatternThatMatchesActiveFilesToo_leavesThemOut() throws IOException {
    append("a\n");
    String yaml = yaml(logs, "app.log*", "app.log", "/logs");
    pond.run("logfile-ingest", yaml).requireDone();
    append("b\n");

    pond.run("logfile-ingest", yaml).requireDone();

    assertThat(names()).containsExactly("app.log");
    assertThat(held("app.log")).isEqualTo("a\nb\n");
  }

  @Test
  void check_rootOrSystemAsPath_isRefused() {
    for (String path : List.of("/", "/system", "/system/run/logs")) {
      assertThatThrownBy(
              () -> pond.check("logfile-ingest", yaml(logs, "app.log.*", "app.log", path)))
          .hasMessageContaining("logs cannot be in '" + path + "'");
    }
  }

  @Test
  void run_anotherFileAmongTheLogs_isLeftAlone() throws IOException {
    append("a\n");
    run().requireDone();
    write("/logs/notes.txt");
    write("/logs/app.log.1");
    append("b\n");
    Files.move(app, logs.resolve("app.log.1"));
    Files.writeString(logs.resolve("app.log.2"), "two\n");
    append("c\n");

    run().requireDone();
    run().requireDone();

    assertThat(pond.commits()).isZero();
    assertThat(names())
        .hasSize(5)
        .contains("app.log", "app.log.1", "app.log.2", "notes.txt")
        .anyMatch(name -> name.startsWith("app.log.1~"));
    assertThat(held("app.log")).isEqualTo("c\n");
    assertThat(held("app.log.1")).isEqualTo("hi");
  }

  @Test
  void run_anotherFileInThePlaceOfALog_failsForThatLogAlone() throws IOException {
    write("/logs/app.log");
    append("a\n");
    Files.writeString(logs.resolve("app.log.1"), "one\n");

    assertThat(run().failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining("1 of 2 files failed")
        .hasMessageContaining("'/logs/app.log' is no log that was taken in");

    assertThat(held("app.log")).isEqualTo("hi");
    assertThat(held("app.log.1")).isEqualTo("one\n");
  }

  private void write(String path) {
    pond.change(draft -> {
      draft.edit().makeDirectories(PondPath.of("/logs"));
      draft
          .edit()
          .write(
              PondPath.of(path),
              EntryType.DATA,
              draft.stage(
                  new ByteArrayInputStream("hi".getBytes(StandardCharsets.US_ASCII)),
                  EntryType.DATA),
              ContentFacts.NONE);
    });
  }
}
