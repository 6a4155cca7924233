package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rows that are computed by SQL over other relations of a session.
 *
 * @param label what errors call it: a path as a rule
 * @param select the SELECT for a range of time, with the same columns for every range
 * @param timeColumn the column of the SELECT, a TIMESTAMP, that ranges are about; without one only
 *     {@link TimeRange#ALL} is asked for
 * @param extents as {@link Relation#extents}
 */
public record Computation(
    String label,
    Function<TimeRange, Sql> select,
    Optional<String> timeColumn,
    Derivation derivation,
    List<Extent> extents) {
  public Computation {
    extents = List.copyOf(extents);
  }
}
