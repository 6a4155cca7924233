package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of an earlier run a pipeline leaves and what it removes. */
final class PipelineUpkeepTest extends PagesFixture {
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
  void pipeline_pagesMoveBelowOthersOfARenamedCollection_areExported() throws IOException {
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
    cli.file(
        "spec.yaml", SPEC.replace("name: sites", "name: others").replace("$0.html", "x/$0.html"));
    ok("export", "--pipeline", "pipeline.yaml", "-d", "out");

    assertThat(times("out")).containsKey("x/s0.html").doesNotContainKey("s0.html");
  }
}
