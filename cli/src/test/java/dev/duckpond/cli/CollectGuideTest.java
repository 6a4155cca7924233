package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The guide on bringing data in says what happens: a shell types it, every answer is read. */
final class CollectGuideTest {
  private static final Path PAGE = Path.of("../docs/guide/collect.md");

  @TempDir Path directory;

  private static GuidePage page() throws IOException {
    return GuidePage.parse(Files.readString(PAGE));
  }

  @Test
  void files_ofThePage_areGoodConfigurations() throws IOException {
    CliFixture cli =
        CliFixture.in(directory)
            .withVariable("POND", "p")
            .withVariable("INBOX", "/srv")
            .withVariable("LOGS", "/var/log");
    cli.run("init");
    int files = 0;
    for (GuidePage.Step step : page().steps()) {
      if (step instanceof GuidePage.Step.File(String name, String text)) {
        String kind = name.equals("logs.yaml") ? "logfile-ingest" : name.replace(".yaml", "");
        CliResult made = cli.file(name, text).run("mknod", kind, "/" + kind, "--config-path", name);
        assertThat(made.status()).as(made.err()).isZero();
        files++;
      }
    }
    assertThat(files).isEqualTo(2);
  }

  @Tag("acceptance")
  @EnabledOnOs(OS.LINUX)
  @Test
  void commands_ofThePage_answerAsItShows() throws IOException {
    Path noyo = SharedData.requireNoyo();
    List<Path> links = new ArrayList<>();
    for (String folder : List.of("hydrovu", "laketech-html")) {
      Path link = Files.createDirectories(directory.resolve("noyo")).resolve(folder);
      links.add(Files.createSymbolicLink(link, noyo.resolve(folder)));
    }
    copyFromYesterday(noyo.resolve("laketech-csv"), directory.resolve("noyo/laketech-csv"));
    GuidePage page = page();

    List<List<String>> answers = new ShellSession(directory).play(page);
    for (Path link : links) {
      Files.delete(link);
    }

    int shown = 0;
    int block = 0;
    for (GuidePage.Step step : page.steps()) {
      if (step instanceof GuidePage.Step.Commands commands) {
        List<String> lines = answers.get(block++);
        GuidePage.requireFitting(commands, lines);
        shown += commands.answer().isPresent() ? 1 : 0;
      }
    }
    assertThat(shown).isEqualTo(9);
  }

  /** The last lines of the files have no end; those of files written within the hour would wait. */
  private static void copyFromYesterday(Path folder, Path to) throws IOException {
    Files.createDirectory(to);
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Path copy = Files.copy(file, to.resolve(file.getFileName()));
        Files.setLastModifiedTime(copy, yesterday);
      }
    }
  }
}
