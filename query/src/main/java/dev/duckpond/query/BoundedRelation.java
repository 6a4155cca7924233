package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Optional;

/** The rows of a relation within the bounds that a user has set for its node. */
record BoundedRelation(Relation whole, TemporalBounds visible) implements Relation {
  @Override
  public List<RelationColumn> columns() {
    return whole.columns();
  }

  @Override
  public Optional<TimeColumn> time() {
    return whole.time();
  }

  @Override
  public Sql select(TimeRange range) {
    return whole.select(range.intersect(visible.range()));
  }

  @Override
  public List<Extent> extents() {
    return whole.extents().stream().map(extent -> StoredRelation.seen(extent, visible)).toList();
  }

  @Override
  public Derivation derivation() {
    return whole.derivation().then("within " + visible.range(), Reach.INSTANT);
  }
}
