package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that compute themselves, through {@code mknod}, {@code apply} and {@code factories}. */
class NodesTest {
  private static final String REDUCE =
      """
      in_pattern: /in/*.series
      out_pattern: $0
      resolutions: [2h]
      aggregations: [{type: avg}]
      """;

  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void makePond() throws Exception {
    cli = CliFixture.in(directory).withVariable("POND", "p");
    cli.run("init");
    byte[] parquet =
        cli.run(
                "sql",
                "SELECT TIMESTAMP '2024-05-01' + to_hours(CAST(i AS INTEGER)) AS timestamp,"
                    + " 1.5 * i AS level FROM range(4) r(i)",
                "--format",
                "parquet")
            .outBytes();
    Files.write(cli.path("a.parquet"), parquet);
    cli.run("mkdir", "/in");
    assertThat(cli.run("copy", "a.parquet", "/in/a.series").err()).startsWith("copied 1 file");
  }

  @Test
  void mknod_reduction_isReadLikeAnyFile() {
    cli.file("reduce.yaml", REDUCE);

    assertThat(cli.run("mknod", "temporal-reduce", "/r", "--config-path", "reduce.yaml").err())
        .isEqualTo("created /r\n");

    assertThat(cli.run("list", "/r/**").out())
        .isEqualTo("[DIR]  /r\n[DIR]  /r/a\n[TBL]  /r/a/res=2h.series\n");
    assertThat(cli.run("cat", "/r/a/res=2h.series", "--format", "csv").out())
        .isEqualTo("timestamp,level.avg\n2024-05-01T00:00:00Z,0.75\n2024-05-01T02:00:00Z,3.75\n");
    assertThat(
            cli.run(
                    "cat",
                    "/r/a/res=2h.series",
                    "--time-start",
                    "2024-05-01T01:00:00Z",
                    "--format",
                    "csv")
                .out())
        .isEqualTo("timestamp,level.avg\n2024-05-01T02:00:00Z,3.75\n");
    assertThat(cli.run("describe", "/r/a/res=2h.series").out()).contains("rows        2\n");
  }

  @Test
  void mknod_again_isRefusedUnlessItIsTheSameOrOverwritten() {
    cli.file("reduce.yaml", REDUCE).file("other.yaml", REDUCE.replace("2h", "1h"));
    cli.run("mknod", "temporal-reduce", "/r", "--config-path", "reduce.yaml");

    assertThat(cli.run("mknod", "temporal-reduce", "/r", "--config-path", "reduce.yaml").err())
        .isEqualTo("unchanged /r\n");
    CliResult refused = cli.run("mknod", "temporal-reduce", "/r", "--config-path", "other.yaml");
    assertThat(refused.status()).isEqualTo(5);
    assertThat(refused.err())
        .isEqualTo(
            """
            pond: '/r' exists already
              try: Give --overwrite to replace its configuration.
            """);
    assertThat(
            cli.run("mknod", "temporal-reduce", "/r", "--config-path", "other.yaml", "--overwrite")
                .err())
        .isEqualTo("updated /r\n");
    assertThat(cli.run("list", "/r/a/").out()).isEqualTo("[TBL]  /r/a/res=1h.series\n");
    CliResult inTheWay =
        cli.run(
            "mknod",
            "temporal-reduce",
            "/in/a.series",
            "--config-path",
            "other.yaml",
            "--overwrite");
    assertThat(inTheWay.status()).isEqualTo(5);
    assertThat(inTheWay.err()).contains("it is a table:series, and holds what no configuration");
  }

  @Test
  void mknod_mistakes_areToldWithFileLineAndColumnAndChangeNothing() {
    cli.file("bad.yaml", "in_patern: /in/*\nout_pattern: $0\nresolutions: [1h]\n");

    CliResult result = cli.run("mknod", "temporal-reduce", "/r", "--config-path", "bad.yaml");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            pond: 'bad.yaml' has 3 mistakes
                bad.yaml:1:1: unknown key 'in_patern'. Did you mean 'in_pattern'?
                bad.yaml:1:1: the key 'in_pattern' is missing. Add it: a path, pattern or URL of the pond.
                bad.yaml:1:1: the key 'aggregations' is missing. Add it: a list, each an aggregation.
            """);
    cli.file("reduce.yaml", REDUCE.replace("{type: avg}", "{type: avg, columns: [levle]}"));
    assertThat(cli.run("mknod", "temporal-reduce", "/r", "--config-path", "reduce.yaml").err())
        .isEqualTo(
            """
            pond: '/r/a/res=2h.series' cannot be computed: reduce.yaml:4:38: '/in/a.series' has no column 'levle'
              try: Did you mean 'level'?
            """);
    assertThat(cli.run("list", "/r").status()).isEqualTo(3);
    assertThat(cli.run("mknod", "temporal", "/r", "--config-path", "bad.yaml").err())
        .isEqualTo(
            """
            pond: there is no factory 'temporal': did you mean 'temporal-reduce'?
              try: Run 'pond factories' to see what there is.
            """);
    assertThat(cli.run("mknod", "temporal-reduce", "/r", "--config-path", "none.yaml").status())
        .isEqualTo(3);
  }

  @Test
  void mknod_cycle_isRefused() {
    cli.file("x.yaml", "patterns: {a: /y}").file("y.yaml", "patterns: {a: /x}");
    cli.file("any.yaml", "patterns: {a: /in/a.series}");
    cli.run("mknod", "sql-derived-series", "/y", "--config-path", "any.yaml");
    cli.run("mknod", "sql-derived-series", "/x", "--config-path", "x.yaml");

    CliResult result =
        cli.run("mknod", "sql-derived-series", "/y", "--config-path", "y.yaml", "--overwrite");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            pond: '/x' cannot be computed: /x:1:15: '/y' is made of itself: /y -> /x -> /y
              try: Change the pattern of one of them.
            """);
  }

  @Test
  void mknod_variables_areReplacedNow() {
    cli.file("any.yaml", "patterns: {a: '/in/${var:name}.series'}");

    assertThat(
            cli.run(
                    "mknod",
                    "sql-derived-series",
                    "/x",
                    "--config-path",
                    "any.yaml",
                    "-v",
                    "name=a")
                .err())
        .isEqualTo("created /x\n");
    assertThat(cli.run("mknod", "sql-derived-series", "/z", "--config-path", "any.yaml").err())
        .contains("any.yaml:1:15: the variable 'name' was not given", "Give it: '-v name=…'.");
    assertThat(
            cli.run("mknod", "sql-derived-series", "/z", "--config-path", "any.yaml", "-v", "nam=a")
                .err())
        .contains("'any.yaml' has no ${var:nam}");
  }

  @Test
  void apply_documents_areMadeOnceAndStay() {
    cli.file("text/one.txt", "1").file("text/two.txt", "2");
    cli.file(
        "all.yaml",
        """
        version: v1
        kind: mkdir
        metadata: {path: /empty}
        ---
        kind: copy
        metadata: {path: /text}
        spec: {source: "host://%s"}
        ---
        kind: mknod
        metadata: {path: /computed/all}
        spec:
          factory: sql-derived-series
          config:
            patterns: {a: /in/*.series} # matches are united
        """
            .formatted(cli.path("text")));

    String created = "created   /empty\ncreated   /text\ncreated   /computed/all\n";
    assertThat(cli.run("apply", "-f", "all.yaml", "--dry-run").out()).isEqualTo(created);
    assertThat(cli.run("list", "/text").status()).isEqualTo(3);
    assertThat(cli.run("log", "--incomplete").out()).isEmpty();
    assertThat(cli.run("apply", "-f", "all.yaml").out()).isEqualTo(created);
    assertThat(cli.run("apply", "-f", "all.yaml").out())
        .isEqualTo(created.replace("created  ", "unchanged"));
    cli.file("text/two.txt", "3");
    assertThat(cli.run("apply", "-f", "all.yaml").out())
        .isEqualTo("unchanged /empty\nupdated   /text\nunchanged /computed/all\n");
    assertThat(cli.run("cat", "/text/two.txt").out()).isEqualTo("3");
    assertThat(
            cli.run(
                    "cat",
                    "/computed/all",
                    "--sql",
                    "SELECT count(*) AS n FROM source",
                    "--format",
                    "csv")
                .out())
        .isEqualTo("n\n4\n");
  }

  @Test
  void apply_mistakes_areAllToldAndNothingIsMade() {
    cli.file(
        "bad.yaml",
        """
        kind: mkdir
        metadata: {path: /made}
        ---
        kind: mkdr
        metadata: {pth: /x}
        ---
        kind: copy
        metadata: {path: /y}
        """);

    CliResult result = cli.run("apply", "-f", "bad.yaml");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            pond: 'bad.yaml' has 4 mistakes
                bad.yaml:4:7: 'mkdr' is not known here. Did you mean 'mkdir'?
                bad.yaml:5:11: the key 'path' is missing. Add it: a path of the pond.
                bad.yaml:5:12: unknown key 'pth'. Did you mean 'path'?
                bad.yaml:7:1: a copy needs 'spec:' with keys and values
            """);
    assertThat(cli.run("list", "/made").status()).isEqualTo(3);
  }

  @Test
  void factories_eachOne_isExplained() {
    assertThat(cli.run("factories").out().lines()).hasSize(13);
    assertThat(cli.run("factories", "column-rename").out())
        .startsWith("column-rename: renames, casts and drops columns; named by 'transforms'\n")
        .contains("type: pattern", "replacement (required)");
    assertThat(cli.run("factories", "column-rename", "--schema").out())
        .contains("\"additionalProperties\": false");
    assertThat(cli.run("list-factories", "colum-rename").err())
        .contains("did you mean 'column-rename'?");
  }
}
