package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.Visibility;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes over this pond:
 *
 * <pre>
 * /in/a1.series  2024-06-01 00:00 and 01:00, level 1 and 2, temp 10 and 11
 * /in/a2.series  2024-06-01 01:00 and 02:00, level 20 and 30
 * /in/b.series   2024-06-01 00:00 and 03:00, epoch seconds, depth 5 and 6
 * </pre>
 */
class FactoriesTest {
  @TempDir Path directory;
  private ComputedPond pond;

  @BeforeEach
  void open() {
    pond = new ComputedPond(directory, Map.of("SITE", "a1"));
    pond.append(
        "/in/a1.series",
        "SELECT TIMESTAMP '2024-06-01' + to_hours(CAST(i AS INTEGER)) AS timestamp,"
            + " CAST(i + 1 AS DOUBLE) AS level, 10.0 + i AS temp FROM range(2) r(i)");
    pond.append(
        "/in/a2.series",
        "SELECT TIMESTAMP '2024-06-01 01:00:00' + to_hours(CAST(i AS INTEGER)) AS timestamp,"
            + " CAST(20 + 10 * i AS DOUBLE) AS level FROM range(2) r(i)");
    pond.append(
        "/in/b.series",
        "SELECT 1717200000 + 10800 * i AS timestamp, 5 + i AS depth FROM range(2) r(i)");
  }

  @AfterEach
  void close() {
    pond.close();
  }

  private static final String JOIN =
      """
      inputs:
        - pattern: /in/a1.series
          scope: A
        - pattern: /in/a2.series
          scope: A
        - pattern: /in/b.series
          scope: B
      """;

  @Test
  void join_inputsOfOneScope_areUnitedAndLaterOnesWin() {
    pond.node("timeseries-join", "/joined", JOIN);

    assertThat(pond.csv("SELECT * FROM \"/joined\" ORDER BY timestamp"))
        .isEqualTo(
            """
            timestamp,A.level,A.temp,B.depth
            2024-06-01T00:00:00Z,1.0,10.0,5
            2024-06-01T01:00:00Z,20.0,11.0,
            2024-06-01T02:00:00Z,30.0,,
            2024-06-01T03:00:00Z,,,6
            """);
  }

  @Test
  void join_ranges_areHalfOpen() {
    pond.node(
        "timeseries-join",
        "/joined",
        """
        inputs:
          - pattern: /in/a1.series
            range: {end: 2024-06-01T01:00:00Z}
          - pattern: /in/a2.series
            range: {begin: 2024-06-01T02:00:00Z}
        """);

    assertThat(pond.csv("SELECT timestamp, level FROM \"/joined\" ORDER BY 1"))
        .isEqualTo("timestamp,level\n2024-06-01T00:00:00Z,1.0\n2024-06-01T02:00:00Z,30.0\n");
  }

  @Test
  void join_inputThatMatchesNothing_isLeftOut() {
    pond.node("timeseries-join", "/joined", JOIN + "  - {pattern: /nowhere/*, scope: C}\n");

    assertThat(pond.csv("SELECT count(*) AS n FROM \"/joined\"")).isEqualTo("n\n4\n");
  }

  @Test
  void join_columnsOfOneScopeThatDoNotFit_areRefusedWithTheirPlace() {
    pond.append("/in/text.series", "SELECT TIMESTAMP '2024-06-01' AS timestamp, 'x' AS level");
    pond.node("timeseries-join", "/joined", JOIN + "  - {pattern: /in/text.series, scope: A}\n");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/joined\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("'/joined' cannot be computed: /joined:8:15: ")
        .hasMessageContaining("column 'level' is VARCHAR, there it is DOUBLE");
  }

  @Test
  void chain_filterAndColumns_reachTheFiles() {
    pond.node("timeseries-join", "/joined/one", JOIN);
    pond.node("timeseries-pivot", "/side", "{pattern: /joined/*, columns: [A.level, B.depth]}");

    String plan =
        pond.plan(
            "SELECT \"one.A.level\" FROM \"/side\" WHERE timestamp < TIMESTAMP '2024-06-01 01:00'");

    // One scan for each version that can have such rows; the range of B's integers is in its scan.
    assertThat(plan).contains("level").doesNotContain("temp").doesNotContain("depth");
    assertThat(plan.lines().filter(line -> line.contains("Filters:"))).isNotEmpty();
    assertThat(pond.csv("/side", between("2024-06-01T01:00:00Z", "2024-06-01T02:00:00Z")))
        .isEqualTo("timestamp,one.A.level,one.B.depth\n2024-06-01T01:00:00Z,20.0,\n");
  }

  @Test
  void pivot_columnThatAMatchLacks_isNull() {
    pond.node("timeseries-pivot", "/side", "{pattern: /in/*.series, columns: [level, temp]}");

    assertThat(pond.csv("SELECT * FROM \"/side\" ORDER BY timestamp"))
        .isEqualTo(
            """
            timestamp,a1.level,a1.temp,a2.level,a2.temp,b.level,b.temp
            2024-06-01T00:00:00Z,1.0,10.0,,,,
            2024-06-01T01:00:00Z,2.0,11.0,20.0,,,
            2024-06-01T02:00:00Z,,,30.0,,,
            2024-06-01T03:00:00Z,,,,,,
            """);
  }

  @Test
  void pivot_columnThatIsNowhere_isNamedWithTheNearest() {
    pond.node("timeseries-pivot", "/side", "pattern: /in/*.series\ncolumns: [levl]\n");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/side\""))
        .hasMessage(
            "'/side' cannot be computed: /side:2:11: no series has a column 'levl'."
                + " Did you mean 'level'?");
  }

  @Test
  void sql_severalNames_areJoined() {
    pond.node(
        "sql-derived-series",
        "/sum",
        """
        patterns: {a: /in/a*.series, b: /in/b.series}
        query: |
          WITH whole AS (SELECT timestamp, sum(level) AS level FROM a GROUP BY timestamp)
          SELECT w.timestamp, w.level + b.depth AS total
          FROM whole w JOIN b USING (timestamp);
        """);

    assertThat(pond.csv("SELECT * FROM \"/sum\""))
        .isEqualTo("timestamp,total\n2024-06-01T00:00:00Z,6.0\n");
    assertThat(pond.csv("/sum", between("2024-06-01T01:00:00Z", "2024-06-01T02:00:00Z")))
        .isEqualTo("timestamp,total\n");
  }

  @Test
  void sql_withoutAQuery_passesRowsOn() {
    pond.node("sql-derived-table", "/same", "patterns: {x: '/in/${env:SITE}.series'}");

    assertThat(pond.csv("SELECT count(*) AS n FROM \"/same\"")).isEqualTo("n\n2\n");
  }

  @Test
  void sql_mistakes_areToldWithTheirPlace() {
    pond.node("sql-derived-table", "/many", "patterns:\n  x: /in/a*.series\n");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/many\""))
        .hasMessageContaining("/many:2:6: '/in/a*.series' matches 2 files");

    pond.node(
        "sql-derived-series", "/wrong", "patterns: {x: /in/a1.series}\nquery: SELECT levl FROM x");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/wrong\""))
        .hasMessageContaining("/wrong:2:8: the query is wrong: ")
        .hasMessageEndingWith("Did you mean 'level'?");

    for (String query : new String[] {"DROP TABLE x", "SELECT 1; SELECT 2"}) {
      String node = "/wrong-" + query.length();
      pond.node("sql-derived-series", node, "patterns: {x: /in/a1.series}\nquery: " + query);
      assertThatThrownBy(() -> pond.csv("SELECT * FROM \"" + node + "\""))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining(node + ":2:8: the query is wrong: ")
          .hasMessageEndingWith("Write one SELECT; a node computes rows and changes nothing.");
    }
  }

  @Test
  void chain_overPatternsThatMatchNothing_isEmptyUntilThereIsSomething() {
    pond.node(
        "sql-derived-series",
        "/none",
        "patterns: {x: /later/*}\nquery: SELECT timestamp, a FROM x");
    pond.node("timeseries-pivot", "/side", "{pattern: /non*, columns: [a]}");
    pond.node(
        "temporal-reduce",
        "/r",
        "{in_pattern: /side, out_pattern: x, resolutions: [1h],"
            + " aggregations: [{type: avg, columns: [e.a]}]}");

    assertThat(pond.csv("SELECT * FROM \"/none\"")).isEqualTo("timestamp\n");
    assertThat(pond.csv("SELECT * FROM \"/r/x/res=1h.series\"")).startsWith("timestamp");
    pond.append("/later/a.series", "SELECT TIMESTAMP '2024-06-01' AS timestamp, 2 AS a");
    assertThat(pond.csv("SELECT * FROM \"/r/x/res=1h.series\""))
        .isEqualTo("timestamp,e.a.avg\n2024-06-01T00:00:00Z,2.0\n");
  }

  @Test
  void rename_firstRuleThatFits_counts() {
    pond.append(
        "/raw.series",
        "SELECT TIMESTAMP '2024-06-01' AS \"Date Time\", TIMESTAMP '2024-06-01' AS timestamp,"
            + " 1.5 AS \"Depth (ft)\", 2 AS Marked, 3 AS other");
    pond.node(
        "column-rename",
        "/etc/names",
        """
        rules:
          - {type: drop, pattern: '^(Marked|timestamp)$'}
          - {type: direct, from: Date Time, to: timestamp, cast: timestamp}
          - {type: pattern, pattern: '^(.+) \\((.+)\\)$', replacement: $1.$2}
        """);
    pond.node(
        "sql-derived-series", "/named", "patterns: {x: /raw.series}\ntransforms: [/etc/names]\n");

    assertThat(pond.csv("SELECT * FROM \"/named\""))
        .isEqualTo("timestamp,Depth.ft,other\n2024-06-01T00:00:00Z,1.5,3\n");
  }

  @Test
  void rename_twoColumnsToOneName_isRefused() {
    pond.node(
        "column-rename",
        "/names",
        "rules: [{type: pattern, pattern: 'temp|level', replacement: x}]");
    pond.node("sql-derived-series", "/bad", "{patterns: {x: /in/a1.series}, transforms: [/names]}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/bad\""))
        .hasMessageContaining("both 'level' and 'temp' would be named 'x'");
  }

  @Test
  void transform_thatIsMissingOrNone_isRefusedWithItsPlace() {
    pond.node(
        "sql-derived-series", "/bad", "patterns: {x: /in/a1.series}\ntransforms: [/nowhere]\n");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/bad\""))
        .hasMessageContaining("/bad:2:14: the transform '/nowhere' does not exist");

    pond.node("sql-derived-series", "/bad2", "{patterns: {x: /in/b.series}, transforms: [/bad]}");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/bad2\""))
        .hasMessageContaining("'/bad' is no transform, its type is table:dynamic");
  }

  @Test
  void cycle_ofFiles_isNamed() {
    pond.node("sql-derived-series", "/x", "patterns: {a: /y}");
    pond.node("sql-derived-series", "/y", "patterns: {a: /z}");
    pond.node("sql-derived-series", "/z", "patterns: {a: /x}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/y\""))
        .hasMessageContaining("/y -> /z -> /x -> /y");
  }

  @Test
  void cycle_ofDirectories_isNamed() {
    String reduce =
        """
        in_pattern: '/%s/**/*.series'
        out_pattern: $0
        resolutions: [1h]
        aggregations: [{type: avg}]
        """;
    pond.node("temporal-reduce", "/r1", reduce.formatted("r2"));
    pond.node("temporal-reduce", "/r2", reduce.formatted("r1"));

    assertThatThrownBy(
            () -> pond.tree().match(PathPattern.parse("/r1/**"), Visibility.VISIBLE_ONLY))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("/r1 -> /r2 -> /r1");
  }

  @Test
  void directory_nodesInside_areFoundAndReadOnlyOneByOne() {
    pond.node(
        "dynamic-dir",
        "/d",
        """
        factory: dynamic-dir
        config:
          entries:
            - name: deeper
              factory: dynamic-dir
              config:
                entries:
                  - {name: same, factory: sql-derived-series, config: {patterns: {x: /in/b.series}}}
            - {name: broken, factory: sql-derived-series, config: {patterns: {x: /nowhere}}}
        """);

    assertThat(pond.tree().match(PathPattern.parse("/d/**"), Visibility.VISIBLE_ONLY))
        .extracting(match -> match.path().toString())
        .containsExactly("/d", "/d/broken", "/d/deeper", "/d/deeper/same");
    assertThat(pond.csv("SELECT count(*) AS n FROM \"/d/deeper/same\"")).isEqualTo("n\n2\n");
  }

  @Test
  void synthetic_waves_areComputed() {
    pond.node(
        "synthetic-timeseries",
        "/waves",
        """
        start: 2025-01-01T00:00:00Z
        end: 2025-01-01T03:00:00Z
        interval: 1h
        points:
          - name: x
            components:
              - {type: line, offset: 1, slope: 0.001}
              - {type: square, period: 2h, amplitude: 10}
        """);

    assertThat(pond.csv("SELECT timestamp, round(x, 3) AS x FROM \"/waves\" ORDER BY 1"))
        .isEqualTo(
            """
            timestamp,x
            2025-01-01T00:00:00Z,11.0
            2025-01-01T01:00:00Z,-5.4
            2025-01-01T02:00:00Z,18.2
            2025-01-01T03:00:00Z,1.8
            """);
    assertThat(pond.csv("/waves", between("2025-01-01T01:00:00Z", "2025-01-01T02:00:00Z")).lines())
        .hasSize(2);
  }

  private static TimeRange between(String from, String to) {
    return TimeRange.between(Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to)));
  }
}
