package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The harbour's chain from its files, against {@link NoyoOracle}: every relation, every value. */
@Tag("acceptance")
final class NoyoChainTest {
  private static final String AT500_2 =
      "/noyo/hydrovu/devices/5859376846209024/NoyoCenterAT500_2_archive_20260209.series";
  private static final Pattern DESCRIBED = Pattern.compile("(?sm)^(/[^\n]+)$.*?^  rows +(\\d+)$");

  @TempDir static Path dir;
  private static Path noyo;
  private static NoyoChain chain;
  private static NoyoOracle oracle;

  @BeforeAll
  static void make() throws IOException {
    noyo = SharedData.requireNoyo();
    chain = NoyoChain.make(dir.resolve("read"), noyo);
    oracle = new NoyoOracle(noyo, dir.toRealPath());
  }

  @AfterAll
  static void close() {
    if (oracle != null) {
      oracle.close();
    }
  }

  @Test
  void oracle_sites_haveTheRowsAndMonthsThatAreKnown() {
    assertThat(oracle.rows("site:Silver")).isEqualTo(14_495);
    assertThat(oracle.rows("site:BDock")).isEqualTo(12_722);
    assertThat(oracle.rows("site:Princess")).isEqualTo(13_666);
    assertThat(months("site:Silver")).isEqualTo(23);
    assertThat(months("site:BDock")).isEqualTo(21);
  }

  private static long months(String table) {
    return oracle.number(
        "SELECT count(DISTINCT date_trunc('month', timestamp)) FROM \"" + table + "\"");
  }

  static List<NoyoChain.Computed> everything() {
    return NoyoChain.everything();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void cat_everyRelation_equalsTheOracle(NoyoChain.Computed computed) throws IOException {
    Path parquet = dir.toRealPath().resolve("oracle/found.parquet");
    Files.write(parquet, chain.ok("cat", computed.path()).outBytes());
    oracle.load("found", parquet);

    assertThat(oracle.differences(computed.expected(), "found")).isEmpty();
    assertThat(oracle.rows("found")).isPositive();
    // Computed rows come in the order of their time.
    assertThat(
            oracle.number(
                "SELECT count(*) FROM (SELECT timestamp <= lag(timestamp) OVER (ORDER BY"
                    + " file_row_number) AS back FROM read_parquet('"
                    + parquet
                    + "', file_row_number = true)) WHERE back"))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 12, 24})
  void reduced_widerBuckets_areAsWideAsTheySay(int hours) {
    String wide = "\"/reduced/single_site/Silver/res=" + hours + "h.series\"";
    String narrow = "\"/reduced/single_site/Silver/res=1h.series\"";
    String step = "SELECT min(s) FROM (SELECT epoch(timestamp) - lag(epoch(timestamp)) OVER";

    assertThat(sql(step + " (ORDER BY timestamp) AS s FROM " + wide + ")"))
        .isEqualTo(hours * 3600 + ".0");
    assertThat(sql(step + " (ORDER BY timestamp) AS s FROM " + narrow + ")")).isEqualTo("3600.0");
    assertThat(Long.parseLong(sql("SELECT count(*) FROM " + wide)))
        .isLessThan(Long.parseLong(sql("SELECT count(*) FROM " + narrow)) * 2 / hours);
  }

  private static String sql(String query) {
    return chain.ok("sql", query, "--format", "csv").out().lines().toList().getLast();
  }

  @Test
  void describe_everyRelation_tellsItsRowsAndTimes() {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (String pattern : List.of("/combined/*", "/singled/*", "/reduced/*/*/*.series")) {
      String described = chain.ok("describe", pattern).out();
      Matcher matcher = DESCRIBED.matcher(described);
      while (matcher.find()) {
        rows.put(matcher.group(1), Long.parseLong(matcher.group(2)));
      }
      assertThat(described).contains("time        timestamp, timestamps, taken as UTC");
    }
    Map<String, Long> expected = new LinkedHashMap<>();
    everything().forEach(each -> expected.put(each.path(), oracle.rows(each.expected())));

    assertThat(rows).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(chain.ok("describe", "/combined/FieldStation").out())
        .contains("AT500_Bottom.Depth.ft ", "  DOUBLE  [ft]", "AT500_Bottom.Depth.m ");
  }

  @Test
  void range_ofAReduction_opensOnlyWhatItNeeds() {
    String month = "SELECT count(*) FROM source WHERE timestamp >= '2025-12-01'";
    String path = "/reduced/single_site/Silver/res=1h.series";

    String bounded = chain.ok("cat", path, "--explain", "--time-start", "2025-12-01").out();
    String where = chain.ok("cat", path, "--explain", "--sql", month).out();

    // What is kept of the reduction is one file, and the instruments' files are not opened.
    for (String plan : List.of(bounded, where)) {
      assertThat(plan.split("READ_PARQUET", -1)).hasSize(2);
      assertThat(plan).contains("bucket >= '2025-12-01 00:00:00'");
      assertThat(plan).doesNotContain("timestamp >= 1764547200");
    }
    // Counting needs no column but the time.
    assertThat(tree(where)).doesNotContain("Temperature");
    assertThat(tree(bounded)).contains("Temperature");
  }

  /** The engine's plan, without the SQL before it. */
  private static String tree(String explained) {
    return explained.substring(explained.indexOf('╭'));
  }

  @Test
  void export_ofEverything_isWrittenOnceAndThenOnlyWhatChanged() throws IOException {
    NoyoChain own = NoyoChain.make(dir.resolve("export"), noyo);
    List<String> expected = new ArrayList<>();
    export(own);
    long rows = 0;
    for (NoyoChain.Computed each : everything()) {
      rows += oracle.rows(each.expected());
      expected.add(each.path());
    }
    assertThat(expected).hasSize(48);
    Path out = own.cli().directory().resolve("out");
    assertThat(written(out)).isEqualTo(rows);
    Map<Path, FileTime> before = times(out);

    assertThat(export(own)).allMatch(summary -> summary.contains("(0 written, "));
    assertThat(times(out)).isEqualTo(before);

    Path ten = dir.toRealPath().resolve("oracle/ten.parquet");
    Files.write(
        ten,
        own.ok(
                "sql",
                "SELECT epoch_us(TIMESTAMP '2024-05-03 00:10:00' + to_minutes(i::INTEGER))"
                    + " // 1000000 AS timestamp, 20.5 + i AS \"Temperature.C\" FROM range(10) r(i)",
                "--format",
                "parquet")
            .outBytes());
    own.ok("copy", "host+series://" + ten, AT500_2);
    export(own);

    Map<Path, FileTime> after = times(out);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    List<String> rewritten =
        after.entrySet().stream()
            .filter(file -> !file.getValue().equals(before.get(file.getKey())))
            .map(file -> out.relativize(file.getKey()).toString())
            .toList();
    // Silver and every parameter, each as it is and at five resolutions, in that month alone.
    assertThat(rewritten).hasSize(6 + 4 * 6).allMatch(file -> file.contains("/year=2024/month=5/"));
    assertThat(rewritten).noneMatch(file -> file.matches(".*(BDock|Princess|FieldStation).*"));
    // Ten minutes of one hour: a bucket that was there already.
    assertThat(written(out)).isEqualTo(rows + 10 * 5);
  }

  private static List<String> export(NoyoChain own) {
    List<String> summaries = new ArrayList<>();
    Map<String, String> patterns = new TreeMap<>();
    patterns.put("combined", "/combined/*");
    patterns.put("singled", "/singled/*");
    patterns.put("sites", "/reduced/single_site/*/*.series");
    patterns.put("params", "/reduced/single_param/*/*.series");
    patterns.forEach((folder, pattern) ->
        summaries.add(
            own.ok("export", "-p", pattern, "-d", "out/" + folder, "--temporal", "year,month")
                .out()));
    return summaries;
  }

  private static long written(Path out) {
    return oracle.number(
        "SELECT count(*) FROM read_parquet('" + out + "/**/*.parquet', union_by_name = true)");
  }

  private static Map<Path, FileTime> times(Path out) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
