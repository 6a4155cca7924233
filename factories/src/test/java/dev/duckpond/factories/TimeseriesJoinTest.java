package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins of series, and queries over them. */
class TimeseriesJoinTest {
  @TempDir Path directory;
  private ComputedPond pond;

  @BeforeEach
  void open() {
    pond = SmallHarbour.in(directory);
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

  private static TimeRange between(String from, String to) {
    return TimeRange.between(Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to)));
  }
}
