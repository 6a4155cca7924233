package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Optional;

/** A relation of whose columns more is known than it tells itself. */
record NotedRelation(Relation rows, ColumnUnits units) implements Relation {
  @Override
  public List<RelationColumn> columns() {
    return units.noteOn(rows.columns());
  }

  @Override
  public Optional<TimeColumn> time() {
    return rows.time();
  }

  @Override
  public Sql select(TimeRange range) {
    return rows.select(range);
  }

  @Override
  public Sql selectNumbered(TimeRange range, TimeGrid grid, String name) {
    return rows.selectNumbered(range, grid, name);
  }

  @Override
  public List<Extent> extents() {
    return rows.extents();
  }

  @Override
  public Derivation derivation() {
    return rows.derivation();
  }
}
