package dev.duckpond.factories;

import static dev.duckpond.factories.KeptReductions.AGGREGATIONS;
import static dev.duckpond.factories.KeptReductions.COUNTED;
import static dev.duckpond.factories.KeptReductions.DAY;
import static dev.duckpond.factories.KeptReductions.START;
import static dev.duckpond.factories.KeptReductions.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of reductions tells the same as computing everything: what once did not. */
class RollupRowsTest {
  @TempDir Path directory;
  private KeptReductions reductions;

  @BeforeEach
  void open() {
    reductions = new KeptReductions(directory);
  }

  @AfterEach
  void close() {
    reductions.close();
  }

  @Test
  void reduce_timeOfAnotherColumn_losesNothing() {
    reductions
        .pond()
        .append(
            "/in/a.series",
            "SELECT *, timestamp + to_days(40) AS received FROM ("
                + rows(START, 600, 3000, 1)
                + ")");
    reductions.reduce("1h", "time_column: received\n" + COUNTED);

    reductions.requireSame("/r/a/res=1h.series");
    assertThat(reductions.kept("/r/a/res=1h.series", TimeRange.ALL).lines()).hasSize(501);
  }

  @Test
  void reduce_rowsThatSqlMakesOfATable_areThere() {
    reductions.append("/in/a.series", START, 600, 3000, 1);
    reductions
        .pond()
        .node(
            "sql-derived-series",
            "/q/a",
            "patterns: {s: /in/a.series}\nquery: SELECT timestamp + to_years(3) AS timestamp, x FROM s\n");
    reductions.reduce("/q/*", "1h", AGGREGATIONS);

    reductions.requireSame("/r/a/res=1h.series");
    assertThat(reductions.kept("/r/a/res=1h.series", TimeRange.ALL).lines()).hasSize(501);
  }

  @Test
  void reduce_joinOfSqlOverAll_followsContentOutsideOfTheRange() {
    reductions.append("/in/a.series", START, 600, 3000, 1);
    reductions
        .pond()
        .node(
            "sql-derived-series",
            "/q/a",
            "patterns: {s: /in/a.series}\nquery: SELECT timestamp, (SELECT count(*) FROM s) AS n FROM s\n");
    reductions
        .pond()
        .node(
            "timeseries-join",
            "/j/a",
            """
            inputs:
              - {pattern: /q/a, scope: A, range: {end: 2024-01-10T00:00:00Z}}
              - {pattern: /in/none.series, scope: B}
            """);
    reductions.reduce("/j/*", "1h", "aggregations: [{type: max}]\n");
    reductions.requireSame("/r/a/res=1h.series");

    reductions.append("/in/a.series", START + 60 * DAY, 600, 10, 1);

    reductions.requireSame("/r/a/res=1h.series");
    assertThat(reductions.kept("/r/a/res=1h.series", TimeRange.ALL)).contains(",3010\n");
  }

  @Test
  void reduce_queryThatAsksTheClock_isNeverKept() throws IOException {
    reductions.append("/in/a.series", START, 600, 3000, 1);
    reductions
        .pond()
        .node(
            "sql-derived-series",
            "/q/a",
            "patterns: {s: /in/a.series}\nquery: SELECT * FROM s WHERE timestamp < now()\n");
    reductions.reduce("/q/*", "1h", AGGREGATIONS);

    reductions.requireSame("/r/a/res=1h.series");
    assertThat(reductions.pond().rollups()).doesNotExist();
  }

  @Test
  void reduce_typeThatWidensBehindACast_isComputedAgain() {
    reductions
        .pond()
        .append("/in/a.series", rows(START, 600, 100, 1).replace("/ 4 END AS x", "END AS x"));
    reductions
        .pond()
        .node("column-rename", "/names", "rules: [{type: direct, from: n, to: n, cast: utf8}]\n");
    reductions.reduce("1h", "transforms: [/names]\n" + COUNTED);
    reductions.requireSame("/r/a/res=1h.series");

    reductions
        .pond()
        .append(
            "/in/a.series",
            rows(START + 30 * DAY, 600, 100, 1).replace("AS INTEGER) AS n", "AS DOUBLE) AS n"));

    reductions.requireSame("/r/a/res=1h.series");
    assertThat(
            reductions
                .kept("/r/a/res=1h.series", TimeRange.ALL)
                .lines()
                .skip(1)
                .findFirst()
                .orElse(""))
        .contains(".0");
  }

  @Test
  void reduce_dayWithTwoMidnights_beginsWithTheFirst() {
    reductions
        .pond()
        .append(
            "/in/a.series",
            "SELECT TIMESTAMP '2024-11-03 00:00:00' + to_minutes(CAST(i * 30 AS INTEGER)) AS timestamp,"
                + " i AS x FROM range(96) t(i)");
    reductions.reduce("1d", "timezone: America/Havana\n" + COUNTED);

    reductions.requireSame("/r/a/res=1d.series");
    assertThat(reductions.kept("/r/a/res=1d.series", TimeRange.ALL))
        .contains("\n2024-11-03T04:00:00Z,");
  }

  @Test
  void reduce_contentReplacedByAsMuch_isComputedAgain() {
    reductions.append("/in/a.series", START, 600, 3000, 1);
    reductions.reduce("1h", AGGREGATIONS);
    String before = reductions.kept("/r/a/res=1h.series", TimeRange.ALL);

    reductions.pond().remove("/in/a.series");
    reductions.append("/in/a.series", START, 600, 3000, 2);

    assertThat(reductions.kept("/r/a/res=1h.series", TimeRange.ALL))
        .isEqualTo(reductions.pond().csv("/r/a/res=1h.series", TimeRange.ALL))
        .isNotEqualTo(before);
  }
}
