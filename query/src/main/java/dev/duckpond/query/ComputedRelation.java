package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A computation as a relation. */
final class ComputedRelation implements Relation {
  private static final TimeRange NEVER = new TimeRange(0, 0);

  private final QueryScope scope;
  private final Computation computation;
  private @Nullable List<RelationColumn> columns;

  ComputedRelation(QueryScope scope, Computation computation) {
    this.scope = scope;
    this.computation = computation;
  }

  @Override
  public List<RelationColumn> columns() {
    List<RelationColumn> known = columns;
    if (known == null) {
      // Every range has the same columns, and one without instants needs nothing computed.
      TimeRange range = computation.timeColumn().isPresent() ? NEVER : TimeRange.ALL;
      known = scope.columns(computation.select().apply(range), computation.label());
      columns = known;
    }
    return known;
  }

  @Override
  public Optional<TimeColumn> time() {
    return computation
        .timeColumn()
        .map(name -> new TimeColumn(name, Set.of(TimeEncoding.TIMESTAMP)));
  }

  @Override
  public Sql select(TimeRange range) {
    if (computation.timeColumn().isEmpty() && !range.equals(TimeRange.ALL)) {
      throw QueryScope.withoutTime(computation.label());
    }
    return computation.select().apply(range);
  }

  @Override
  public List<Extent> extents() {
    return computation.extents();
  }

  @Override
  public Derivation derivation() {
    return computation.derivation();
  }
}
