package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of downsampled series, through the command. */
class MaintainTest {
  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void makePond() throws Exception {
    cli = CliFixture.in(directory).withVariable("POND", "p");
    cli.run("init");
    byte[] parquet =
        cli.run(
                "sql",
                "SELECT TIMESTAMP '2024-05-01' + to_minutes(CAST(10 * i AS INTEGER)) AS timestamp,"
                    + " i AS v FROM range(6000) r(i)",
                "--format",
                "parquet")
            .outBytes();
    Files.write(cli.path("a.parquet"), parquet);
    cli.run("mkdir", "/in");
    cli.run("copy", "a.parquet", "/in/a.series");
  }

  private void reduce() {
    cli.file(
        "reduce.yaml",
        """
        in_pattern: /in/*.series
        out_pattern: $0
        resolutions: [1h, 1d]
        aggregations: [{type: avg}]
        """);
    cli.run("mknod", "temporal-reduce", "/r", "--config-path", "reduce.yaml");
  }

  @Test
  void rebuild_reducedSeries_computesAllOfIt() {
    reduce();

    assertThat(cli.run("maintain", "--rebuild-rollups", "--dry-run").out())
        .isEqualTo(
            """
            /r/a/res=1d.series: 0 of 42 tiles, 0 rows, 0 B
            /r/a/res=1h.series: 0 of 42 tiles, 0 rows, 0 B
            """);
    assertThat(cli.run("maintain", "--rebuild-rollups").out())
        .matches(
            """
            /r/a/res=1d.series: 42 of 42 tiles, 1000 rows, .*B
            /r/a/res=1h.series: 42 of 42 tiles, 1000 rows, .*B
            """);
    assertThat(cli.run("maintain", "--rebuild-rollups", "--dry-run").out())
        .contains("/r/a/res=1h.series: 42 of 42 tiles, 1000 rows");
  }

  @Test
  void query_narrowInTime_keepsNoMoreThanItReads() {
    reduce();

    assertThat(
            cli.run(
                    "cat",
                    "/r/a/res=1h.series",
                    "--sql",
                    "SELECT count(*) AS hours FROM source WHERE timestamp >= '2024-05-03' AND"
                        + " timestamp < '2024-05-04'",
                    "--format",
                    "csv")
                .out())
        .isEqualTo("hours\n24\n");
    assertThat(cli.run("maintain", "--rebuild-rollups", "--dry-run").out())
        .contains("/r/a/res=1h.series: 1 of 42 tiles, 24 rows");
  }

  @Test
  void query_thatReadsNothing_keepsNothing() {
    reduce();

    assertThat(
            cli.run("cat", "/r/a/res=1h.series", "--sql", "SELECT 1 AS one", "--format", "csv")
                .out())
        .isEqualTo("one\n1\n");
    assertThat(cli.run("maintain", "--rebuild-rollups", "--dry-run").out())
        .contains("/r/a/res=1h.series: 0 of 42 tiles, 0 rows");
    assertThat(
            cli.run("cat", "/r/a/res=1h.series", "--sql", "DESCRIBE source", "--format", "csv")
                .out())
        .contains("v.avg,DOUBLE");
  }

  @Test
  void read_boundsThatAreSetAndCleared_areFollowedByWhatIsKept() {
    reduce();
    String whole = cli.run("cat", "/r/a/res=1d.series", "--format", "csv").out();

    cli.run("set-temporal-bounds", "/in/a.series", "--min-time", "2024-05-03T12:00:00Z");
    String bounded = cli.run("cat", "/r/a/res=1d.series", "--format", "csv").out();
    cli.run("set-temporal-bounds", "/in/a.series", "--clear");

    assertThat(whole).startsWith("timestamp,v.avg\n2024-05-01T00:00:00Z,71.5\n");
    assertThat(bounded).startsWith("timestamp,v.avg\n2024-05-03T00:00:00Z,395.5\n");
    assertThat(cli.run("cat", "/r/a/res=1d.series", "--format", "csv").out()).isEqualTo(whole);
  }

  @Test
  void maintain_nothingNamed_isAMistake() {
    CliResult result = cli.run("maintain");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("pond: nothing to maintain was named\n  try: Say --rebuild-rollups.\n");
  }

  @Test
  void rebuild_nothingDownsampled_saysSo() {
    assertThat(cli.run("maintain", "--rebuild-rollups").out())
        .isEqualTo("no series are kept: none is downsampled of many rows\n");
  }
}
