package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.Visibility;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void join_scopesThatDifferInLetterCase_areRefused() {
    pond.node(
        "timeseries-join",
        "/j",
        """
        inputs:
          - {pattern: /in/a1.series, scope: Dock}
          - {pattern: /in/a2.series, scope: dock}
        """);

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/j\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'/j' cannot be computed: /j:3:37: the scope 'Dock' makes 'Dock.level' and the scope"
                + " 'dock' 'dock.level': names of columns that differ in letter case alone are one."
                + " Give one of them another scope, or rename the column with a transform"
                + " (column-rename).");
  }

  @Test
  void join_scopeAndColumnThatSpellTheSame_areRefused() {
    pond.append("/in/c.series", "SELECT TIMESTAMP '2024-06-01' AS timestamp, 1 AS \"B.level\"");
    String join =
        """
        inputs:
          - {pattern: /in/c.series, scope: A}
          - {pattern: /in/a2.series, scope: %s}
        """;
    pond.node("timeseries-join", "/j", join.formatted("A.B"));
    pond.node("timeseries-join", "/k", join.replace(", scope: A", "").formatted("B"));
    pond.node("timeseries-join", "/l", join.formatted("A.C"));

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/j\""))
        .hasMessageContaining("/j:3:37: the scope 'A' and the scope 'A.B' both make 'A.B.level'");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/k\""))
        .hasMessageContaining(
            "/k:3:37: an input without a scope and the scope 'B' both make 'B.level'");
    assertThat(pond.csv("SELECT * FROM \"/l\" LIMIT 0"))
        .isEqualTo("timestamp,A.B.level,A.C.level\n");
  }

  @Test
  void join_columnsOfOneScopeThatDifferInLetterCase_areUnited() {
    pond.append("/in/c.series", "SELECT TIMESTAMP '2024-06-01' AS timestamp, 7.0 AS \"LEVEL\"");
    pond.node(
        "timeseries-join",
        "/j",
        """
        inputs:
          - {pattern: /in/a2.series, scope: A}
          - {pattern: /in/c.series, scope: A}
        """);

    assertThat(pond.csv("SELECT * FROM \"/j\" ORDER BY 1"))
        .isEqualTo(
            """
            timestamp,A.level
            2024-06-01T00:00:00Z,7.0
            2024-06-01T01:00:00Z,20.0
            2024-06-01T02:00:00Z,30.0
            """);
  }

  @Test
  void pivot_labelsThatComeToOneColumn_areRefused() {
    for (String path : List.of("/s/dock", "/s/Dock", "/t/a.b/c", "/t/a/b.c")) {
      pond.append(path, "SELECT TIMESTAMP '2024-06-01' AS timestamp, 1 AS x");
    }
    pond.node("timeseries-pivot", "/p", "{pattern: /s/*, columns: [x]}");
    pond.node("timeseries-pivot", "/q", "{pattern: /t/*/*, columns: [x]}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/p\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'/p' cannot be computed: /p:1:11: '/s/Dock' makes 'Dock.x' and '/s/dock' 'dock.x':"
                + " names of columns that differ in letter case alone are one."
                + " Rename one of the series, or take one of them alone.");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/q\""))
        .hasMessageContaining("/q:1:11: '/t/a/b.c' and '/t/a.b/c' both make 'a.b.c.x'");
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
        .hasMessageContaining("not found in FROM clause! Did you mean 'level'?");

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

  @ParameterizedTest
  @CsvSource({
    "1717200000,0",
    "1717200000123,123000",
    "1717200000123456,123456",
    "1717200000123456789,123456"
  })
  void rename_integersCastToTimes_areTakenInTheUnitThatMakesDates(long first, long micros) {
    pond.append(
        "/raw.series",
        "SELECT TIMESTAMP '2024-05-01' AS timestamp, "
            + first
            + " AS seen, NULL::BIGINT AS never, 1 AS x");
    pond.node(
        "column-rename",
        "/names",
        """
        rules:
          - {type: direct, from: seen, to: first, cast: timestamp}
          - {type: direct, from: never, to: never, cast: timestamp}
        """);
    pond.node("sql-derived-series", "/n", "{patterns: {x: /raw.series}, transforms: [/names]}");

    assertThat(
            pond.csv(
                "SELECT timestamp, epoch_us(first) - 1717200000000000 AS us, typeof(never) AS t"
                    + " FROM \"/n\""))
        .isEqualTo("timestamp,us,t\n2024-05-01T00:00:00Z," + micros + ",TIMESTAMP\n");
    assertThat(pond.csv("/n", between("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z")))
        .isEqualTo("timestamp,first,never,x\n");
  }

  @Test
  void rename_integersCastToTimes_mayBeTheTime() {
    pond.append("/in/raw.series", "SELECT TIMESTAMP '2024-05-01' AS timestamp, 1717200000 AS seen");
    pond.node(
        "column-rename",
        "/names",
        """
        rules:
          - {type: drop, pattern: '^timestamp$'}
          - {type: direct, from: seen, to: timestamp, cast: timestamp}
        """);
    pond.node("sql-derived-series", "/n", "{patterns: {x: /in/raw.series}, transforms: [/names]}");

    assertThat(pond.csv("/n", between("2024-06-01T00:00:00Z", "2024-06-02T00:00:00Z")))
        .isEqualTo("timestamp\n2024-06-01T00:00:00Z\n");
  }

  @Test
  void rename_typeThatDoesNotBecomeTheOther_isRefused() {
    pond.append("/raw.series", "SELECT TIMESTAMP '2024-05-01' AS timestamp, 1.5::DOUBLE AS x");
    pond.node("column-rename", "/t", "rules: [{type: direct, from: x, to: y, cast: timestamp}]");
    pond.node(
        "column-rename", "/i", "rules: [{type: direct, from: timestamp, to: y, cast: int64}]");
    pond.node("sql-derived-series", "/a", "{patterns: {x: /raw.series}, transforms: [/t]}");
    pond.node("sql-derived-series", "/b", "{patterns: {x: /raw.series}, transforms: [/i]}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/a\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("'/t' cannot be applied to '/raw.series'")
        .hasMessageContaining("its column 'x' is DOUBLE, which does not become timestamp");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/b\""))
        .hasMessageContaining("its column 'timestamp' is TIMESTAMP, which does not become int64");
  }

  @ParameterizedTest
  @CsvSource({"timestamp", "float64", "int64"})
  void rename_valueThatCannotBeCast_isToldWithItsColumnAndNode(String cast) {
    pond.append(
        "/raw.series",
        "SELECT TIMESTAMP '2024-05-01' + to_days(CAST(i AS INTEGER)) AS timestamp,"
            + " [NULL, 'soon'][i + 1] AS \"Date Time\" FROM range(2) r(i)");
    pond.node(
        "column-rename",
        "/names",
        "rules: [{type: direct, from: Date Time, to: y, cast: " + cast + "}]");
    pond.node("sql-derived-series", "/n", "{patterns: {x: /raw.series}, transforms: [/names]}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/n\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "the query failed: 'soon' in the column 'Date Time' cannot be cast to %s, as '/names'"
                + " says. Correct the value, or leave the cast out and use try_cast(… AS …) in a"
                + " query, which gives NULL instead.",
            cast);
    assertThat(pond.csv("SELECT y FROM \"/n\" WHERE timestamp < TIMESTAMP '2024-05-02'"))
        .isEqualTo("y\n\"\"\n");
  }

  @Test
  void rename_casts_equalThoseOfSql() {
    pond.append(
        "/raw.series",
        "SELECT TIMESTAMP '2024-05-01' AS timestamp, '2024-05-02 03:04:05' AS a, '1.5' AS b,"
            + " 2.6 AS c, 7 AS d, true AS e, DATE '2024-05-03' AS f");
    pond.node(
        "column-rename",
        "/names",
        """
        rules:
          - {type: direct, from: a, to: a, cast: timestamp}
          - {type: direct, from: b, to: b, cast: float64}
          - {type: direct, from: c, to: c, cast: int64}
          - {type: direct, from: d, to: d, cast: utf8}
          - {type: direct, from: e, to: e, cast: int64}
          - {type: direct, from: f, to: f, cast: timestamp}
        """);
    pond.node("sql-derived-series", "/n", "{patterns: {x: /raw.series}, transforms: [/names]}");

    assertThat(pond.csv("SELECT * EXCLUDE timestamp FROM \"/n\""))
        .isEqualTo("a,b,c,d,e,f\n2024-05-02T03:04:05Z,1.5,3,7,1,2024-05-03T00:00:00Z\n");
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
    pond.node("temporal-reduce", "/red", reduce.formatted("red"));
    assertThatThrownBy(
            () -> pond.tree().match(PathPattern.parse("/red/**"), Visibility.VISIBLE_ONLY))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'/red' cannot be computed: /red:1:13: '/red' is made of itself: /red -> /red."
                + " Change the pattern of one of them.");
  }

  @Test
  void reduce_outPatternThatLeadsAway_isRefusedWithItsPlace() {
    pond.node(
        "temporal-reduce",
        "/red",
        """
        in_pattern: /in/*.series
        out_pattern: ../$0
        resolutions: [1h]
        aggregations: [{type: avg}]
        """);

    assertThatThrownBy(
            () -> pond.tree().match(PathPattern.parse("/red/**"), Visibility.VISIBLE_ONLY))
        .hasMessageContaining("'/red' cannot be computed: /red:2:14: the name '..' is not usable")
        .hasMessageEndingWith("Results lie below the node; write names, such as $0 or daily/$0.");
  }

  @Test
  void inputs_withoutATime_areRefusedWithTheirPlace() {
    pond.append("/odd/a.series", "SELECT TIMESTAMP '2024-06-01' AS timestamp, 1 AS x");
    pond.node(
        "sql-derived-series", "/odd/b", "{patterns: {x: /odd/a.series}, query: SELECT x FROM x}");
    String problem = "'%s' has no time column that can be told by its name";

    pond.node("timeseries-pivot", "/p", "columns: [x]\npattern: /odd/*\n");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/p\""))
        .hasMessageContaining("/p:2:10: " + problem.formatted("/odd/b"));
    pond.node("timeseries-join", "/j", "inputs:\n  - pattern: /in/b.series\n  - pattern: /odd/b\n");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/j\""))
        .hasMessageContaining("/j:3:14: " + problem.formatted("/odd/b"));
    pond.node(
        "temporal-reduce",
        "/r",
        "{out_pattern: x, in_pattern: /odd/b, resolutions: [1h], aggregations: [{type: avg}]}");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/r/x/res=1h.series\""))
        .hasMessageContaining("/r:1:30: " + problem.formatted("/odd/b"));
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
