package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of a station with two instruments, reduced to hours and days. */
final class SiteKitPagesTest {
  @TempDir static Path directory;
  private static CliFixture cli;

  private static CliResult ok(String line) {
    CliResult result = cli.runLine(line);
    assertThat(result.status()).as("%s: %s", line, result.err()).isZero();
    return result;
  }

  @BeforeAll
  static void make() {
    cli = CliFixture.in(directory).withVariable("POND", "p");
    cli.file(
        "quay.csv",
        """
        timestamp,A.Temp.C,B.Temp.C,B.pH.pH,B.</script>.V
        1970-01-01 00:00:00,99,,,
        2024-01-01 00:00:00,10,,,
        2024-01-01 00:30:00,12,,,
        2024-01-01 01:00:00,11.5,7,8,1
        2024-01-01 05:00:00,11,,,
        2024-01-01 05:20:00,11,,,
        2024-01-01 05:40:00,12.5,,,
        2024-01-01 06:00:00,,,8,
        """);
    cli.file(
        "reduced.yaml",
        """
        entries:
          - name: station
            factory: temporal-reduce
            config:
              in_pattern: /*.series
              out_pattern: $0
              resolutions: [1h, 1d]
              aggregations: [{type: avg}, {type: min}, {type: max}]
        """);
    ok("pond init");
    ok("pond copy quay.csv /quay.series --as-series");
    ok("pond mknod dynamic-dir /reduced --config-path reduced.yaml");
    ok("pond site-kit kit");
    ok("pond mkdir /web");
    ok("pond copy kit/assets /web/assets");
    ok("pond export --pipeline kit/site.yaml -d www -v title=Harbour");
  }

  @Test
  void site_dataOfAChart_areStepsFromReadingToReading() throws IOException {
    String hours = Files.readString(cli.path("www/station/quay/res=1h.js"));

    // Three digits: half a degree is 500 of them. Four hours later it was the same on average, 0.5
    // less at the lowest, and 1 more at the highest.
    assertThat(hours)
        .startsWith("site.rows(\"res=1h\", [")
        .contains(
            """
            {"digits":3,"field":"A.Temp.C","first":1704067200000,\
            "readings":"11000_1000,500,4:0_500_1000","step":3600000}\
            """)
        .contains(
            """
            {"digits":2,"field":"B.pH.pH","first":1704070800000,\
            "readings":"800,5:0","step":3600000}\
            """)
        .doesNotContain("</script>");
  }

  @Test
  void site_dataWithoutSpreadOrWithASpike_staysCountable() throws IOException {
    CliFixture other =
        CliFixture.in(Files.createDirectory(directory.resolve("odd"))).withVariable("POND", "p");
    StringBuilder rows = new StringBuilder("timestamp,Same.T.C,Spike.T.C\n");
    for (int i = 0; i < 60; i++) {
      String spike = i == 30 ? "1e15" : "20.00" + i % 10;
      rows.append("2024-01-01 00:%02d:00,9.7,%s\n".formatted(i, spike));
    }
    other.file("odd.csv", rows.toString());
    for (String line :
        List.of(
            "pond init",
            "pond mkdir -p /reduced/station/odd",
            "pond copy odd.csv /reduced/station/odd/res=1m.series --as-series",
            "pond site-kit kit",
            "pond mkdir /web",
            "pond copy kit/assets /web/assets",
            "pond export --pipeline kit/site.yaml -d www")) {
      CliResult result = other.runLine(line);
      assertThat(result.status()).as("%s: %s", line, result.err()).isZero();
    }

    String script = Files.readString(other.path("www/station/odd/res=1m.js"));
    assertThat(script)
        .contains("{\"digits\":2,\"field\":\"Same.T.C\",")
        .contains("\"readings\":\"970,0,0,")
        // The reading at half past is left out: two minutes later is the next.
        .contains(",2:-800,");
  }

  @Test
  void site_page_hasAChartForEachNameAndALineForEachInstrument() throws IOException {
    String page = Files.readString(cli.path("www/station/quay.html"));

    assertThat(page.split("<canvas", -1)).hasSize(1 + 3);
    assertThat(page)
        .contains("<section data-name=\"Temp\" data-unit=\"C\">")
        .contains("<h2>Temp <small>C</small></h2>")
        .contains("aria-label=\"Temp in C over time: A, B\"")
        .contains("first: 1704067200000, last: 1704088800000,")
        .contains("{label: \"A\", columns: [\"A.Temp.C.avg\",\"A.Temp.C.min\",\"A.Temp.C.max\"]}")
        .contains("{label: \"B\", columns: [\"B.Temp.C.avg\",")
        .contains("quay&#x2F;res%3D1h&#x2F;year%3D1970&#x2F;data.parquet\">1970</a> 1 row, ")
        .contains("of a clock that was not set");
    // A name that is markup is text.
    assertThat(page)
        .contains("data-name=\"&lt;&#x2F;script&gt;\"")
        .contains("\"B.\\u003c/script\\u003e.V.avg\"");
    assertThat(Files.readString(cli.path("www/index.html")))
        .contains("<a href=\"station/quay.html\">quay</a>");
  }

  @Test
  void site_againAfterSomethingElseChanged_writesNothing() {
    ok("pond mkdir -p /elsewhere");
    assertThat(ok("pond export --pipeline kit/site.yaml -d www -v title=Harbour").out())
        .contains("(0 written, ");
  }
}
