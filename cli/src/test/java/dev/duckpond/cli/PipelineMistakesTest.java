package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of pipelines before they run. */
final class PipelineMistakesTest extends PagesFixture {
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
  void pipeline_tablesOfTheExportItself_canNeitherBeMadeNorAsked() {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: A, type: data_export, patterns: [/s/*.series]}
          - {name: B, type: custom_query, sql: SELECT 1 AS n, output_table: duckpond_answer}
          - {name: C, type: custom_query, sql: SELECT 1 AS n, output_table: Duckpond_Result}
          - {name: D, type: custom_query, sql: FROM duckpond_export_metadata, output_file: d.csv}
          - {name: E, type: custom_query, sql: FROM duckpond_own.duckpond_export_metadata, output_file: e.csv}
        """);

    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains("'pipeline.yaml' has 4 mistakes")
        .contains(
            "pipeline.yaml:3:69: 'duckpond_answer' cannot name a table: names that begin with")
        .contains("pipeline.yaml:4:69: 'Duckpond_Result' cannot name a table")
        .contains(
            "pipeline.yaml:5:40: 'duckpond_export_metadata' cannot be asked: names that begin")
        .contains(
            "pipeline.yaml:6:40: 'duckpond_export_metadata' cannot be asked: names that begin");
  }

  @Test
  void pipeline_metadataBeforeAnyData_isSaidNotToBeThere() {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: A, type: custom_query, sql: FROM Export_Metadata, output_file: a.csv}
          - {name: B, type: data_export, patterns: [/s/*.series]}
        """);

    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains(
            "pipeline.yaml:2:40: there is no table 'export_metadata' yet: no stage before this one"
                + " exports data\n  try: Put a stage of the type data_export before it.");
  }

  @Test
  void pipeline_pivotInsideAQuery_isToldWhatItNeeds() {
    cli.file(
        "pipeline.yaml",
        """
        stages:
          - {name: A, type: data_export, patterns: [/s/*.series]}
          - {name: B, type: custom_query, sql: SELECT * FROM (PIVOT export_schema ON name), output_file: a.csv}
        """);

    assertThat(cli.run("export", "--pipeline", "pipeline.yaml", "-d", "out").err())
        .contains(
            "pipeline.yaml:3:40: the query failed: a PIVOT inside another query must list its"
                + " values, as in PIVOT t ON k IN ('a', 'b')\n  try: List them, or let the PIVOT"
                + " stand alone; what a stage makes of it with output_table can be asked.");
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
            "spec.yaml:4:18: the stage 'Late' and the collection 'sites' of the stage 'Pages'")
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
                pipeline.yaml:13:57: '/s/s1.series' and '/s/s2.series' of the stage 'More' would both be written to 'series'. Let them write to different places.
                pipeline.yaml:14:49: the stage 'More' and the stage 'Again' would both write 'series', and 1 more like it. Let them write to different places.
                other.yaml:4:18: the collection 'sites' of the stage 'Pages' and the collection 'sites' of the stage 'Missing' would both write 's0.html', and 9 more like it. Let them write to different places.
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
}
