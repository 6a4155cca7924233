package dev.duckpond.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.Extent;
import dev.duckpond.query.Reach;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.TxnSeq;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TilesTest {
  private static final long MICROS = 1_000_000;
  private static final long DAY = 86_400 * MICROS;

  /** Tiles of ten, for short tests. */
  private static final Tiling TENS = new Tiling(10, micros -> micros);

  private static Extent extent(String content, EventBounds... runs) {
    return new Extent(
        PondPath.of("/in/a.series"),
        ContentHash.of(content.getBytes(StandardCharsets.UTF_8)),
        List.of(runs),
        OptionalLong.of(10),
        new TxnSeq(1));
  }

  private static Extent unknown(String content) {
    Extent known = extent(content);
    return new Extent(
        known.origin(), known.hash(), List.of(), OptionalLong.empty(), known.txnSeq());
  }

  private static EventBounds bounds(long first, long last) {
    return new EventBounds(first, last);
  }

  private static Tiles tiles(Tiling tiling, Reach reach, Extent... extents) {
    return Tiles.of(
        new RollupSource(
            "test", "recipe", "t", tiling, List.of(extents), reach, _ -> Sql.of("SELECT 1")));
  }

  @Test
  void of_piecesApart_hasRunsOnlyWhereTheyLie() {
    Tiles tiles =
        tiles(
            TENS,
            Reach.INSTANT,
            extent("a", bounds(3, 14)),
            extent("b", bounds(17, 33), bounds(95, 95)));

    TileKey a = TileKey.of(extent("a"));
    TileKey b = TileKey.of(extent("b"));
    assertThat(tiles.count()).isEqualTo(10);
    assertThat(tiles.runs(TimeRange.ALL))
        .containsExactly(
            new Tiles.Run(0, 1, a),
            new Tiles.Run(1, 2, a.plus(b)),
            new Tiles.Run(2, 4, b),
            new Tiles.Run(9, 10, b));
    assertThat(tiles.runs(new TimeRange(20, 30))).containsExactly(new Tiles.Run(2, 3, b));
    assertThat(tiles.runs(new TimeRange(40, 90))).isEmpty();
    assertThat(tiles.runs(new TimeRange(20, 20))).isEmpty();
  }

  @Test
  void of_lastInstantOfATile_countsForThatTileAlone() {
    assertThat(tiles(TENS, Reach.INSTANT, extent("a", bounds(9, 9))).count()).isEqualTo(1);
    assertThat(tiles(TENS, Reach.INSTANT, extent("a", bounds(9, 10))).count()).isEqualTo(2);
    assertThat(tiles(TENS, Reach.INSTANT, extent("a", bounds(-1, -1))).begin(0)).isEqualTo(-10);
  }

  @Test
  void of_rowsThatDependOnLaterOnes_countsPiecesForEarlierTiles() {
    // The rows of an instant depend on the fifteen before it and the five after.
    Reach reach = range -> new TimeRange(range.fromMicros() - 15, range.toMicros() + 5);
    Tiles tiles = tiles(TENS, reach, extent("a", bounds(50, 50)));

    assertThat(tiles.runs(TimeRange.ALL))
        .containsExactly(new Tiles.Run(0, 3, TileKey.of(extent("a"))));
    assertThat(tiles.begin(0)).isEqualTo(40);
    assertThat(tiles.begin(3)).isEqualTo(70);
  }

  @Test
  void of_everythingDependsOnEverything_isOneTile() {
    Tiles tiles = tiles(TENS, Reach.ANY, extent("a", bounds(0, 5)), extent("b", bounds(90, 95)));

    assertThat(tiles.range(0, tiles.count())).isEqualTo(TimeRange.ALL);
    assertThat(tiles.runs(new TimeRange(7, 8)))
        .containsExactly(
            new Tiles.Run(0, 1, TileKey.of(extent("a")).plus(TileKey.of(extent("b")))));
  }

  @Test
  void of_pieceNobodyLookedInto_isOneTile() {
    assertThat(tiles(TENS, Reach.INSTANT, extent("a", bounds(0, 95)), unknown("b")).count())
        .isEqualTo(1);
  }

  @Test
  void of_piecesWithoutTimes_hasNoTiles() {
    assertThat(tiles(TENS, Reach.INSTANT, extent("a")).runs(TimeRange.ALL)).isEmpty();
  }

  @Test
  void of_readingsFarOut_makesLongerTilesAndNotMore() {
    Tiles tiles =
        tiles(
            TENS,
            Reach.INSTANT,
            extent("a", bounds(0, 0)),
            extent("b", bounds(10_000_000, 10_000_000)));

    assertThat(tiles.count()).isBetween(Tiles.MAX_TILES / 2, Tiles.MAX_TILES);
    assertThat(tiles.runs(TimeRange.ALL)).hasSize(2);
  }

  @Test
  void of_timesAtTheEnds_isOneTile() {
    assertThat(
            tiles(TENS, Reach.INSTANT, extent("a", bounds(Long.MIN_VALUE + 1, Long.MAX_VALUE - 1)))
                .count())
        .isEqualTo(1);
  }

  @Test
  void key_pieceReplaced_changesAndOrderOfPiecesDoesNot() {
    Extent a = extent("a", bounds(0, 5));
    Extent b = extent("b", bounds(0, 5));
    Extent c = extent("c", bounds(0, 5));

    assertThat(tiles(TENS, Reach.INSTANT, a, b).runs(TimeRange.ALL))
        .isEqualTo(tiles(TENS, Reach.INSTANT, b, a).runs(TimeRange.ALL))
        .isNotEqualTo(tiles(TENS, Reach.INSTANT, a, c).runs(TimeRange.ALL))
        .isNotEqualTo(tiles(TENS, Reach.INSTANT, a, b, b).runs(TimeRange.ALL));
    TileKey key = TileKey.of(a);
    assertThat(TileKey.parse(key.hex())).isEqualTo(key);
    assertThat(key.plus(TileKey.of(b)).minus(key)).isEqualTo(TileKey.of(b));
  }

  /** Against the plain way: each tile asks each piece. */
  @Test
  void of_randomPieces_hasTheKeysOfAllThatMeets() {
    long seed = Long.getLong("duckpond.seed", 20_261_121L);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      long back = random.nextInt(3) * 10L;
      long ahead = random.nextInt(3) * 7L;
      Reach reach = range -> new TimeRange(range.fromMicros() - back, range.toMicros() + ahead);
      List<Extent> extents = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        long from = random.nextLong(-100, 300);
        extents.add(extent("piece " + i, bounds(from, from + random.nextLong(80))));
      }
      Tiles tiles = tiles(TENS, reach, extents.toArray(Extent[]::new));
      List<Tiles.Run> expected = new ArrayList<>();
      for (int tile = 0; tile < tiles.count(); tile++) {
        TimeRange reached = reach.of(tiles.range(tile, tile + 1));
        List<TileKey> keys =
            extents.stream()
                .filter(extent -> extent.runs().getFirst().meets(reached))
                .map(TileKey::of)
                .toList();
        if (!keys.isEmpty()) {
          expected.add(
              new Tiles.Run(tile, tile + 1, keys.stream().reduce(TileKey.NOTHING, TileKey::plus)));
        }
      }
      assertThat(tiles.runs(TimeRange.ALL).stream().flatMap(TilesTest::single).toList())
          .as("round %d, -Dduckpond.seed=%d", round, seed)
          .isEqualTo(expected);
      for (Extent extent : extents) {
        EventBounds run = extent.runs().getFirst();
        assertThat(tiles.begin(0)).isLessThanOrEqualTo(run.minMicros());
        assertThat(tiles.begin(tiles.count())).isGreaterThan(run.maxMicros());
      }
    }
  }

  private static Stream<Tiles.Run> single(Tiles.Run run) {
    return IntStream.range(run.from(), run.to())
        .mapToObj(tile -> new Tiles.Run(tile, tile + 1, run.key()));
  }

  @Test
  void tiling_weeksOfAZone_numbersEveryInstantIntoTheTileThatHoldsIt() {
    ZoneId zone = ZoneId.of("America/New_York");
    Tiling tiling =
        new Tiling(
            7 * DAY,
            micros -> {
              LocalDateTime local =
                  LocalDateTime.ofInstant(
                      Instant.ofEpochSecond(Math.floorDiv(micros, MICROS)), zone);
              LocalDateTime monday =
                  local.truncatedTo(ChronoUnit.DAYS).minusDays(local.getDayOfWeek().getValue() - 1);
              return monday.atZone(zone).toInstant().getEpochSecond() * MICROS;
            });
    long start = LocalDateTime.of(2024, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * MICROS;
    for (long hour = 0; hour < 366 * 24; hour++) {
      long micros = start + hour * 3600 * MICROS;
      long number = tiling.number(micros);
      assertThat(tiling.begin(number)).isLessThanOrEqualTo(micros);
      assertThat(tiling.begin(number + 1)).isGreaterThan(micros);
    }
  }
}
