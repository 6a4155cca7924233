package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and pipelines over {@code /s/s0.series} to {@code /s/s9.series}, of two months each. */
final class PagesTest {
  private static final int SERIES = 10;

  private static final String SPEC =
      """
      collections:
        - name: sites
          in_pattern: /s/*.series
          out_pattern: $0.html
          template_file: site.html
      """;

  private static final String PIPELINE =
      """
      stages:
        - name: Data
          type: data_export
          patterns: [/s/*.series]
          temporal: year,month
        - name: Index
          type: custom_query
          sql: SELECT capture_value AS site, count(*) AS files FROM export_metadata
               WHERE export_stage = 1 AND capture_group = 0 GROUP BY 1 ORDER BY 1
          output_table: sites
          output_file: index.csv
        - name: Pages
          type: template_processing
          template_spec: spec.yaml
          vars: [{key: place, value: Noyo}]
      """;

  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void open() {
    cli = CliFixture.in(directory);
    cli.withVariable("POND", cli.path("p").toString());
    cli.file("a.csv", "timestamp,X.T.C,Y.T.C\n2024-01-15 00:00:00,1,2\n2024-02-15 00:00:00,2,3\n");
    ok("init");
    ok("mkdir", "/s");
    for (int i = 0; i < SERIES; i++) {
      ok("copy", "a.csv", "/s/s" + i + ".series", "--as-series");
    }
    cli.file("spec.yaml", SPEC);
    cli.file("site.html", "{{ args[0] }} {{ export[args[0]] | length }}\n");
    cli.file("pipeline.yaml", PIPELINE);
  }

  private CliResult ok(String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as("%s: %s", List.of(words), result.err()).isZero();
    return result;
  }

  private String text(String file) throws IOException {
    return Files.readString(cli.path(file));
  }

  private Map<String, FileTime> times(String folder) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> all = Files.walk(cli.path(folder))) {
      // The lock tells who held it last.
      for (Path file :
          all.filter(Files::isRegularFile).filter(f -> !f.endsWith(".pond-export.lock")).toList()) {
        times.put(cli.path(folder).relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void node_isRenderedWhenRead_andStandsOnItsOwn() throws IOException {
    cli.file(
        "site.html",
        """
        {% for name, fields in group(by="name", in=schema.fields) %}{{ name }}:\
        {% for who, own in group(by="instrument", in=fields) %} {{ who }} {{ own[0].unit }}{% endfor %}\
        {% endfor %} {{ "<" }} ${env:HOME}
        """);
    ok("mknod", "template", "/pages", "--config-path", "spec.yaml");
    Files.delete(cli.path("site.html"));

    assertThat(ok("cat", "/pages/sites/s3.html").out()).isEqualTo("T: X C Y C &lt; ${env:HOME}\n");
    assertThat(ok("list", "/pages/sites/*").out().lines()).hasSize(SERIES);
    ok("copy", "/pages/sites/s1.html", "host://" + cli.path("copied.html"));
    assertThat(text("copied.html")).startsWith("T: X C");
  }

  @Test
  void mknod_templateWithOptionsOfAUrl_areRefused() {
    cli.file("site.html", "x");
    cli.file("spec.yaml", SPEC.replace("/s/*.series", "'series:///s/*.series?time_column=x'"));

    assertThat(cli.run("mknod", "template", "/pages", "--config-path", "spec.yaml").err())
        .contains("spec.yaml:3:17: 'series:///s/*.series?time_column=x' has options");
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/zero, it is not a plain file",
    "/, it is a directory",
    "long.html, it has more than 4194304 bytes",
  })
  void templateFile_thatIsNoText_isNotRead(String file, String reason) throws IOException {
    try (RandomAccessFile empty = new RandomAccessFile(cli.path("long.html").toFile(), "rw")) {
      empty.setLength(ConfigFile.MAX_BYTES + 1L);
    }
    cli.file("spec.yaml", SPEC.replace("site.html", file));

    assertThat(cli.run("mknod", "template", "/pages", "--config-path", "spec.yaml").err())
        .startsWith("pond: spec.yaml:5:20: '" + file + "' ")
        .contains(reason);
  }

  @Test
  void mknod_templateWithMistakes_tellsThemWhereTheyStand() {
    cli.file("site.html", "one\n{{ x | nofilter }}");
    CliResult result = cli.run("mknod", "template", "/pages", "--config-path", "spec.yaml");

    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("spec.yaml:5:20: site.html:2:8: ").contains("nofilter");
    assertThat(cli.run("list", "/pages").status()).isNotZero();
    cli.file("spec.yaml", SPEC.replace("site.html", "gone.html"));
    assertThat(cli.run("mknod", "template", "/pages", "--config-path", "spec.yaml").err())
        .contains("spec.yaml:5:20: 'gone.html' cannot be read");
  }

  @Test
  void export_pagesAfterData_tellOfWhatWasExported() throws IOException {
    ok("mknod", "template", "/pages", "--config-path", "spec.yaml");
    String[] words = {
      "export", "-p", "/s/*.series", "-p", "/pages/sites/*", "-d", "out", "--temporal", "year,month"
    };
    ok(words);
    assertThat(text("out/s4.html")).isEqualTo("s4 2\n");
    Map<String, FileTime> before = times("out");

    assertThat(ok(words).out()).contains("(0 written, 30 kept, 0 removed)");
    assertThat(times("out")).isEqualTo(before);

    ok("rm", "/s/s9.series");
    assertThat(ok(words).out()).contains("(0 written, 27 kept, 3 removed)");
    assertThat(cli.path("out/s9.html")).doesNotExist();
  }

  @Test
  void export_templateAsksWhatWasExportedBefore_readsItsFiles() throws IOException {
    cli.file(
        "site.html",
        """
        {% set rows = query(sql='SELECT sum("X.T.C") AS x FROM "/s/' ~ args[0] ~ '.series"') %}\
        {{ rows[0].x }}
        """);
    ok("export", "/s/*.series", "-t", "spec.yaml", "-d", "out", "--temporal", "year,month");

    assertThat(text("out/s3.html").strip()).isEqualTo("3");
  }

  @Test
  void export_templateAsksForMoreThanAPageMay_isToldWithItsLine() {
    cli.file(
        "site.html",
        """
        {% for i in range(end=6) %}
        {{ query(sql="SELECT " ~ i ~ " AS i FROM range(100000)") | length }}
        {% endfor %}
        """);

    assertThat(cli.run("export", "/s/s0.series", "-t", "spec.yaml", "-d", "out").err())
        .contains(
            "site.html:2:4: the queries of this page have more than 500000 rows together: the 5"
                + " before this had 500000")
        .contains("Ask once and keep the rows with 'set'");
    assertThat(cli.path("out/s0.html")).doesNotExist();
  }

  @Test
  void export_queryOfATemplateFails_showsItAsItWasWritten() {
    cli.file("site.html", "x\n{{ query(sql='SELECT nothing FROM export_metadata') }}");

    assertThat(cli.run("export", "/s/s0.series", "-t", "spec.yaml", "-d", "out").err())
        .contains("site.html:2:4: the query failed: Referenced column \"nothing\" not found")
        .contains("LINE 1: SELECT nothing FROM export_metadata")
        .doesNotContain("duckpond");
  }

  @Test
  void export_template_seesVariables() throws IOException {
    cli.file("site.html", "{{ who }} {{ vars.who }} {{ pond.txn }}\n");
    ok("export", "/s/*.series", "-t", "spec.yaml", "-v", "who=ada", "-d", "out");

    assertThat(text("out/s0.html")).isEqualTo("ada ada 12\n");
    assertThat(cli.run("export", "/s/*.series", "-t", "spec.yaml", "-v", "args=1", "-d", "x").err())
        .contains("the variable 'args' would hide what templates see");
  }

  @Test
  void pipeline_onePageOfTenFails_theOthersAreThereAndTheNextStageIsNot() throws IOException {
    cli.file("site.html", "{{ args[0] }}{% if args[0] == \"s2\" %}{{ nothing }}{% endif %}");
    cli.file(
        "pipeline.yaml",
        PIPELINE
            + """
              - {name: Later, type: custom_query, sql: SELECT 1 AS n, output_file: later.csv}
            """);
    CliResult result = cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out");

    assertThat(result.status()).isEqualTo(ExitCode.PARTLY_DONE.status());
    assertThat(result.err()).contains("the stage 'Pages' failed: 1 of 10 targets failed");
    assertThat(result.err())
        .contains("site.html:1:41: the variable `nothing` is not defined. Give it with")
        .contains(
            """

                  |
                1 | {{ args[0] }}{% if args[0] == "s2" %}{{ nothing }}{% endif %}
                  |                                         ^^^^^^^
            """);
    assertThat(cli.path("out/s2.html")).doesNotExist();
    assertThat(cli.path("out/later.csv")).doesNotExist();
    for (int i = 0; i < SERIES; i++) {
      assertThat(Files.exists(cli.path("out/s" + i + ".html"))).isEqualTo(i != 2);
    }
    assertThat(text("out/index.csv")).startsWith("site,files\ns0,2\n");
  }

  @Test
  void pipeline_twice_writesNothingTheSecondTime() throws IOException {
    cli.file(
        "site.html", "{% for r in stage.sites %}{{ r.site }}{{ r.files }} {% endfor %}{{ place }}");
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    Map<String, FileTime> before = times("out");
    assertThat(text("out/s0.html")).startsWith("s02 s12").endsWith("Noyo");

    assertThat(ok("export", "--pipeline", "pipeline.yaml", "-d", "out").out())
        .contains("(0 written, 31 kept, 0 removed)");
    assertThat(times("out")).isEqualTo(before);
    assertThat(
            ok(
                    "export",
                    "--pipeline",
                    "pipeline.yaml",
                    "-d",
                    "out",
                    "--query-metadata",
                    "SELECT count(*) AS n FROM sites")
                .out())
        .isEqualTo("n\n10\n");
  }

  @Test
  void pipeline_dumpsOfEverything_areTheSameTheSecondTime() throws IOException {
    cli.file(
        "pipeline.yaml",
        PIPELINE
            + """
              - {name: Dump, type: custom_query, sql: FROM export_metadata, output_table: dump, output_file: dump.csv}
              - {name: More, type: template_processing, template_spec: more.yaml}
            """);
    cli.file(
        "more.yaml", SPEC.replace("$0.html", "more/$0.html").replace("site.html", "more.html"));
    cli.file("more.html", "{{ stage | json_encode }}{{ query(sql='FROM export_metadata') }}");
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    Map<String, FileTime> before = times("out");
    String[] again = {
      "export", "--pipeline", "pipeline.yaml", "-d", "out", "--query-metadata", "%s"
    };

    assertThat(ok("export", "--pipeline", "pipeline.yaml", "-d", "out").out())
        .contains("(0 written, 42 kept, 0 removed)");
    assertThat(times("out")).isEqualTo(before);
    assertThat(text("out/more/s0.html")).contains("sha256", "dump").doesNotContain("written");
    assertThat(text("out/dump.csv")).startsWith("pattern,target,").doesNotContain("written");
    again[again.length - 1] = "SELECT * FROM export_metadata LIMIT 1";
    assertThat(ok(again).out()).contains(",sha256,written,export_stage\n");
  }

  @Test
  void pipeline_queriesThatNameWritten_areToldOfTheRun() throws IOException {
    cli.file(
        "pipeline.yaml",
        PIPELINE
            + """
              - {name: New, type: custom_query, sql: SELECT DISTINCT Written FROM export_metadata, output_file: new.csv}
            """);
    cli.file(
        "site.html",
        "{{ query(sql='SELECT count(*) AS n FROM export_metadata WHERE written')[0].n }}");
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    assertThat(text("out/new.csv")).isEqualTo("written\ntrue\n");
    assertThat(text("out/s0.html")).isEqualTo("20");

    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    assertThat(text("out/new.csv")).isEqualTo("written\nfalse\n");
    assertThat(text("out/s0.html")).isEqualTo("0");
  }

  @Test
  void pipeline_losesStagesCollectionsAndFiles_theirFilesAreRemoved() throws IOException {
    String collection =
        """
          - {name: more, in_pattern: /s/s1.*, out_pattern: more/1.html, template: x}
        """;
    cli.file("spec.yaml", SPEC + collection);
    cli.file("one.yaml", SPEC.replace("$0.html", "other/$0.html"));
    String[] words = {"export", "--pipeline", "pipeline.yaml", "-d", "out"};
    ok(words);
    cli.file("out/mine.html", "mine");
    assertThat(cli.path("out/more/1.html")).exists();
    Map<String, FileTime> before = times("out");

    cli.file("spec.yaml", SPEC);
    cli.file(
        "pipeline.yaml",
        PIPELINE.replace("  output_file: index.csv", "").replace("site.html", "x")
            + """
              - {name: Fails, type: custom_query, sql: SELECT error('no'), output_file: f.csv}
            """);
    assertThat(cli.run(words).err()).contains("the stage 'Fails' failed");
    assertThat(times("out").keySet()).containsAll(before.keySet());

    // Other requests are not about them.
    ok("export", "/s/*.series", "-t", "one.yaml", "-d", "out", "--temporal", "year,month");
    assertThat(times("out").keySet()).containsAll(before.keySet());

    cli.file("pipeline.yaml", PIPELINE.replace("    output_file: index.csv\n", ""));
    assertThat(ok("export", "--pipeline", "pipeline.yaml", "-d", "out", "--dry-run").out())
        .contains("2 to remove");
    assertThat(ok(words).out()).contains("(0 written, 30 kept, 2 removed)");
    assertThat(cli.path("out/index.csv")).doesNotExist();
    assertThat(cli.path("out/more")).doesNotExist();
    assertThat(cli.path("out/mine.html")).exists();

    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: Data, type: data_export, patterns: [/s/s0.series]}
        """);
    ok(words);
    assertThat(times("out").keySet().stream().filter(file -> !file.startsWith("other/")))
        .containsExactly(".pond-export.json", "mine.html", "s/s0/data.parquet");
  }

  @Test
  void pipelines_twoOfOneSpecification_leaveEachOthersPages() throws IOException {
    cli.file("here/spec.yaml", SPEC).file("here/site.html", "here");
    cli.file("here/pipeline.yaml", PIPELINE.replace("index.csv", "here.csv"));
    cli.file("there/spec.yaml", SPEC.replace("$0", "there/s1").replace("/s/*", "/s/s1"));
    cli.file("there/site.html", "there");
    cli.file("there/pipeline.yaml", PIPELINE.replace("index.csv", "there.csv"));
    ok("export", "--pipeline", "here/pipeline.yaml", "-d", "out");
    Set<String> before = times("out").keySet();

    ok("export", "--pipeline", "there/pipeline.yaml", "-d", "out");

    assertThat(times("out").keySet())
        .containsAll(before)
        .contains("there/s1.html", "there.csv", "here.csv", "s0.html");
    // Of its own it removes what it no longer has, and what it shares stays.
    cli.file("there/spec.yaml", SPEC.replace("$0", "else/s1").replace("/s/*", "/s/s1"));
    cli.file(
        "there/pipeline.yaml",
        """
        stages:
          - {name: Data, type: data_export, patterns: [/s/s1.series], temporal: "year,month"}
          - {name: Pages, type: template_processing, template_spec: spec.yaml}
        """);
    ok("export", "--pipeline", "there/pipeline.yaml", "-d", "out");
    assertThat(times("out").keySet())
        .containsAll(before)
        .contains("else/s1.html")
        .doesNotContain("there/s1.html", "there.csv");
  }

  @Test
  void templates_otherVariablesOrPatterns_leaveThePagesOfTheFirst() throws IOException {
    cli.file("spec.yaml", SPEC.replace("$0.html", "${var:lang}/$0.html"));
    cli.file("site.html", "x");
    ok("export", "/s/*.series", "-t", "spec.yaml", "-d", "out", "-v", "lang=de");
    ok("export", "/s/*.series", "-t", "spec.yaml", "-d", "out", "-v", "lang=en");
    ok("export", "/s/s1.series", "-t", "spec.yaml", "-d", "out", "-v", "lang=en");

    assertThat(times("out").keySet()).contains("de/s0.html", "en/s0.html", "en/s1.html");
  }

  @Test
  void pipeline_twoStagesOfOneName_keepEachOthersPages() throws IOException {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: Data, type: data_export, patterns: [/s/s0.series, /s/s1.series]}
          - name: P
            type: template_processing
            template_spec:
              collections: [{name: a, in_pattern: '/s/*.series', out_pattern: 'p/$0.html', template: x}]
          - name: P
            type: template_processing
            template_spec:
              collections: [{name: a, in_pattern: '/s/*.series', out_pattern: 'q/$0.html', template: x}]
        """);
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");

    assertThat(times("out").keySet()).contains("p/s0.html", "q/s0.html");
    assertThat(ok("export", "--pipeline", "pipeline.yaml", "-d", "out").out())
        .contains("(0 written, 6 kept, 0 removed)");
  }

  @Test
  void pipeline_pageFailsAfterItsPlaceChanged_staysWhereItWas() throws IOException {
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    cli.file("spec.yaml", SPEC.replace("$0.html", "new/$0.html"));
    cli.file("site.html", "{% if args[0] == 's3' %}{{ throw(message='no') }}{% endif %}");

    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").status()).isEqualTo(8);
    assertThat(times("out").keySet()).contains("s3.html", "new/s4.html");

    cli.file("site.html", "x");
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    assertThat(times("out").keySet()).contains("new/s3.html").doesNotContain("s3.html");
  }

  @Test
  void pipeline_fileOfAStageTakenOutWasReplaced_stays() throws IOException {
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    String written = text("out/index.csv");
    cli.file("out/index.csv", "#".repeat(written.length()));
    cli.file("pipeline.yaml", PIPELINE.replace("    output_file: index.csv\n", ""));

    assertThat(ok("export", "--pipeline", "pipeline.yaml", "-d", "out", "--dry-run").out())
        .contains("0 to remove");
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    assertThat(text("out/index.csv")).startsWith("#");
  }

  @Test
  void pipeline_stageFailsAfterAPlaceGotOtherRows_leavesOneSourceThere() throws IOException {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: Data, type: data_export, patterns: ['/s/*1.series'], temporal: "year,month"}
        """);
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: Data, type: data_export, patterns: ['/s/*2.series']}
          - {name: Fails, type: custom_query, sql: SELECT error('no'), output_file: f.csv}
        """);
    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").status()).isEqualTo(8);

    assertThat(times("out").keySet().stream().filter(file -> file.endsWith(".parquet"))).hasSize(1);
  }

  @Test
  void pipeline_placeOfAStageIsTakenByAnother_isExported() throws IOException {
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: Only, type: custom_query, sql: SELECT 1 AS n, output_file: s0.html.csv}
          - {name: Too, type: custom_query, sql: SELECT 2 AS n, output_table: two, output_file: index.csv}
        """);
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");

    assertThat(times("out")).containsOnlyKeys(".pond-export.json", "index.csv", "s0.html.csv");
    assertThat(text("out/index.csv")).isEqualTo("n\n2\n");
  }

  @Test
  void pipeline_variableOfTheCommandLine_replacesTheOneOfTheStage() throws IOException {
    cli.file("site.html", "{{ place }}\n");
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out", "-v", "place=Albion");

    assertThat(text("out/s0.html")).isEqualTo("Albion\n");
  }

  @ParameterizedTest
  @CsvSource({
    "out/s3.html, Pages, it is not a file that an export wrote",
    "out/s3.html/x, Pages, 'a file of that name is needed, and it is a directory'",
    "out/index.csv, Index of sites, it is not a file that an export wrote",
    "out/s3, Data, 'a directory of that name is needed, and it is a file'",
  })
  void pipeline_somethingInTheWay_isToldBeforeAnythingRuns(String file, String stage, String why)
      throws IOException {
    cli.file("pipeline.yaml", PIPELINE.replace("name: Index", "name: Index of sites"));
    cli.file(file, "mine");
    CliResult result = cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out");

    assertThat(result.err())
        .startsWith("pond: the stage '" + stage + "' cannot be run: '" + cli.path("out"))
        .contains(why);
    assertThat(times("out"))
        .containsOnlyKeys(cli.path("out").relativize(cli.path(file)).toString());
  }

  @Test
  void pipeline_pagesMoveBelowOthersOfARenamedCollection_areExported() throws IOException {
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    cli.file(
        "spec.yaml", SPEC.replace("name: sites", "name: others").replace("$0.html", "x/$0.html"));
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");

    assertThat(times("out")).containsKey("x/s0.html").doesNotContainKey("s0.html");
  }

  @Test
  void pipeline_variables_stayOneValueInPipelineAndSpecification() throws IOException {
    cli.file(
        "pipeline.yaml",
        PIPELINE.replace("{key: place, value: Noyo}", "{key: place, value: '<${var:title}>'}"));
    cli.file("spec.yaml", SPEC.replace("$0.html", "${var:folder}/$0.txt"));
    cli.file("site.html", "{{ place }}\n");
    String title = "it's \"x\": 'y'\n- z # {";
    ok(
        "export",
        "--pipeline",
        "pipeline.yaml",
        "-d",
        "out",
        "-v",
        "folder=a: b",
        "-v",
        "title=" + title);

    assertThat(text("out/a: b/s0.txt")).isEqualTo("<" + title + ">\n");
    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("pipeline.yaml:15:32: the variable 'title' was not given")
        .contains("spec.yaml:4:18: the variable 'folder' was not given");
  }

  @Test
  void pipeline_oneQueryAlone_hasItsRowsInTableAndFile() throws IOException {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - name: Count
            type: custom_query
            sql: SELECT count(*) AS n FROM "/s/s0.series"
            output_table: counted
            output_file: counted.csv
        """);

    assertThat(
            ok(
                    "export",
                    "--pipeline",
                    "pipeline.yaml",
                    "-d",
                    "out",
                    "--query-metadata",
                    "SELECT n FROM counted")
                .out())
        .isEqualTo("n\n2\n");
    assertThat(text("out/counted.csv")).isEqualTo("n\n2\n");
  }

  @Test
  void pipeline_explainAsTableOrParquet_isRefusedWhereItStands() throws IOException {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: A, type: custom_query, sql: EXPLAIN SELECT 1 AS n, output_table: t}
          - {name: B, type: custom_query, sql: explain select 1 AS n, output_file: t.parquet}
          - {name: C, type: custom_query, sql: FROM t, output_file: t.csv}
        """);

    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("'pipeline.yaml' has 2 mistakes")
        .contains("pipeline.yaml:2:40: what EXPLAIN answers cannot be a table. Take output_table")
        .contains("pipeline.yaml:3:40: what EXPLAIN answers cannot be written as Parquet. Write");
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: A, type: custom_query, sql: EXPLAIN SELECT 1 AS n, output_file: t.txt}
        """);
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    assertThat(text("out/t.txt")).contains("explain_value");
  }

  @Test
  void pipeline_tablesThatDifferInLetterCase_areOneMistake() {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: A, type: custom_query, sql: SELECT 1 AS n, output_table: t}
          - {name: B, type: custom_query, sql: SELECT 2 AS n, output_table: T}
        """);

    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("pipeline.yaml:3:69: the stages 'A' and 'B' both make the table 'T'");
  }

  @Test
  void pipeline_mistakes_areToldTogetherAndNothingIsWritten() {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - name: Data
            type: data_export
            patterns: [/s/*.series]
          - name: Early
            type: custom_query
            sql: SELECT * FROM late
            output_table: early
          - name: Late
            type: custom_query
            sql: SELECT 1 AS n
            output_table: late
            output_file: s0.csv
          - name: Pages
            type: template_processing
            template_spec: spec.yaml
        """);
    cli.file("spec.yaml", SPEC.replace("$0.html", "$0.csv"));
    CliResult result = cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out");

    assertThat(result.err())
        .contains("'pipeline.yaml' has 2 mistakes")
        .contains("pipeline.yaml:7:10: the query failed: Table with name late does not exist")
        .contains(
            "pipeline.yaml:16:20: the stage 'Late' and the collection 'sites' of the stage 'Pages'")
        .contains("would both write 's0.csv'");
    assertThat(cli.path("out")).doesNotExist();

    cli.file("spec.yaml", SPEC);
    cli.file("pipeline.yaml", PIPELINE.replace("temporal:", "temporall:"));
    cli.file("site.html", "{% for %}");
    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("pipeline.yaml:5:5: unknown key 'temporall'")
        .contains("spec.yaml:5:20: site.html:1:");
  }

  @Test
  void pipeline_mistakesOfAllKinds_areToldInOneGoEachOnce() {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: Bad key, type: data_export, patterns: [/s/*.series], temporall: year}
          - {name: Nothing, type: data_export, patterns: [/s/s1.series, /none/*, /gone]}
          - {name: Wrong, type: custom_query, sql: SELEC 1, output_table: t, output_file: x.csv}
          - {name: Follows, type: custom_query, sql: SELECT * FROM t, output_table: u}
          - {name: Too, type: custom_query, sql: SELECT * FROM u, output_file: x.csv}
          - name: Columns
            type: custom_query
            sql: SELECT nothing FROM export_metadata
            output_table: T
          - {name: Pages, type: template_processing, template_spec: spec.yaml}
          - {name: Missing, type: template_processing, template_spec: other.yaml}
          - {name: More, type: data_export, patterns: [/s/s1.*, /s/s2.*]}
          - {name: Again, type: data_export, patterns: [/s/s1.*, /s/s2.*]}
        """);
    cli.file(
        "spec.yaml",
        SPEC
            + """
              - {name: a, in_pattern: /s/*.series, out_pattern: a/$0.html, template_file: b.html}
              - {name: b, in_pattern: /s/*.series, out_pattern: b/$0.html, template_file: b.html}
            includes: [{name: inc, template_file: inc.html}]
            """);
    cli.file("other.yaml", SPEC.replace("site.html", "gone.html"));
    cli.file("site.html", "{% for %}");
    cli.file("b.html", "{% include \"inc\" %}");
    cli.file("inc.html", "{{ 1 | nofilter }}");

    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err().strip())
        .isEqualTo(
            """
            pond: 'pipeline.yaml' has 13 mistakes
                pipeline.yaml:2:65: unknown key 'temporall'. Did you mean 'temporal'?
                pipeline.yaml:3:65: '/none/*' matches nothing. Run 'pond list' to see what is there.
                pipeline.yaml:3:74: '/gone' does not exist. Run 'pond list /'.
                pipeline.yaml:4:44: the query failed: syntax error at or near "SELEC". See the examples of 'pond help sql'.
                pipeline.yaml:6:72: the stage 'Wrong' and the stage 'Too' would both write 'x.csv'. Let them write to different places.
                pipeline.yaml:9:10: the query failed: Referenced column "nothing" not found in FROM clause! Run 'pond describe PATH' for the columns; put one with a dot in double quotes.
                    Candidate bindings: "end_time", "export_stage", "pattern", "max_time", "row_count"
                    LINE 1: SELECT nothing FROM export_metadata
                                   ^^^^^^^
                pipeline.yaml:10:19: the stages 'Wrong' and 'Columns' both make the table 'T'. Rename one.
                pipeline.yaml:12:63: the collection 'sites' of the stage 'Pages' and the collection 'sites' of the stage 'Missing' would both write 's1.html'. Let them write to different places.
                pipeline.yaml:13:57: '/s/s1.series' and '/s/s2.series' of the stage 'More' would both be written to 'series'. Let them write to different places.
                pipeline.yaml:14:49: the stage 'More' and the stage 'Again' would both write 'series', and 1 more like it. Let them write to different places.
                other.yaml:5:20: 'gone.html' cannot be read: it does not exist. Check the path on this machine.
                spec.yaml:5:20: site.html:1:8: expected the name of a variable, not `%}`
                      |
                    1 | {% for %}
                      |        ^^
                spec.yaml:6:79: inc:1:8: there is no filter `nofilter`. Did you mean `filter`?
                      |
                    1 | {{ 1 | nofilter }}
                      |        ^^^^^^^^
            """
                .strip());
    assertThat(cli.path("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% include \"/etc/passwd\" %}",
        "{{ get_env(name=\"HOME\") }}",
        "{{ args.getClass().forName(\"java.lang.System\") }}",
        "{{ query(sql=\"SELECT * FROM read_text('/etc/passwd')\")[0].content }}",
        "{{ query(sql='SELECT * FROM \"/s/s1.series\"') | length }}",
        "{{ query(sql='SELECT * FROM x.\"/s/s0.series\"') | length }}",
        "{{ query(sql=\"FROM read_parquet('out/s0/data.parquet')\") | length }}",
        "{{ query(sql=\"DROP TABLE export_metadata\") }}",
      })
  void template_reachesNothingButWhatItIsGiven(String template) {
    cli.file("site.html", template);
    CliResult result = cli.run("export", "/s/s0*", "-t", "spec.yaml", "-d", "out");

    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("site.html:1:").doesNotContain("root:");
    assertThat(cli.path("out/s0.html")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../$0.html", "/etc/$0", "a/../../$0", ".pond-export.json"})
  void outPattern_leadsOutOfTheDirectory_isRefused(String out) {
    cli.file("spec.yaml", SPEC.replace("$0.html", out));
    CliResult result = cli.run("export", "/s/s0*", "-t", "spec.yaml", "-d", "out");

    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("spec.yaml:");
    assertThat(cli.path("out")).doesNotExist();
  }

  @Test
  void specification_mistakesInTemplatesAndPlaces_areToldTogether() {
    cli.file(
        "spec.yaml",
        """
        collections:
          - {name: a, in_pattern: /s/*.series, out_pattern: x.html, template: "{{ 1 "}
          - {name: b, in_pattern: /s/*.series, out_pattern: x.html, template: a}
        """);

    assertThat(cli.run("export", "/s/*", "-t", "spec.yaml", "-d", "out").err())
        .contains("'spec.yaml' has 2 mistakes", "spec.yaml:2:71: ", "`{{` has no end")
        .contains("spec.yaml:3:27: the collection 'a' and the collection 'b' would both write");
    cli.file(
        "pipeline.yaml",
        PIPELINE
            + """
              - {name: Clash, type: custom_query, sql: SELECT 1, output_file: x.html.csv}
            """);
    cli.file("spec.yaml", SPEC.replace("$0.html", "x.html.csv"));
    cli.file("site.html", "{{");
    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("spec.yaml:5:20: site.html:1:1: ")
        .contains("the stage 'Pages' and the stage 'Clash' would both write 'x.html.csv'");
  }

  @Test
  void exportNode_withSqlThatCannotBeRead_isRefused() {
    cli.file(
        "job.yaml",
        "dir: "
            + cli.path("out")
            + "\n"
            + PIPELINE.replace("sql: SELECT capture", "sql: SELEC capture"));

    assertThat(cli.run("mknod", "export", "/job", "--config-path", "job.yaml").err())
        .contains("job.yaml:10:10: the query failed: syntax error at or near \"SELEC\"");
    assertThat(cli.run("list", "/job").status()).isNotZero();
  }

  @Test
  void messages_nameWhatTheUserWrote() throws IOException {
    cli.file("site.html", "\uFEFF{{ who }}{{ query(sql='FROM export_metadata') | length }}");
    cli.file("spec.yaml", "\uFEFF" + SPEC.replace(".html\n  ", ".HTML\n  "));
    ok("mknod", "template", "/pages", "--config-path", "spec.yaml");
    assertThat(cli.run("cat", "/pages/sites/s0.HTML").err()).contains("the variable `who`");
    cli.file("site.html", "{{ query(sql='FROM export_metadata') | length }}");
    ok("mknod", "template", "/asks", "--config-path", "spec.yaml");
    assertThat(cli.run("cat", "/asks/sites/s0.HTML").err())
        .contains("Nothing is exported here: export the page after data.");

    cli.file("site.html", "\uFEFF{{ who }}");
    CliResult quoted = cli.run("export", "/s/*", "-t", "spec.yaml", "-d", "out", "-v", "who=<\"b");
    assertThat(quoted.err()).isEmpty();
    assertThat(text("out/s0.HTML")).isEqualTo("&lt;&quot;b");
    assertThat(cli.run("export", "/s/*", "-d", "out", "-v", "who").err())
        .isEqualTo("pond: 'who' gives no variable a value\n  try: Write -v NAME=VALUE.\n");
    assertThat(cli.run("export", "--pipeline", "/", "-d", "out").err())
        .isEqualTo("pond: '/' cannot be read: Is a directory\n  try: Name a file of text.\n");

    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: D, type: data_export, patterns: [/s/*], temporal: month}
          - {name: I, type: custom_query, sql: SELECT * FROM indexs, output_file: %s.csv}
        """
            .formatted("x".repeat(300)));
    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("the levels 'month' cannot be used")
        .contains("a name in it cannot be used: it is longer than 255 bytes");
    cli.file("pipeline.yaml", PIPELINE.replace("FROM export_metadata", "FROM indexs"));
    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("Table with name indexs does not exist!")
        .doesNotContain("pg_");
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: E, type: custom_query, sql: SELECT error('no'), output_file: e.csv}
        """);
    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("the query failed: no\n  try: Correct the query;");
  }

  @Test
  void exportNode_isRun_likeThePipeline() throws IOException {
    cli.file("job.yaml", "dir: " + cli.path("out") + "\n" + PIPELINE);
    ok("mknod", "export", "/job", "--config-path", "job.yaml");
    Files.delete(cli.path("site.html"));
    Files.delete(cli.path("spec.yaml"));

    assertThat(ok("run", "/job").out()).contains("(31 written, 0 kept, 0 removed)");
    assertThat(ok("run", "/job").out()).contains("(0 written, 31 kept, 0 removed)");
    assertThat(text("out/s7.html")).isEqualTo("s7 2\n");
    cli.file("job.yaml", "dir: " + cli.path("p/x") + "\n" + PIPELINE);
    cli.file("spec.yaml", SPEC).file("site.html", "x");
    ok("mknod", "export", "/bad", "--config-path", "job.yaml");
    assertThat(cli.run("run", "/bad").err()).contains("is no place for an export");
  }
}
