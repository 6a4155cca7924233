package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is found before any stage of a pipeline runs: all of it in one go, each where it stands, and
 * nothing that only follows from something else. The pond has {@code /s/s0.series} and {@code
 * /s/s1.series}, each with rows in January and February of 2024.
 */
final class PipelineChecksTest {
  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void open() {
    cli = CliFixture.in(directory);
    cli.withVariable("POND", cli.path("p").toString());
    cli.file("a.csv", "timestamp,level\n2024-01-15 00:00:00,1\n2024-02-15 00:00:00,2\n");
    ok("init");
    ok("mkdir", "/s");
    ok("copy", "a.csv", "/s/s0.series", "--as-series");
    ok("copy", "a.csv", "/s/s1.series", "--as-series");
  }

  private CliResult ok(String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as("%s: %s", List.of(words), result.err()).isZero();
    return result;
  }

  private CliResult export(String pipeline, String... more) {
    cli.file("pipeline.yaml", pipeline);
    List<String> words =
        Stream.concat(
                Stream.of("export", "--pipeline", "pipeline.yaml", "-d", "out"), Stream.of(more))
            .toList();
    return cli.run(words.toArray(String[]::new));
  }

  @Test
  void patternsOfTheCommandLine_thatNoStageExports_areRefused() {
    String data = "stages:\n  - {name: Data, type: data_export, patterns: [/s/s0.series]}\n";

    assertThat(export(data, "/s/s1.series").err())
        .startsWith(
            "pond: pipeline.yaml:1:1: no stage exports '/s/s1.series', which the command line"
                + " names\n");
    assertThat(cli.path("out")).doesNotExist();
    assertThat(export(data + "  - {name: More, type: data_export}\n", "/s/s1.series").status())
        .isZero();
  }

  @Test
  void templates_besideWrongNamesOfPages_areToldToo() {
    cli.file("page.html", "{{ args[0] | nofilter }}");
    cli.file(
        "spec.yaml",
        """
        collections:
          - {name: a, in_pattern: /s/*.series, out_pattern: $7.html, template_file: page.html}
          - {name: b, in_pattern: /s/*.series, out_pattern: $0.html, templat: x}
          - {name: c, in_pattern: /s/*.series, out_pattern: $0.md, template: "{{ 1 "}
        """);

    assertThat(cli.run("export", "/s/*", "-t", "spec.yaml", "-d", "out").err())
        .contains("'spec.yaml' has 5 mistakes")
        .contains("spec.yaml:2:53: '$7.html' refers to capture 7")
        .contains("spec.yaml:2:77: page.html:1:14: there is no filter `nofilter`")
        .contains("spec.yaml:3:62: unknown key 'templat'")
        .contains("spec.yaml:3:5: there is no template")
        .contains("spec.yaml:4:70: the template of 'c':1:1: `{{` has no end");
  }

  @Test
  void stageWithAKeyThatIsNotKnown_whatElseIsWrongWithIt_isToldToo() {
    CliResult result =
        export(
            """
            stages:
              - {name: Data, type: data_export, patterns: [/none/*], temporal: yaer, end: 1}
              - {name: Ask, type: custom_query, sql: SELEC 1, output_tabel: t}
              - {name: Follows, type: custom_query, sql: SELECT * FROM t, output_table: u}
              - {name: Empty, type: data_export, patterns: []}
              - {name: Typo, type: data_export, pattern: [/s/s0.series]}
              - name: Pages
                type: template_processing
                template_spec:
                  collections:
                    - {name: a, in_pattern: /s/*.series, out_pattern: $0.md, template: x}
            """);

    assertThat(result.err().lines().filter(line -> line.contains("pipeline.yaml:")))
        .containsExactly(
            "    pipeline.yaml:2:48: '/none/*' matches nothing. Run 'pond list' to see what is"
                + " there.",
            "    pipeline.yaml:2:68: the levels 'yaer' cannot be used: there is no level 'yaer', did"
                + " you mean 'year'? Write a beginning of year,month,day,hour,minute,second.",
            "    pipeline.yaml:2:74: unknown key 'end'. Did you mean 'end_time'?",
            "    pipeline.yaml:3:42: nothing is done with the answer. Add output_table, output_file"
                + " or both.",
            "    pipeline.yaml:3:42: the query failed: syntax error at or near \"SELEC\". See the"
                + " examples of 'pond help sql'.",
            "    pipeline.yaml:3:51: unknown key 'output_tabel'. Did you mean 'output_table'?",
            "    pipeline.yaml:5:48: the list has 0 elements. It needs at least 1.",
            "    pipeline.yaml:6:37: unknown key 'pattern'. Did you mean 'patterns'?");
  }

  @Test
  void collectionAboutNothing_isToldWhereItStands() {
    cli.file(
        "spec.yaml",
        """
        collections:
          - {name: a, in_pattern: /t/*.series, out_pattern: $0.md, template: x}
        """);

    assertThat(
            export(
                    """
                    stages:
                      - {name: Data, type: data_export, patterns: [/s/*]}
                      - {name: Pages, type: template_processing, template_spec: spec.yaml}
                    """)
                .err())
        .startsWith(
            "pond: spec.yaml:2:27: nothing that is exported before matches in_pattern"
                + " '/t/*.series' of the collection 'a'");
  }

  @Test
  void filesInTheWay_alsoBelowPartitions_areToldTogetherBeforeAnythingRuns() throws IOException {
    String pipeline =
        """
        stages:
          - {name: First, type: custom_query, sql: SELECT 1 AS n, output_file: first.csv}
          - {name: Last, type: data_export, patterns: [/s/*.series], temporal: 'year,month'}
        """;
    cli.file("out/s0/year=2024/month=2/data.parquet", "mine");
    cli.file("out/s1/readme.txt", "mine");
    cli.file("out/s1/year=2023/month=2/data.parquet", "mine");

    assertThat(export(pipeline).err())
        .startsWith("pond: the stage 'Last' cannot be run: '" + cli.path("out"))
        .contains("s0/year=2024/month=2/data.parquet' is in the way: it is not a file that");
    assertThat(cli.path("out/first.csv")).doesNotExist();

    cli.file("out/first.csv", "mine");
    cli.file("out/s0/year=2024/month=1/data.parquet", "mine");
    String told = export(pipeline).err();
    assertThat(told)
        .startsWith("pond: the export cannot be run: 3 places are taken\n")
        .contains("\n    the stage 'First': '" + cli.path("out/first.csv") + "' is in the way: it")
        .contains("month=1/data.parquet' is in the way", "month=2/data.parquet' is in the way");
    assertThat(export(pipeline, "--overwrite").status()).isZero();
    assertThat(Files.readString(cli.path("out/s1/readme.txt"))).isEqualTo("mine");
    assertThat(Files.readString(cli.path("out/s1/year=2023/month=2/data.parquet")))
        .isEqualTo("mine");
  }

  @Test
  void filesInTheWayOfAnExportWithoutStages_areToldTogether() {
    cli.file("out/s0/data.parquet", "mine");
    cli.file("out/s1/data.parquet", "mine");

    assertThat(cli.run("export", "/s/*.series", "-d", "out").err())
        .startsWith("pond: the export cannot be run: 2 places are taken\n")
        .contains("\n    '" + cli.path("out/s0/data.parquet") + "' is in the way: it is not")
        .contains("\n    '" + cli.path("out/s1/data.parquet") + "' is in the way: it is not");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b=1", "1x=1", "true=1", "not=1", "a-b=1"})
  void variables_thatTemplatesCouldNotWrite_areRefused(String variable) {
    cli.file("spec.yaml", "collections: []");

    CliResult result = cli.run("export", "/s/*", "-t", "spec.yaml", "-d", "out", "-v", variable);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .startsWith(
            "pond: '" + variable.substring(0, variable.indexOf('=')) + "' cannot name a variable");
  }

  @Test
  void pipeline_reachedThroughALink_isTheSame() throws IOException {
    cli.file(
        "real/pipeline.yaml",
        """
        stages:
          - {name: A, type: custom_query, sql: SELECT 1 AS n, output_file: a.csv}
          - {name: B, type: custom_query, sql: SELECT 1 AS n, output_file: b.csv}
        """);
    Files.createSymbolicLink(cli.path("linked"), cli.path("real"));
    ok("export", "--pipeline", "real/pipeline.yaml", "-d", "out");
    cli.file(
        "real/pipeline.yaml",
        """
        stages:
          - {name: A, type: custom_query, sql: SELECT 1 AS n, output_file: a.csv}
        """);
    ok("export", "--pipeline", "linked/pipeline.yaml", "-d", "out");

    assertThat(cli.path("out/a.csv")).exists();
    assertThat(cli.path("out/b.csv")).doesNotExist();
  }

  @Test
  void exportNode_mistakesInItAndInItsSpecifications_areToldTogether() {
    cli.file(
        "spec.yaml",
        """
        collections:
          - {name: a, in_pattern: /s/*.series, out_pattern: $7.html, template: "{{ 1 "}
        """);
    cli.file(
        "node.yaml",
        """
        dir: relative
        stages:
          - {name: Data, type: data_export, temporall: year}
          - {name: Pages, type: template_processing, template_spec: spec.yaml}
          - {name: Gone, type: template_processing, template_spec: gone.yaml}
          - name: Own
            type: template_processing
            template_spec:
              collections:
                - {name: a, in_pattern: /s/*.series, out_pattern: $0.md, template: "{{ x | nof }}"}
        """);

    CliResult result = cli.run("mknod", "export", "/site", "--config-path", "node.yaml");
    assertThat(result.err().lines().filter(line -> line.contains(".yaml:")))
        .map(line -> line.strip().replaceFirst("(: .{20}).*", "$1"))
        .containsExactly(
            "node.yaml:1:6: 'relative' is not ab",
            "node.yaml:3:37: unknown key 'tempora",
            "node.yaml:5:60: 'gone.yaml' cannot b",
            "node.yaml:10:76: the template of 'a':",
            "spec.yaml:2:53: '$7.html' refers to ",
            "spec.yaml:2:72: the template of 'a':");
  }

  @Test
  void specificationInThePipeline_withAWrongNameOfPages_isToldWhereItStands() {
    assertThat(
            export(
                    """
                    stages:
                      - {name: Data, type: data_export, patterns: [/s/*]}
                      - name: P
                        type: template_processing
                        template_spec:
                          collections:
                            - {name: a, in_pattern: /s/*.series, out_pattern: $1.html, template: x}
                            - {name: a, in_pattern: /s/*.series, out_pattern: $0.html, template: x}
                          includes: [{name: i, template: "{{"}, {name: i, template: fine}]
                    """)
                .err()
                .lines()
                .filter(line -> line.contains("yaml:"))
                .map(line -> line.strip().replaceFirst("(: .{22}).*", "$1")))
        .containsExactly(
            "pipeline.yaml:7:59: '$1.html' refers to ca",
            "pipeline.yaml:8:18: two collections have t",
            "pipeline.yaml:9:38: i:1:1: `{{` has no end",
            "pipeline.yaml:9:52: two includes have the ");
  }

  @Test
  void stageWhosePlacesAreNotKnown_clashesWithNone() {
    assertThat(
            export(
                    """
                    stages:
                      - {name: D, type: data_export, patterns: [/s/*.series], temporal: "year,mont"}
                      - {name: Q, type: custom_query, sql: SELECT 1, output_file: s0/data.parquet}
                      - {name: R, type: data_exprt, patterns: [/s/*.series]}
                      - {name: S, type: custom_query, sql: SELECT * FROM nobody, output_file: s.csv}
                    """)
                .err()
                .lines()
                .filter(line -> line.contains("pipeline.yaml:"))
                .map(line -> line.strip().replaceFirst("(: .{16}).*", "$1")))
        .containsExactly(
            "pipeline.yaml:2:69: the levels 'year",
            "pipeline.yaml:4:21: there is no type",
            "pipeline.yaml:5:40: the query failed");
  }

  @Test
  void columnsThatDependOnRows_areNoMistakeOfLaterStages() throws IOException {
    assertThat(
            export(
                    """
                    stages:
                      - {name: Data, type: data_export, patterns: [/s/*.series]}
                      - name: Wide
                        type: custom_query
                        sql: PIVOT export_metadata ON capture_value USING sum(row_count) GROUP BY pattern
                        output_table: wide
                      - {name: Ask, type: custom_query, sql: SELECT s1 FROM wide, output_file: s1.csv}
                    """)
                .err())
        .isEmpty();
    assertThat(Files.readString(cli.path("out/s1.csv"))).isEqualTo("s1\n2\n");
  }

  @Test
  void linkAboveManyPlaces_isToldOnce() throws IOException {
    Files.createDirectories(cli.path("out"));
    Files.createSymbolicLink(cli.path("out/s"), cli.path("elsewhere"));

    assertThat(cli.run("export", "/s/s0.series", "/s/s1.series", "-d", "out").err())
        .startsWith("pond: '" + cli.path("out/s") + "' is in the way of the export");
  }

  @Test
  void page_thatFailsWhileItIsRendered_isToldWithTheFileOfItsTemplate() {
    cli.file(
        "spec.yaml",
        """
        collections:
          - name: a
            in_pattern: /s/*.series
            out_pattern: $0.md
            template: "{{ args[7] }}"
        """);

    CliResult result = cli.run("export", "/s/*", "-t", "spec.yaml", "-d", "out");
    assertThat(result.status()).isEqualTo(8);
    assertThat(result.err()).contains("spec.yaml:5:15: the template of 'a':1:8: ");
  }
}
