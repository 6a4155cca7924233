package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pond of two series, {@code /s/a.series} and {@code /s/b.series}, of two months each. */
final class ExportCommandTest {
  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void open() {
    cli = CliFixture.in(directory);
    cli.file("a.csv", "timestamp,v\n2024-01-15 00:00:00,1\n2024-02-15 00:00:00,2\n");
    assertThat(cli.run("init", "--pond", "p").status()).isZero();
    cli.withVariable("POND", cli.path("p").toString());
    assertThat(cli.run("mkdir", "/s").status()).isZero();
    for (String name : new String[] {"/s/a.series", "/s/b.series"}) {
      CliResult copied = cli.run("copy", "a.csv", name, "--as-series");
      assertThat(copied.status()).as(copied.err()).isZero();
    }
  }

  @Test
  void export_intoThePond_isRefused() throws IOException {
    Files.createSymbolicLink(cli.path("link"), cli.path("p/data"));
    for (String target : new String[] {"p", "p/exported/here", "link", "link/deeper"}) {
      CliResult result = cli.run("export", "/s/*.series", "-d", target);

      assertThat(result.status()).isEqualTo(ExitCode.USAGE.status());
      assertThat(result.err())
          .contains("is no place for an export")
          .contains("it lies in the pond");
    }
    assertThat(cli.path("p/exported")).doesNotExist();
    assertThat(cli.run("export", "/s/*.series", "-d", "p-exported").status()).isZero();
  }

  @Test
  void export_toAnotherScheme_isRefusedAndHostIsAPath() {
    for (String target : new String[] {"s3://bucket/x", "http://example/x", "host+csv:///x"}) {
      CliResult result = cli.run("export", "/s/*.series", "-d", target);

      assertThat(result.status()).isEqualTo(ExitCode.USAGE.status());
      assertThat(result.err()).contains("'" + target + "' is no directory of this machine");
    }
    assertThat(cli.path("s3:")).doesNotExist();
    assertThat(cli.run("export", "/s/*.series", "-d", "host://" + cli.path("out")).status())
        .isZero();
    assertThat(cli.path("out/a/data.parquet")).exists();
  }

  @Test
  void export_metadataQueryThatCannotRun_isRefusedBeforeAnythingIsWritten() {
    CliResult result =
        cli.run(
            "export",
            "/s/*.series",
            "-d",
            "out",
            "--query-metadata",
            "SELECT x FROM export_metadata");

    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("\"x\" not found");
    assertThat(cli.path("out")).doesNotExist();
  }

  @Test
  void export_jobs_boundThreads() {
    CliResult one =
        cli.run(
            "export",
            "/s/*.series",
            "-d",
            "out",
            "--jobs",
            "1",
            "--threads",
            "2",
            "--query-metadata",
            "SELECT current_setting('threads') AS threads");
    assertThat(one.out()).isEqualTo("threads\n1\n");
    assertThat(cli.run("export", "/s/*.series", "-d", "out", "--jobs", "0").status())
        .isEqualTo(ExitCode.USAGE.status());
  }
}
