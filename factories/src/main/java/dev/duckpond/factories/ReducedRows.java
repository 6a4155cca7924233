package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.Extent;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RollupState;
import dev.duckpond.rollups.RollupSource;
import dev.duckpond.rollups.Rollups;
import dev.duckpond.rollups.Tiling;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The buckets of one source at one resolution, through partials that are kept where that can be and
 * is worth it.
 *
 * <p>Partials are those of the finest resolution of which this one is made, so that all resolutions
 * read the source once. An aggregate that needs all rows of its bucket, such as a median, makes the
 * resolution its own finest.
 */
final class ReducedRows {
  /** Buckets in a tile: few are computed again for a new row, and many are one file. */
  private static final long BUCKETS_PER_TILE = 24;

  private static final long MIN_TILE_MICROS = Duration.ofDays(1).toNanos() / 1_000;

  private final Relation source;
  private final Reduction reduction;
  private final Resolution resolution;
  private final ReduceSql sql;
  private final Optional<Rollups> rollups;
  private final Resolution finest;
  private final RollupSource kept;

  ReducedRows(
      QuerySession session,
      Relation source,
      Reduction reduction,
      Resolution resolution,
      List<Resolution> all,
      String label) {
    this.source = source;
    this.reduction = reduction;
    this.resolution = resolution;
    this.sql = new ReduceSql(reduction);
    this.finest = finest(all);
    this.kept =
        new RollupSource(
            label,
            "reduce "
                + finest.recipe()
                + " "
                + reduction.recipe()
                + " of "
                + source.derivation().text(),
            ReduceSql.BUCKET,
            new Tiling(
                Math.max(
                    MIN_TILE_MICROS, Math.multiplyExact(finest.nominalMicros(), BUCKETS_PER_TILE)),
                micros -> finest.widened(new TimeRange(micros, micros + 1)).fromMicros()),
            source.extents(),
            source.derivation().then("", finest::widened).reach(),
            range -> sql.partials(finest, source, range));
    this.rollups =
        reduction.isKeepable()
            ? Rollups.of(session).filter(known -> known.isWorthwhile(kept))
            : Optional.empty();
  }

  private Resolution finest(List<Resolution> all) {
    if (!reduction.partials().stream().allMatch(Partial::isMergeable)) {
      return resolution;
    }
    boolean isDated = source.extents().stream().allMatch(ReducedRows::isDated);
    long since =
        source.extents().stream()
            .flatMap(extent -> extent.runs().stream())
            .mapToLong(EventBounds::minMicros)
            .min()
            .orElse(0);
    long first = isDated ? since : Long.MIN_VALUE;
    return all.stream()
        .filter(other -> resolution.isMadeOf(other, first))
        .min(Comparator.comparingLong(Resolution::nominalMicros))
        .orElse(resolution);
  }

  private static boolean isDated(Extent extent) {
    return !extent.runs().isEmpty() || extent.rows().isPresent();
  }

  /** Answers what is kept between reads; empty when everything is computed with each. */
  Optional<RollupState> state() {
    return rollups.map(known -> known.state(kept));
  }

  /** Answers the SELECT of the buckets that begin in a range. */
  Sql select(TimeRange range) {
    return rollups
        .map(known -> sql.ofPartials(resolution, finest, part -> known.select(kept, part), range))
        .orElseGet(() -> sql.direct(resolution, source, range));
  }
}
