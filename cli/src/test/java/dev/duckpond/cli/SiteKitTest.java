package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteKitTest {
  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void open() {
    cli = CliFixture.in(directory).withVariable("POND", "p");
  }

  private CliResult ok(String line) {
    CliResult result = cli.runLine(line);
    assertThat(result.status()).as("%s: %s", line, result.err()).isZero();
    return result;
  }

  @Test
  void siteKit_library_isOfTheVersionOfTheDependency() throws IOException {
    ok("pond site-kit kit");

    assertThat(Files.readString(cli.path("kit/assets/chart.js"))).contains("Chart.js v4.5.1");
    assertThat(Files.readString(cli.path("kit/assets/chart.js-LICENSE.md"))).contains("MIT");
    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains("<chartjs.version>4.5.1</chartjs.version>");
  }

  @Test
  void siteKit_again_changesNothingUnlessItIsTold() throws IOException {
    ok("pond site-kit kit");
    cli.file("kit/frame.html", "mine");

    CliResult again = cli.runLine("pond site-kit kit");

    assertThat(again.status()).isEqualTo(5);
    assertThat(again.err()).contains("it may hold changes of yours").contains("--overwrite");
    assertThat(cli.path("kit/frame.html")).hasContent("mine");
    ok("pond site-kit kit --overwrite");
    assertThat(Files.readString(cli.path("kit/frame.html"))).contains("<html");
  }
}
