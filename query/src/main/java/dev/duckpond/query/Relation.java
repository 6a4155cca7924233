package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Optional;

/**
 * Rows with named, typed columns, as SQL over files in place.
 *
 * <p>Bound to the {@link QuerySession} that made it: used by its thread, while it is open, and not
 * while a cursor of it is.
 */
public interface Relation {
  /** Lists the columns in order, after normalisation of the time column. */
  List<RelationColumn> columns();

  /** Answers the time column; a relation need not have one. */
  Optional<TimeColumn> time();

  /**
   * Answers a complete SELECT of the rows in a half-open range of time, with the same columns for
   * every range. Files whose bounds lie outside are not opened for their rows. Rows without a time
   * belong to {@link TimeRange#ALL} alone. Rows come in the order of what the relation is made of,
   * the same at every call; only where the ways to hold time take turns very often are files of one
   * way together. Sort where order matters.
   *
   * @throws PondException.Invalid when the range is bounded and the relation has no time column
   */
  Sql select(TimeRange range);

  /**
   * Answers what {@link #select} answers, with one more column at the end: the number of the
   * stretch of a grid that holds the time, NULL where there is none. It is told of the time as it
   * is stored where that is quicker than of the TIMESTAMP.
   *
   * @param name of the column, which the relation has not
   */
  default Sql selectNumbered(TimeRange range, TimeGrid grid, String name) {
    Sql timestamp = Sql.identifier(time().orElseThrow().name());
    return new SqlBuilder()
        .text("SELECT *, ")
        .append(grid.number(timestamp, range))
        .text(" AS ")
        .identifier(name)
        .text(" FROM (")
        .append(select(range))
        .text(")")
        .build();
  }

  /**
   * Lists what the relation is made of, in order; equal extents are equal rows. Empty when some of
   * the rows come from elsewhere than the pond's stored content, so that nobody can tell whether
   * they changed.
   */
  List<Extent> extents();

  /** Answers how the rows come of the extents. */
  Derivation derivation();

  /** Answers the same rows, with what is known of the units of their columns. */
  default Relation noting(ColumnUnits units) {
    return units.isEmpty() ? this : new NotedRelation(this, units);
  }
}
