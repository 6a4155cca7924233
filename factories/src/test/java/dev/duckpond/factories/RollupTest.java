package dev.duckpond.factories;

import static dev.duckpond.factories.KeptReductions.AGGREGATIONS;
import static dev.duckpond.factories.KeptReductions.COUNTED;
import static dev.duckpond.factories.KeptReductions.DAY;
import static dev.duckpond.factories.KeptReductions.HOUR;
import static dev.duckpond.factories.KeptReductions.START;
import static dev.duckpond.factories.KeptReductions.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of reductions, and what a read still opens. */
class RollupTest {
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
  void reduce_secondRead_opensOneFileOfEachShape() {
    reductions.appendDays("/in/a.series", 40);
    reductions.reduce("1h, 2h, 1d", AGGREGATIONS);

    assertThat(reductions.handed("/r/a/res=1h.series")).hasSize(40);
    assertThat(reductions.handed("/r/a/res=1h.series")).hasSizeLessThanOrEqualTo(1);
    // The others are made of the finest.
    assertThat(reductions.handed("/r/a/res=2h.series")).hasSizeLessThanOrEqualTo(1);
    assertThat(reductions.handed("/r/a/res=1d.series")).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void reduce_appended_readsTheTilesThatItTouches() {
    reductions.appendDays("/in/a.series", 40);
    reductions.reduce("1h", AGGREGATIONS);
    assertThat(reductions.handed("/r/a/res=1h.series")).hasSize(40);

    reductions.append("/in/a.series", START + 40 * DAY, HOUR / 4, 96, 40);

    // A tile of a day meets at most two files, and one file tells the columns.
    assertThat(reductions.handed("/r/a/res=1h.series")).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void reduce_appendedWithRowsOfAnUnsetClock_readsTheTilesThatItTouches() {
    reductions.appendDays("/in/a.series", 40);
    reductions.reduce("1h", AGGREGATIONS);
    assertThat(reductions.handed("/r/a/res=1h.series")).hasSize(40);

    reductions
        .pond()
        .append(
            "/in/a.series", rows(0, 60, 5, 1) + " UNION ALL " + rows(START + 40 * DAY, 900, 96, 2));

    assertThat(reductions.handed("/r/a/res=1h.series")).hasSizeLessThanOrEqualTo(5);
  }

  private static String logged(long second, String y) {
    return "{\"time\":" + second + ",\"y\":" + y + "}\n";
  }

  @Test
  void reduce_joinWithText_appendedReadsTheTilesThatItTouches() {
    String path = "/r/ab/res=1h.series";
    reductions.appendDays("/in/a.series", 40);
    reductions
        .pond()
        .data("/logs/a.jsonl", logged(START + 5 * DAY, "3") + logged(START + 60 * DAY, "4"));
    reductions
        .pond()
        .node(
            "timeseries-join",
            "/joined/ab",
            """
            inputs:
              - {pattern: /in/a.series, scope: a}
              - {pattern: 'jsonlogs:///logs/*.jsonl', scope: b}
            """);
    reductions.reduce("/joined/*", "1h", "aggregations: [{type: count}, {type: max}]\n");
    assertThat(reductions.handed(path)).hasSizeGreaterThanOrEqualTo(40);

    reductions.append("/in/a.series", START + 40 * DAY, HOUR / 4, 96, 40);
    assertThat(reductions.handed(path)).hasSizeLessThanOrEqualTo(6);

    reductions.pond().data("/logs/b.jsonl", logged(START + 10 * DAY, "5"));
    assertThat(reductions.handed(path)).hasSizeLessThanOrEqualTo(8);

    // No times, then another type of a column, which all rows get.
    reductions.pond().data("/logs/c.jsonl", "{\"y\":6}\n");
    reductions.kept(path, TimeRange.ALL);
    reductions.requireSame(path);
    reductions.pond().data("/logs/d.jsonl", logged(START + 12 * DAY, "5.5"));
    assertThat(reductions.handed(path)).hasSizeGreaterThanOrEqualTo(40);
    // Larger numbers are other times.
    reductions.pond().data("/logs/a.jsonl", logged((START + 6 * DAY) * 1000, "7"));
    reductions.requireSame(path);
  }

  @Test
  void reduce_csvWithIntegerTimes_followsTheUnitThatAllOfThemMake() {
    reductions.pond().data("/logs/a.csv", "time,y\n" + (START + ",1\n").repeat(100_000));
    reductions
        .pond()
        .node(
            "temporal-reduce",
            "/r",
            "{in_pattern: 'csv:///logs/*.csv', out_pattern: all, resolutions: [1h], "
                + "aggregations: [{type: count}]}");
    String path = "/r/all/res=1h.series";
    assertThat(reductions.kept(path, TimeRange.ALL)).hasLineCount(2).startsWith("time");
    reductions.requireSame(path);

    reductions.pond().data("/logs/b.csv", "time,y\n" + (START + DAY) * 1000 + ",2\n");

    assertThat(reductions.kept(path, TimeRange.ALL)).contains("1970-01-");
    reductions.requireSame(path);
  }

  @Test
  void reduce_nothingChanged_writesNothingHoweverManySpans() throws IOException {
    for (int i = 0; i < 280; i++) {
      reductions.append("/in/a.series", START + i * 4L * DAY, HOUR, 2, i);
    }
    reductions.reduce("1h", COUNTED);
    String first = reductions.kept("/r/a/res=1h.series", TimeRange.ALL);
    List<String> before = reductions.segments();

    assertThat(reductions.kept("/r/a/res=1h.series", TimeRange.ALL)).isEqualTo(first);
    assertThat(reductions.segments()).isEqualTo(before);
  }

  @Test
  void reduce_manyAppends_keepsFewFiles() throws IOException {
    reductions.append("/in/a.series", START, 600, 3000, 1);
    reductions.reduce("1h", AGGREGATIONS);
    for (int i = 0; i < 60; i++) {
      reductions.append("/in/a.series", START + (21 + i) * DAY, HOUR, 24, i);
      assertThat(reductions.kept("/r/a/res=1h.series", TimeRange.ALL)).isNotEmpty();
    }

    assertThat(reductions.kept("/r/a/res=1h.series", TimeRange.ALL))
        .isEqualTo(reductions.pond().csv("/r/a/res=1h.series", TimeRange.ALL));
    try (Stream<Path> files = Files.walk(reductions.pond().rollups())) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet")).count())
          .isBetween(1L, 17L);
    }
  }

  @Test
  void reduce_aboveTheLimit_keepsNothingAndTellsTheSame() throws IOException {
    reductions.append("/in/a.series", START, 600, 3000, 1);
    reductions.reduce("1h", AGGREGATIONS);

    try (QuerySession session = reductions.pond().openKeeping(10)) {
      assertThat(KeptReductions.csv(session, "/r/a/res=1h.series", TimeRange.ALL))
          .isEqualTo(reductions.pond().csv("/r/a/res=1h.series", TimeRange.ALL));
    }

    try (Stream<Path> files = Files.walk(reductions.pond().rollups())) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void reduce_medianBesideAverage_isKeptAtItsOwnResolution() {
    reductions.append("/in/a.series", START, 600, 3000, 1);
    reductions
        .pond()
        .node(
            "temporal-reduce",
            "/r",
            """
            in_pattern: /in/*.series
            out_pattern: $0
            resolutions: [1h, 1d]
            aggregations: [{type: avg}, {type: median}, {type: time_weighted_avg}]
            """);

    for (String path : List.of("/r/a/res=1h.series", "/r/a/res=1d.series")) {
      assertThat(reductions.kept(path, TimeRange.ALL))
          .isEqualTo(reductions.pond().csv(path, TimeRange.ALL));
      assertThat(reductions.handed(path)).hasSizeLessThanOrEqualTo(1);
    }
  }
}
