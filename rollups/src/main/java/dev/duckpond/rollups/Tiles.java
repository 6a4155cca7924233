package dev.duckpond.rollups;

import dev.duckpond.query.Extent;
import dev.duckpond.query.Reach;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tiles that a source may have rows in, and of what content each is made.
 *
 * <p>Content whose bounds of time meet a tile counts for it, also when none of its rows lies there:
 * then a tile is computed again without need, and never wrongly kept.
 */
final class Tiles {
  /** More tiles than this are made longer, for sources with readings far out in time. */
  static final int MAX_TILES = 1 << 17;

  /** Neighbouring tiles that are made of the same content; empty ones have none. */
  record Run(int from, int to, TileKey key) {
    int count() {
      return to - from;
    }
  }

  private final long[] begins;
  private final TileKey[] keys;
  private final boolean[] occupied;

  private Tiles(long[] begins, TileKey[] keys, boolean[] occupied) {
    this.begins = begins;
    this.keys = keys;
    this.occupied = occupied;
  }

  static Tiles of(RollupSource source) {
    if (source.reach().of(new TimeRange(0, 1)).equals(TimeRange.ALL)) {
      // A row may depend on anything, and have any time.
      return whole(source.extents());
    }
    List<Extent> dated = new ArrayList<>();
    for (Extent extent : source.extents()) {
      if (extent.bounds().isPresent()) {
        dated.add(extent);
      } else if (extent.rows().isEmpty()) {
        // Nobody looked into it, so it may hold any time.
        return whole(source.extents());
      }
    }
    if (dated.isEmpty()) {
      return new Tiles(new long[1], new TileKey[0], new boolean[0]);
    }
    EventBounds all = dated.stream().map(Tiles::bounds).reduce(EventBounds::union).orElseThrow();
    Tiling tiling = source.tiling();
    while (true) {
      try {
        long first = first(tiling, source.reach(), all);
        long end = end(tiling, source.reach(), all);
        if (end - first <= MAX_TILES) {
          return of(tiling, first, (int) (end - first), dated, source.reach());
        }
        tiling = tiling.coarser();
      } catch (ArithmeticException e) {
        // Times at the very ends of what can be counted.
        return whole(source.extents());
      }
    }
  }

  private static EventBounds bounds(Extent extent) {
    return extent.bounds().orElseThrow();
  }

  private static Tiles whole(List<Extent> extents) {
    TileKey key = extents.stream().map(TileKey::of).reduce(TileKey.NOTHING, TileKey::plus);
    return new Tiles(
        new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, new TileKey[] {key}, new boolean[] {true});
  }

  /** Rows of a bucket are found at its begin, so they may lie in tiles before their content. */
  private static long first(Tiling tiling, Reach reach, EventBounds all) {
    long first = tiling.number(all.minMicros());
    for (int i = 0; i <= MAX_TILES && all.meets(reach(tiling, reach, first - 1)); i++) {
      first--;
    }
    return first;
  }

  private static long end(Tiling tiling, Reach reach, EventBounds all) {
    long end = tiling.number(all.maxMicros()) + 1;
    for (int i = 0; i <= MAX_TILES && all.meets(reach(tiling, reach, end)); i++) {
      end++;
    }
    return end;
  }

  private static TimeRange reach(Tiling tiling, Reach reach, long number) {
    return reach.of(new TimeRange(tiling.begin(number), tiling.begin(number + 1)));
  }

  private static Tiles of(Tiling tiling, long first, int count, List<Extent> dated, Reach reach) {
    long[] begins = new long[count + 1];
    for (int i = 0; i <= count; i++) {
      begins[i] = tiling.begin(first + i);
    }
    long[] reachFrom = new long[count];
    long[] reachTo = new long[count];
    for (int i = 0; i < count; i++) {
      TimeRange reached = reach.of(new TimeRange(begins[i], begins[i + 1]));
      reachFrom[i] = reached.fromMicros();
      reachTo[i] = reached.toMicros();
    }
    // What begins and ends to count at each tile; summed up from the left this gives the keys.
    TileKey[] steps = new TileKey[count + 1];
    Arrays.fill(steps, TileKey.NOTHING);
    int[] counts = new int[count + 1];
    for (Extent extent : dated) {
      TileKey key = TileKey.of(extent);
      for (EventBounds run : extent.runs()) {
        int from = firstAbove(reachTo, run.minMicros());
        int to = Math.max(from, firstAbove(reachFrom, run.maxMicros()));
        steps[from] = steps[from].plus(key);
        steps[to] = steps[to].minus(key);
        counts[from]++;
        counts[to]--;
      }
    }
    TileKey[] keys = new TileKey[count];
    boolean[] occupied = new boolean[count];
    TileKey key = TileKey.NOTHING;
    int pieces = 0;
    for (int i = 0; i < count; i++) {
      key = key.plus(steps[i]);
      pieces += counts[i];
      keys[i] = key;
      occupied[i] = pieces > 0;
    }
    return new Tiles(begins, keys, occupied);
  }

  /** Answers the first index whose value is larger, in values that do not fall. */
  private static int firstAbove(long[] values, long limit) {
    int low = 0;
    int high = values.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[middle] > limit) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  int count() {
    return keys.length;
  }

  /** Answers the begin of a tile, or the end of the last for their number. */
  long begin(int tile) {
    return begins[tile];
  }

  TimeRange range(int from, int to) {
    return new TimeRange(begins[from], begins[to]);
  }

  /** Lists the tiles that may have rows of a range, in order. */
  List<Run> runs(TimeRange range) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      boolean isAsked = begins[i] < range.toMicros() && begins[i + 1] > range.fromMicros();
      if (!isAsked || !occupied[i] || range.isEmpty()) {
        continue;
      }
      Run last = runs.isEmpty() ? null : runs.getLast();
      if (last != null && last.to() == i && last.key().equals(keys[i])) {
        runs.set(runs.size() - 1, new Run(last.from(), i + 1, last.key()));
      } else {
        runs.add(new Run(i, i + 1, keys[i]));
      }
    }
    return runs;
  }
}
