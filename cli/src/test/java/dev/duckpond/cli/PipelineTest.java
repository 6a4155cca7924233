package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pipelines make. */
final class PipelineTest extends PagesFixture {
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
  void pipeline_queriesThatHoldTheWordWrittenInTexts_areTheSameTheSecondTime() throws IOException {
    cli.file(
        "pipeline.yaml",
        PIPELINE
            + """
              - {name: A, type: custom_query, output_file: a.csv, sql: "FROM export_metadata WHERE file_path NOT LIKE 'written/%'"}
              - {name: B, type: custom_query, output_file: b.csv, sql: "SELECT 'written' AS w, * FROM export_metadata /* written */"}
              - {name: C, type: custom_query, output_file: c.csv, sql: "SELECT COLUMNS('^w.*|target') FROM export_metadata"}
            """);
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    assertThat(text("out/b.csv")).startsWith("w,pattern,").doesNotContain(",written,");
    assertThat(text("out/c.csv")).startsWith("target\n");

    assertThat(ok("export", "--pipeline", "pipeline.yaml", "-d", "out").out())
        .contains("(0 written, 34 kept, 0 removed)");
  }

  @Test
  void pipeline_showTables_listsNoneOfTheExportItself() throws IOException {
    cli.file(
        "pipeline.yaml",
        PIPELINE
            + """
              - {name: All, type: custom_query, sql: SHOW TABLES, output_file: all.csv}
            """);
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");

    assertThat(text("out/all.csv")).isEqualTo("name\nexport_metadata\nexport_schema\nsites\n");
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
  void pipeline_variableOfTheCommandLine_replacesTheOneOfTheStage() throws IOException {
    cli.file("site.html", "{{ place }}\n");
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out", "-v", "place=Albion");

    assertThat(text("out/s0.html")).isEqualTo("Albion\n");
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
