package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathPattern;
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

/** Log files that have several names. */
final class LogNamesTest {
  @TempDir Path directory;
  private CollectPond pond;
  private Path logs;

  @BeforeEach
  void makePond() throws IOException {
    pond = CollectPond.create(directory);
    logs = Files.createDirectories(directory.resolve("logs"));
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  private CollectPond.Ran run(String archived, String active) {
    return pond.run(
        "logfile-ingest",
        """
        archived_pattern: %1$s/%2$s
        active_pattern: %1$s/%3$s
        pond_path: /logs
        """
            .formatted(logs, archived, active));
  }

  private void append(String name, String text) throws IOException {
    Path file = logs.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Lists names and contents of all logs of the pond. */
  private List<String> all() {
    return pond.tree().match(PathPattern.parse("/logs/**/*"), Visibility.ALL).stream()
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
  void run_linkToAnActiveFile_isTheSameLogAndToldOnce() throws IOException {
    append("app-1.log", "one\n");
    Path link = Files.createSymbolicLink(logs.resolve("app.log"), Path.of("app-1.log"));

    CollectPond.Ran ran = run("*.log.*", "*.log").requireDone();

    assertThat(all()).containsExactly("app-1.log=one\n");
    assertThat(ran.printed())
        .contains("'" + link + "' is '" + logs.resolve("app-1.log") + "', and taken in as that");
    append("app-1.log", "two\n");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("app-2.log"));
    append("app-2.log", "three\n");
    assertThat(run("*.log.*", "*.log").requireDone().printed())
        .noneMatch(line -> line.contains("app-1.log', and"));
    assertThat(all()).containsExactly("app-1.log=one\ntwo\n", "app-2.log=three\n");
  }

  @Test
  void run_linkToTheFolderOfLogs_makesNoOtherLogs() throws IOException {
    append("web/app.log", "two\n");
    append("web/app.log.1", "one\n");
    Files.createSymbolicLink(logs.resolve("current"), logs.resolve("web"));

    run("*/app.log.*", "*/app.log").requireDone();

    assertThat(all()).containsExactly("web/app.log=two\n", "web/app.log.1=one\n");
    Files.move(logs.resolve("web/app.log.1"), logs.resolve("web/app.log.2"));
    Files.move(logs.resolve("web/app.log"), logs.resolve("web/app.log.1"));
    append("web/app.log", "three\n");
    run("*/app.log.*", "*/app.log").requireDone();
    assertThat(all())
        .containsExactly("web/app.log=three\n", "web/app.log.1=two\n", "web/app.log.2=one\n");
    run("*/app.log.*", "*/app.log").requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_secondNameOfAnActiveFile_isTheSameLogUnderTheNameItHas() throws IOException {
    append("b.log", "one\n");
    run("*.log.*", "*.log").requireDone();
    Files.createLink(logs.resolve("a.log"), logs.resolve("b.log"));
    append("b.log", "two\n");

    run("*.log.*", "*.log").requireDone();

    assertThat(all()).containsExactly("b.log=one\ntwo\n");
  }

  @Test
  void run_secondNameOfARotatedFile_isTheSameLog() throws IOException {
    append("app.log", "two\n");
    append("app.log.1", "one\n");
    Files.createLink(logs.resolve("app.log.1.kept"), logs.resolve("app.log.1"));

    run("app.log.*", "app.log").requireDone();
    run("app.log.*", "app.log").requireDone();

    assertThat(pond.commits()).isZero();
    assertThat(all()).containsExactly("app.log=two\n", "app.log.1=one\n");
  }

  @Test
  void run_linkThatGoesOverToTheNextFile_isRotation() throws IOException {
    append("app-1.log", "one\n");
    Path link = Files.createSymbolicLink(logs.resolve("app.log"), Path.of("app-1.log"));
    run("app-*.log", "app.log").requireDone();
    append("app-1.log", "more\n");
    append("app-2.log", "two\n");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("app-2.log"));

    run("app-*.log", "app.log").requireDone();

    assertThat(all()).containsExactly("app-1.log=one\nmore\n", "app.log=two\n");
  }
}
