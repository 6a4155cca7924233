package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.RelationShape.StoredTime;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows whose time column is still to be found: files that a URL names, or a user's query. */
final class ScanRelation implements Relation {
  private final Sql source;
  private final Optional<StoredTime> time;
  private final List<RelationColumn> columns;
  private final List<Extent> extents;
  private final Derivation derivation;
  private final String label;

  private ScanRelation(
      Sql source,
      Optional<StoredTime> time,
      List<RelationColumn> columns,
      List<Extent> extents,
      Derivation derivation,
      String label) {
    this.source = source;
    this.time = time;
    this.columns = columns;
    this.extents = List.copyOf(extents);
    this.derivation = derivation;
    this.label = label;
  }

  /**
   * Makes the relation; finds its time column, for which a column of integers is read once.
   *
   * @param source what stands after FROM: the call of a table function, or a SELECT in parentheses
   */
  static ScanRelation of(
      QueryScope scope,
      Sql source,
      TimeHints hints,
      List<Extent> extents,
      Derivation derivation,
      String label) {
    List<RelationColumn> stored =
        scope.columns(NormalisedSelect.of(source, Optional.empty(), TimeRange.ALL), label);
    Optional<StoredTime> time =
        switch (TimeColumnFinder.find(stored, hints, label)) {
          case TimeColumnFinder.Found.One(RelationColumn column) ->
              storedTime(scope, source, column, hints, label);
          case TimeColumnFinder.Found.None none -> timeless(hints, label);
          case TimeColumnFinder.Found.Several several -> timeless(hints, label);
        };
    List<RelationColumn> columns =
        scope.columns(NormalisedSelect.of(source, time, TimeRange.ALL), label);
    return new ScanRelation(source, time, columns, extents, derivation, label);
  }

  private static Optional<StoredTime> storedTime(
      QueryScope scope, Sql source, RelationColumn column, TimeHints hints, String label) {
    Optional<TimeEncoding> typed = TimeColumnFinder.byType(column.type());
    if (typed.isPresent()) {
      if (hints.unit().isPresent()) {
        throw uselessUnit(
            label,
            "the column '" + column.name() + "' is of type " + column.type(),
            "Leave it out.");
      }
      return Optional.of(new StoredTime(column.name(), typed.get()));
    }
    return QueryErrors.translating(
            "reading '" + label + "'",
            () -> TimeScan.ofTable(scope.duck(), source, column, hints, label))
        .map(TimeScan::time);
  }

  private static Optional<StoredTime> timeless(TimeHints hints, String label) {
    if (hints.unit().isPresent()) {
      throw uselessUnit(
          label, "no column can be told to be the time", "Name one with ?time_column=….");
    }
    return Optional.empty();
  }

  private static PondException.Invalid uselessUnit(String label, String why, String remedy) {
    return new PondException.Invalid(
        "'" + label + "' has no times in the unit that 'time_unit' says", why, remedy);
  }

  @Override
  public List<RelationColumn> columns() {
    return columns;
  }

  /** Answers how the source holds the time. */
  Optional<StoredTime> storedTime() {
    return time;
  }

  @Override
  public Optional<TimeColumn> time() {
    return time.map(known -> new TimeColumn(known.column(), Set.of(known.encoding())));
  }

  @Override
  public Sql select(TimeRange range) {
    if (time.isEmpty() && !range.equals(TimeRange.ALL)) {
      throw QueryScope.withoutTime(label);
    }
    return NormalisedSelect.of(source, time, range);
  }

  @Override
  public List<Extent> extents() {
    return extents;
  }

  @Override
  public Derivation derivation() {
    return derivation;
  }
}
