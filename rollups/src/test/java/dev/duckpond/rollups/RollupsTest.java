package dev.duckpond.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.Extent;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Reach;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.query.ResultWriter;
import dev.duckpond.query.RollupState;
import dev.duckpond.testkit.FakeClock;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupsTest {
  private static final long HOUR = 3600L * 1_000_000;
  private static final long TILE = 10 * HOUR;

  @TempDir Path directory;
  private final FakeClock clock = new FakeClock(Instant.parse("2024-05-01T12:00:00Z"));

  /** The ranges that were computed, in order. */
  private final List<TimeRange> computed = new ArrayList<>();

  private final List<Extent> extents = new ArrayList<>();

  /** Adds a piece of content that has a row for each hour of some tiles. */
  private void add(String content, long fromTile, long toTile) {
    extents.add(
        new Extent(
            PondPath.of("/in/a.series"),
            ContentHash.of(content.getBytes(StandardCharsets.UTF_8)),
            List.of(new EventBounds(fromTile * TILE, toTile * TILE - 1)),
            OptionalLong.of((toTile - fromTile) * 10),
            new TxnSeq(1)));
  }

  /** A row for each hour, with how many pieces have that hour. */
  private RollupSource source(String recipe) {
    return new RollupSource(
        "test",
        recipe,
        "t",
        new Tiling(TILE, micros -> Math.floorDiv(micros, HOUR) * HOUR),
        extents,
        Reach.INSTANT,
        range -> {
          computed.add(range);
          return rows(range);
        });
  }

  private Sql rows(TimeRange range) {
    List<Sql> all = new ArrayList<>();
    all.add(Sql.of("SELECT make_timestamp(0) AS t WHERE false"));
    for (Extent extent : extents) {
      EventBounds run = extent.runs().getFirst();
      long from = Math.max(run.minMicros(), range.fromMicros());
      long to = Math.min(run.maxMicros() + 1, range.toMicros());
      all.add(
          new SqlBuilder()
              .text("SELECT make_timestamp(i) AS t FROM range(")
              .literal(from)
              .text(", ")
              .literal(Math.max(from, to))
              .text(", ")
              .literal(HOUR)
              .text(") r(i)")
              .build());
    }
    return new SqlBuilder()
        .text("SELECT t, count(*) AS n FROM (")
        .append(Sql.list(all, " UNION ALL "))
        .text(") GROUP BY t")
        .build();
  }

  private QuerySession session(long limitBytes) throws IOException {
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    Path pond = Files.createDirectories(directory.resolve("pond"));
    return QuerySession.openWithoutPond(
        QueryOptions.builder(scratch)
            .threads(1)
            .rollups(new QueryOptions.RollupOptions(pond.resolve("rollups"), limitBytes, 0, clock))
            .build());
  }

  private String read(String recipe, TimeRange range) throws IOException {
    return read(recipe, range, 1L << 30);
  }

  private String read(String recipe, TimeRange range, long limitBytes) throws IOException {
    try (QuerySession session = session(limitBytes)) {
      Rollups rollups = Rollups.of(session).orElseThrow();
      assertThat(rollups.isWorthwhile(source(recipe))).isTrue();
      return csv(session, rollups.select(source(recipe), range));
    }
  }

  private static String csv(QuerySession session, Sql rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ResultWriter(session)
        .write(Sql.of("SELECT * FROM (").plus(rows).plus(") ORDER BY t"), ResultFormat.CSV, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private String expected(TimeRange range) throws IOException {
    try (QuerySession session = session(1)) {
      return csv(session, rows(range));
    }
  }

  private void requireComputed(TimeRange asked, TimeRange... ranges) throws IOException {
    computed.clear();
    assertThat(read("recipe", asked)).isEqualTo(expected(asked));
    assertThat(computed).containsExactly(ranges);
  }

  private static TimeRange tiles(long from, long to) {
    return new TimeRange(from * TILE, to * TILE);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("pond"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private long segments() throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(".parquet")).count();
  }

  @Test
  void select_again_computesNothing() throws IOException {
    add("a", 0, 30);
    requireComputed(TimeRange.ALL, tiles(0, 30));
    requireComputed(TimeRange.ALL);
    requireComputed(tiles(3, 5));
  }

  @Test
  void select_piecesAdded_computesTheTilesThatTheyMeet() throws IOException {
    add("a", 0, 30);
    requireComputed(TimeRange.ALL, tiles(0, 30));
    add("b", 29, 32);
    add("late", 4, 5);

    requireComputed(TimeRange.ALL, tiles(4, 5), tiles(29, 32));
    requireComputed(TimeRange.ALL);
  }

  @Test
  void select_ofARange_computesItsTilesAndTheOthersLater() throws IOException {
    add("a", 0, 30);
    requireComputed(tiles(10, 12), tiles(10, 12));
    requireComputed(TimeRange.ALL, tiles(0, 10), tiles(12, 30));
  }

  @Test
  void select_longHistory_isComputedInStatementsOfBoundedLength() throws IOException {
    add("a", 0, 2L * RollupReading.TILES_PER_STATEMENT + 1);
    int step = RollupReading.TILES_PER_STATEMENT;

    requireComputed(
        TimeRange.ALL, tiles(0, step), tiles(step, 2L * step), tiles(2L * step, 2L * step + 1));
  }

  @Test
  void select_anotherRecipe_sharesNothing() throws IOException {
    add("a", 0, 3);
    read("one", TimeRange.ALL);
    computed.clear();

    read("two", TimeRange.ALL);

    assertThat(computed).containsExactly(tiles(0, 3));
  }

  @Test
  void select_afterEachOfManyAppends_keepsFewFiles() throws IOException {
    for (int i = 0; i < 3 * RollupReading.MAX_SEGMENTS; i++) {
      add("piece " + i, i, i + 1);
      requireComputed(TimeRange.ALL, tiles(i, i + 1));
      assertThat(segments()).isBetween(1L, (long) RollupReading.MAX_SEGMENTS);
    }
    requireComputed(TimeRange.ALL);
  }

  @Test
  void select_fileGone_computesWhatItHeld() throws IOException {
    add("a", 0, 3);
    requireComputed(TimeRange.ALL, tiles(0, 3));
    add("b", 3, 5);
    requireComputed(TimeRange.ALL, tiles(3, 5));
    for (Path file : files()) {
      if (file.toString().endsWith(".parquet") && rowsIn(file) == 20) {
        Files.delete(file);
      }
    }
    assertThat(segments()).isEqualTo(1);

    requireComputed(TimeRange.ALL, tiles(3, 5));
  }

  private long rowsIn(Path file) throws IOException {
    try (QuerySession session =
        QuerySession.openWithoutPond(
            QueryOptions.builder(directory.resolve("scratch")).hostFile(file).build())) {
      String count =
          csv(
              session,
              Sql.of("SELECT count(*) AS t FROM read_parquet(")
                  .plus(new SqlBuilder().literal(file.toString()).build())
                  .plus(")"));
      return Long.parseLong(count.lines().skip(1).findFirst().orElseThrow());
    }
  }

  @Test
  void select_moreThanTheLimit_removesWhatWasNotUsedForLongest() throws IOException {
    add("a", 0, 30);
    read("one", TimeRange.ALL);
    long sizeOfOne = sum();
    clock.tick(Duration.ofMinutes(1));
    read("two", TimeRange.ALL);
    clock.tick(Duration.ofMinutes(1));
    read("one", TimeRange.ALL);
    clock.tick(Duration.ofMinutes(1));

    read("three", TimeRange.ALL, sizeOfOne * 2 + sizeOfOne / 2);

    computed.clear();
    read("one", TimeRange.ALL);
    read("three", TimeRange.ALL);
    assertThat(computed).isEmpty();
    read("two", TimeRange.ALL);
    assertThat(computed).containsExactly(tiles(0, 30));
  }

  private long sum() throws IOException {
    long sum = 0;
    for (Path file : files()) {
      sum += Files.size(file);
    }
    return sum;
  }

  @Test
  void state_tellsWhatIsKept_andComputesNothing() throws IOException {
    add("a", 0, 30);
    try (QuerySession session = session(1L << 30)) {
      Rollups rollups = Rollups.of(session).orElseThrow();
      assertThat(rollups.state(source("recipe"))).isEqualTo(new RollupState(30, 0, 0, 0));
      csv(session, rollups.select(source("recipe"), tiles(0, 20)));
      computed.clear();

      RollupState state = rollups.state(source("recipe"));

      assertThat(computed).isEmpty();
      assertThat(state).isEqualTo(new RollupState(30, 20, 200, state.sizeBytes()));
      assertThat(state.sizeBytes()).isPositive().isLessThan(sum());
      assertThat(rollups.clear()).is(sumBefore(state.sizeBytes()));
      assertThat(files()).isEmpty();
      assertThat(rollups.clear()).isZero();
    }
  }

  /** The inventory counts too; it is small. */
  private static Condition<Long> sumBefore(long segments) {
    return new Condition<>(
        bytes -> bytes > segments && bytes < segments + 2000, "about %d bytes", segments);
  }

  @Test
  void select_noPlaceToKeep_answersTheSame() throws IOException {
    add("a", 0, 3);
    Files.createDirectories(directory.resolve("pond"));
    Files.writeString(directory.resolve("pond/rollups"), "not a directory");

    assertThat(read("recipe", TimeRange.ALL)).isEqualTo(expected(TimeRange.ALL));
  }

  @Test
  void select_rowsThatCannotBeComputed_failsAsWithoutRollups() throws IOException {
    add("a", 0, 3);
    RollupSource broken =
        new RollupSource(
            "test",
            "broken",
            "t",
            new Tiling(TILE, micros -> micros),
            extents,
            Reach.INSTANT,
            _ -> Sql.of("SELECT make_timestamp(0) AS t, error('no such luck') AS n"));
    try (QuerySession session = session(1L << 30)) {
      Sql plain = Rollups.of(session).orElseThrow().select(broken, TimeRange.ALL);
      assertThatThrownBy(() -> csv(session, plain))
          .hasStackTraceContaining("no such luck")
          .hasRootCauseInstanceOf(SQLException.class)
          .isNotInstanceOf(DuckException.class);
    }
    assertThat(segments()).isZero();
  }

  @Test
  void select_twoSessionsAtOnce_bothAnswer() throws IOException {
    add("a", 0, 30);
    try (QuerySession one = session(1L << 30);
        QuerySession two = session(1L << 30)) {
      Sql first = Rollups.of(one).orElseThrow().select(source("recipe"), TimeRange.ALL);
      add("b", 0, 40);
      Sql second = Rollups.of(two).orElseThrow().select(source("recipe"), TimeRange.ALL);
      Rollups.of(two).orElseThrow().clear();
      assertThat(csv(two, second)).isEqualTo(expected(TimeRange.ALL));
      extents.removeLast();
      assertThat(csv(one, first)).isEqualTo(expected(TimeRange.ALL));
    }
  }
}
