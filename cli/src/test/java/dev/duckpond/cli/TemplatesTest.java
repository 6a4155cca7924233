package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of templates, as nodes and in an export. */
final class TemplatesTest extends PagesFixture {
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
  void templates_otherVariablesOrPatterns_leaveThePagesOfTheFirst() throws IOException {
    cli.file("spec.yaml", SPEC.replace("$0.html", "${var:lang}/$0.html"));
    cli.file("site.html", "x");
    ok("export", "/s/*.series", "-t", "spec.yaml", "-d", "out", "-v", "lang=de");
    ok("export", "/s/*.series", "-t", "spec.yaml", "-d", "out", "-v", "lang=en");
    ok("export", "/s/s1.series", "-t", "spec.yaml", "-d", "out", "-v", "lang=en");

    assertThat(times("out").keySet()).contains("de/s0.html", "en/s0.html", "en/s1.html");
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
        .contains("spec.yaml:3:53: the collection 'a' and the collection 'b' would both write");
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
}
