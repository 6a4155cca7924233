package dev.duckpond.rollups;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.Extent;
import dev.duckpond.query.Reach;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Rows that are costly to compute, one or more for each bucket of time.
 *
 * @param label what errors call them
 * @param recipe everything but content that decides about the rows, their columns and types
 * @param timeColumn the TIMESTAMP column that holds the begin of the bucket
 * @param tiling cuts time where buckets begin
 * @param extents the content that they are computed of, at least one
 * @param reach which stored instants the rows of a range depend on
 * @param compute the SELECT of the rows whose buckets begin in a range, with the same columns for
 *     every range, of types that Parquet gives back as they were
 */
public record RollupSource(
    String label,
    String recipe,
    String timeColumn,
    Tiling tiling,
    List<Extent> extents,
    Reach reach,
    Function<TimeRange, Sql> compute) {
  public RollupSource {
    extents = List.copyOf(extents);
  }

  /** Answers how many rows the content has, when that is known of all of it. */
  OptionalLong sourceRows() {
    long rows = 0;
    for (Extent extent : extents) {
      if (extent.rows().isEmpty()) {
        return OptionalLong.empty();
      }
      rows += extent.rows().getAsLong();
    }
    return OptionalLong.of(rows);
  }
}
