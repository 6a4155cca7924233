package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.Visibility;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes of all kinds have in common: transforms, cycles, patterns, times, directories. */
class FactoriesTest {
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
}
