package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guides on the harbour's data say what happens: every command is run, every answer read. */
final class GuideTest {
  private static final String CHAIN = "instrument-to-chart.md";
  private static final String SITE = "site.md";

  @TempDir Path directory;

  private static GuidePage page(String name) throws IOException {
    return GuidePage.parse(Files.readString(Path.of("../docs/guide").resolve(name)));
  }

  @Test
  void files_ofTheChain_areThoseOfTheTests() throws IOException {
    List<String> names = new ArrayList<>();
    for (GuidePage.Step step : page(CHAIN).steps()) {
      if (step instanceof GuidePage.Step.File(String name, String text)) {
        assertThat(text).isEqualTo(NoyoChain.resource(name));
        names.add(name);
      }
    }
    assertThat(names).isEqualTo(NoyoChain.FILES);
  }

  @Tag("acceptance")
  @Test
  void commands_ofTheChain_answerAsItShows() throws IOException {
    copy(SharedData.requireNoyo(), directory.resolve("noyo"));
    CliFixture cli = CliFixture.in(directory);
    cli.withVariable("POND", cli.path("pond").toString());

    assertThat(play(page(CHAIN), cli)).isGreaterThan(8);
  }

  @Tag("acceptance")
  @Test
  void commands_ofTheSite_answerAsItShows() throws IOException {
    CliFixture cli = NoyoChain.make(directory, SharedData.requireNoyo()).cli();

    assertThat(play(page(SITE), cli)).isEqualTo(4);
    assertThat(cli.path("www/index.html")).content().contains("single_site/Silver.html");
    assertThat(scriptBytes(cli.path("www"))).isLessThan(15_000_000);
  }

  private static long scriptBytes(Path site) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(site)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".js")).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** Does what a page says, and answers how many answers it showed. */
  private static int play(GuidePage page, CliFixture cli) throws IOException {
    int answers = 0;
    for (GuidePage.Step step : page.steps()) {
      switch (step) {
        case GuidePage.Step.File(String name, String text) -> cli.file(name, text);
        case GuidePage.Step.Commands commands -> {
          List<String> lines = run(cli, commands.lines());
          GuidePage.requireFitting(commands, lines);
          answers += commands.answer().isPresent() ? 1 : 0;
        }
      }
    }
    return answers;
  }

  private static List<String> run(CliFixture cli, List<String> commands) {
    List<String> lines = new ArrayList<>();
    for (String command : commands) {
      if (command.startsWith("export POND=")) {
        continue;
      }
      CliResult result = cli.runLine(command.replace("$PWD", cli.directory().toString()));
      result.out().lines().forEach(lines::add);
      result.err().lines().forEach(lines::add);
    }
    return lines;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
