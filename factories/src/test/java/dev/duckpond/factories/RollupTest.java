package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of reductions tells the same as computing everything. */
class RollupTest {
  private static final long HOUR = Duration.ofHours(1).toSeconds();
  private static final long DAY = Duration.ofDays(1).toSeconds();
  private static final long START = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
  private static final long LIMIT_BYTES = 1L << 30;

  @TempDir Path directory;
  private ComputedPond pond;

  @BeforeEach
  void open() {
    pond = new ComputedPond(directory);
  }

  @AfterEach
  void close() {
    pond.close();
  }

  /** Rows every so many seconds; the values are quarters, whose sums are exact. */
  private void append(String path, long fromSecond, long stepSeconds, long rows, long salt) {
    pond.append(path, rows(fromSecond, stepSeconds, rows, salt));
  }

  private static String rows(long fromSecond, long stepSeconds, long rows, long salt) {
    return """
    SELECT make_timestamp((%d + i * %d) * 1000000) AS timestamp,
      CASE WHEN (i + %d) %% 11 = 0 THEN NULL ELSE ((i * 37 + %d) %% 400) / 4 END AS x,
      CAST((i * 13 + %d) %% 1000 AS INTEGER) AS n
    FROM range(%d) r(i)
    """
        .formatted(fromSecond, stepSeconds, salt, salt, salt, rows);
  }

  private static final String AGGREGATIONS =
      """
      aggregations:
        - {type: avg}
        - {type: min}
        - {type: max}
        - {type: sum}
        - {type: count}
        - {type: first}
        - {type: last}
        - {type: count, columns: ['*']}
      """;

  private String kept(String path, TimeRange range) {
    try (QuerySession session = pond.openKeeping(LIMIT_BYTES)) {
      return csv(session, path, range);
    }
  }

  private static String csv(QuerySession session, String path, TimeRange range) {
    Sql rows = session.relation(PondUrl.parse(path)).select(range);
    return ComputedPond.csv(session, Sql.of("SELECT * FROM (").plus(rows).plus(") ORDER BY 1"));
  }

  /** The names of the stored files that a read hands to the engine. */
  private List<String> handed(String path) {
    try (QuerySession session = pond.openKeeping(LIMIT_BYTES)) {
      String all = csv(session, path, TimeRange.ALL);
      assertThat(all).isEqualTo(pond.csv(path, TimeRange.ALL));
      return session.handedFiles().stream().map(Path::toString).toList();
    }
  }

  @Test
  void reduce_secondRead_opensOneFileOfEachShape() {
    for (int day = 0; day < 40; day++) {
      append("/in/a.series", START + day * DAY, HOUR / 4, 96, day);
    }
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /in/*.series\nout_pattern: $0\nresolutions: [1h, 2h, 1d]\n" + AGGREGATIONS);

    assertThat(handed("/r/a/res=1h.series")).hasSize(40);
    assertThat(handed("/r/a/res=1h.series")).hasSizeLessThanOrEqualTo(1);
    // The others are made of the finest.
    assertThat(handed("/r/a/res=2h.series")).hasSizeLessThanOrEqualTo(1);
    assertThat(handed("/r/a/res=1d.series")).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void reduce_appended_readsTheTilesThatItTouches() {
    for (int day = 0; day < 40; day++) {
      append("/in/a.series", START + day * DAY, HOUR / 4, 96, day);
    }
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /in/*.series\nout_pattern: $0\nresolutions: [1h]\n" + AGGREGATIONS);
    assertThat(handed("/r/a/res=1h.series")).hasSize(40);

    append("/in/a.series", START + 40 * DAY, HOUR / 4, 96, 40);

    // A tile of 64 hours has at most four days, and one file tells the columns.
    assertThat(handed("/r/a/res=1h.series")).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void reduce_appendedWithRowsOfAnUnsetClock_readsTheTilesThatItTouches() {
    for (int day = 0; day < 40; day++) {
      append("/in/a.series", START + day * DAY, HOUR / 4, 96, day);
    }
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /in/*.series\nout_pattern: $0\nresolutions: [1h]\n" + AGGREGATIONS);
    assertThat(handed("/r/a/res=1h.series")).hasSize(40);

    pond.append(
        "/in/a.series", rows(0, 60, 5, 1) + " UNION ALL " + rows(START + 40 * DAY, 900, 96, 2));

    assertThat(handed("/r/a/res=1h.series")).hasSizeLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolutions: [1h, 2h, 7h, 1d, 1w]",
        "resolutions: [15m, 1h, 1d, 1w, 1mo, 1q]\ntimezone: America/Los_Angeles",
        "resolutions: [1h, 1d, 3d, 1mo]\ntimezone: Asia/Kathmandu",
        "resolutions: [1d, 7d, 1mo, 1y]\ntimezone: Europe/Lisbon",
      })
  void reduce_randomChanges_keptEqualsComputed(String resolutions) {
    changeAndCompare(resolutions, 6);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolutions: [30m, 2h, 7h, 1d, 1w]",
        "resolutions: [15m, 1h, 1d, 1w, 1mo, 1q]\ntimezone: America/New_York",
        "resolutions: [1d, 7d, 1mo, 1y]\ntimezone: Australia/Lord_Howe",
      })
  void reduce_manyRandomChanges_keptEqualsComputed(String resolutions) {
    changeAndCompare(resolutions, 60);
  }

  private void changeAndCompare(String resolutions, int steps) {
    long seed = Long.getLong("duckpond.seed", 20_261_121L);
    SplittableRandom random = new SplittableRandom(seed);
    append("/in/a.series", START, 600, 3000, 1);
    append("/in/b.series", START + 20 * DAY, 900, 2000, 2);
    pond.node("timeseries-join", "/in/ab", "inputs:\n" + input("a") + input("b"));
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /in/*\nout_pattern: $0\n" + resolutions + "\n" + AGGREGATIONS);
    List<String> files = files("/r");
    assertThat(files).hasSizeGreaterThanOrEqualTo(12);
    for (int step = 0; step < steps; step++) {
      change(random, step);
      for (int i = 0; i < 3; i++) {
        String path = files.get(random.nextInt(files.size()));
        TimeRange range = range(random);
        assertThat(kept(path, range))
            .as("%s %s, step %d, -Dduckpond.seed=%d", path, range, step, seed)
            .isEqualTo(pond.csv(path, range));
      }
    }
    for (String path : files) {
      assertThat(kept(path, TimeRange.ALL))
          .as("%s, -Dduckpond.seed=%d", path, seed)
          .isEqualTo(pond.csv(path, TimeRange.ALL));
    }
  }

  private static String input(String name) {
    return "  - {pattern: /in/" + name + ".series, scope: " + name + "}\n";
  }

  private List<String> files(String path) {
    List<String> files = new ArrayList<>();
    try (QuerySession session = pond.open()) {
      for (var match : QuerySession.match(pond.tree(), PondUrl.parse(path + "/**/*.series"))) {
        files.add(match.path().toString());
      }
      assertThat(session.handedFiles()).isEmpty();
    }
    return files;
  }

  private static TimeRange range(SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return TimeRange.ALL;
    }
    long from = (START + random.nextLong(-5 * DAY, 80 * DAY)) * 1_000_000;
    return new TimeRange(from, from + random.nextLong(60 * DAY * 1_000_000));
  }

  private void change(SplittableRandom random, int step) {
    String path = random.nextBoolean() ? "/in/a.series" : "/in/b.series";
    long newest = START + (30 + step) * DAY;
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> append(path, newest, 600, random.nextLong(1, 300), step);
      // Late rows, across the changes to daylight saving of March too.
      case 3 -> append(path, START + random.nextLong(90 * DAY), 60, random.nextLong(1, 50), step);
      case 4 ->
          pond.append(path, rows(0, 60, 3, step) + " UNION ALL " + rows(newest, 600, 20, step));
      // All versions become one, as when old ones are put together.
      case 5 -> {
        pond.remove(path);
        append(path, START, 700, 4000, step);
      }
      case 6 -> harm(random);
      default -> {
        // Nothing changed; everything is read again.
      }
    }
  }

  /** Removes or damages a file of what is kept. */
  private void harm(SplittableRandom random) {
    try (Stream<Path> all = Files.walk(pond.rollups())) {
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      if (files.isEmpty()) {
        return;
      }
      Path file = files.get(random.nextInt(files.size()));
      if (random.nextBoolean()) {
        Files.delete(file);
      } else {
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= 0x55;
        Files.write(file, bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void reduce_timeOfAnotherColumn_losesNothing() {
    pond.append(
        "/in/a.series",
        "SELECT *, timestamp + to_days(40) AS received FROM (" + rows(START, 600, 3000, 1) + ")");
    reduce("1h", "time_column: received\n");

    requireSame("/r/a/res=1h.series");
    assertThat(kept("/r/a/res=1h.series", TimeRange.ALL).lines()).hasSize(501);
  }

  @Test
  void reduce_rowsThatSqlMakesOfATable_areThere() {
    append("/in/a.series", START, 600, 3000, 1);
    pond.node(
        "sql-derived-series",
        "/q/a",
        "patterns: {s: /in/a.series}\nquery: SELECT timestamp + to_years(3) AS timestamp, x FROM s\n");
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /q/*\nout_pattern: $0\nresolutions: [1h]\n" + AGGREGATIONS);

    requireSame("/r/a/res=1h.series");
    assertThat(kept("/r/a/res=1h.series", TimeRange.ALL).lines()).hasSize(501);
  }

  @Test
  void reduce_joinOfSqlOverAll_followsContentOutsideOfTheRange() {
    append("/in/a.series", START, 600, 3000, 1);
    pond.node(
        "sql-derived-series",
        "/q/a",
        "patterns: {s: /in/a.series}\nquery: SELECT timestamp, (SELECT count(*) FROM s) AS n FROM s\n");
    pond.node(
        "timeseries-join",
        "/j/a",
        """
        inputs:
          - {pattern: /q/a, scope: A, range: {end: 2024-01-10T00:00:00Z}}
          - {pattern: /in/none.series, scope: B}
        """);
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /j/*\nout_pattern: $0\nresolutions: [1h]\naggregations: [{type: max}]\n");
    requireSame("/r/a/res=1h.series");

    append("/in/a.series", START + 60 * DAY, 600, 10, 1);

    requireSame("/r/a/res=1h.series");
    assertThat(kept("/r/a/res=1h.series", TimeRange.ALL)).contains(",3010\n");
  }

  @Test
  void reduce_queryThatAsksTheClock_isNeverKept() throws IOException {
    append("/in/a.series", START, 600, 3000, 1);
    pond.node(
        "sql-derived-series",
        "/q/a",
        "patterns: {s: /in/a.series}\nquery: SELECT * FROM s WHERE timestamp < now()\n");
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /q/*\nout_pattern: $0\nresolutions: [1h]\n" + AGGREGATIONS);

    requireSame("/r/a/res=1h.series");
    assertThat(pond.rollups()).doesNotExist();
  }

  @Test
  void reduce_typeThatWidensBehindACast_isComputedAgain() {
    pond.append("/in/a.series", rows(START, 600, 100, 1).replace("/ 4 END AS x", "END AS x"));
    pond.node("column-rename", "/names", "rules: [{type: direct, from: n, to: n, cast: utf8}]\n");
    reduce("1h", "transforms: [/names]\n");
    requireSame("/r/a/res=1h.series");

    pond.append(
        "/in/a.series",
        rows(START + 30 * DAY, 600, 100, 1).replace("AS INTEGER) AS n", "AS DOUBLE) AS n"));

    requireSame("/r/a/res=1h.series");
    assertThat(kept("/r/a/res=1h.series", TimeRange.ALL).lines().skip(1).findFirst().orElse(""))
        .contains(".0");
  }

  @Test
  void reduce_nothingChanged_writesNothingHoweverManySpans() throws IOException {
    for (int i = 0; i < 280; i++) {
      append("/in/a.series", START + i * 4L * DAY, HOUR, 2, i);
    }
    reduce("1h", "");
    String first = kept("/r/a/res=1h.series", TimeRange.ALL);
    List<String> before = names();

    assertThat(kept("/r/a/res=1h.series", TimeRange.ALL)).isEqualTo(first);
    assertThat(names()).isEqualTo(before);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(pond.rollups())) {
      return files.map(Path::toString).filter(name -> name.endsWith(".parquet")).sorted().toList();
    }
  }

  @Test
  void reduce_dayWithTwoMidnights_beginsWithTheFirst() {
    pond.append(
        "/in/a.series",
        "SELECT TIMESTAMP '2024-11-03 00:00:00' + to_minutes(CAST(i * 30 AS INTEGER)) AS timestamp,"
            + " i AS x FROM range(96) t(i)");
    reduce("1d", "timezone: America/Havana\n");

    requireSame("/r/a/res=1d.series");
    assertThat(kept("/r/a/res=1d.series", TimeRange.ALL)).contains("\n2024-11-03T04:00:00Z,");
  }

  private void reduce(String resolution, String more) {
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /in/*.series\nout_pattern: $0\nresolutions: ["
            + resolution
            + "]\n"
            + more
            + "aggregations: [{type: count}, {type: min}, {type: last}]\n");
  }

  private void requireSame(String path) {
    assertThat(kept(path, TimeRange.ALL)).isEqualTo(pond.csv(path, TimeRange.ALL));
  }

  @Test
  void reduce_contentReplacedByAsMuch_isComputedAgain() {
    append("/in/a.series", START, 600, 3000, 1);
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /in/*.series\nout_pattern: $0\nresolutions: [1h]\n" + AGGREGATIONS);
    String before = kept("/r/a/res=1h.series", TimeRange.ALL);

    pond.remove("/in/a.series");
    append("/in/a.series", START, 600, 3000, 2);

    assertThat(kept("/r/a/res=1h.series", TimeRange.ALL))
        .isEqualTo(pond.csv("/r/a/res=1h.series", TimeRange.ALL))
        .isNotEqualTo(before);
  }

  @Test
  void reduce_manyAppends_keepsFewFiles() throws IOException {
    append("/in/a.series", START, 600, 3000, 1);
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /in/*.series\nout_pattern: $0\nresolutions: [1h]\n" + AGGREGATIONS);
    for (int i = 0; i < 60; i++) {
      append("/in/a.series", START + (21 + i) * DAY, HOUR, 24, i);
      assertThat(kept("/r/a/res=1h.series", TimeRange.ALL)).isNotEmpty();
    }

    assertThat(kept("/r/a/res=1h.series", TimeRange.ALL))
        .isEqualTo(pond.csv("/r/a/res=1h.series", TimeRange.ALL));
    try (Stream<Path> files = Files.walk(pond.rollups())) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet")).count())
          .isBetween(1L, 17L);
    }
  }

  @Test
  void reduce_aboveTheLimit_keepsNothingAndTellsTheSame() throws IOException {
    append("/in/a.series", START, 600, 3000, 1);
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: /in/*.series\nout_pattern: $0\nresolutions: [1h]\n" + AGGREGATIONS);

    try (QuerySession session = pond.openKeeping(10)) {
      assertThat(csv(session, "/r/a/res=1h.series", TimeRange.ALL))
          .isEqualTo(pond.csv("/r/a/res=1h.series", TimeRange.ALL));
    }

    try (Stream<Path> files = Files.walk(pond.rollups())) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void reduce_medianBesideAverage_isKeptAtItsOwnResolution() {
    append("/in/a.series", START, 600, 3000, 1);
    pond.node(
        "temporal-reduce",
        "/r",
        """
        in_pattern: /in/*.series
        out_pattern: $0
        resolutions: [1h, 1d]
        aggregations: [{type: avg}, {type: median}, {type: time_weighted_avg}]
        """);

    for (String path : List.of("/r/a/res=1h.series", "/r/a/res=1d.series")) {
      assertThat(kept(path, TimeRange.ALL)).isEqualTo(pond.csv(path, TimeRange.ALL));
      assertThat(handed(path)).hasSizeLessThanOrEqualTo(1);
    }
  }
}
