package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Relations of several kinds, united by column name. */
final class UnionRelation implements Relation {
  /** Each relation is a part of the SQL, so there is an end to them; stored ones are one part. */
  private static final int MAX_PARTS = 1_000;

  private final QueryScope scope;
  private final List<Relation> parts;
  private @Nullable List<RelationColumn> columns;

  private UnionRelation(QueryScope scope, List<Relation> parts) {
    this.scope = scope;
    this.parts = parts;
  }

  /**
   * Unites relations in order; neighbours that are stored become one.
   *
   * @throws PondException.Invalid when columns of one name do not fit each other, or there are more
   *     computed relations than one query can hold
   */
  static Relation of(QueryScope scope, List<Relation> relations) {
    List<Relation> parts = new ArrayList<>();
    List<StoredRelation.Part> stored = new ArrayList<>();
    for (Relation relation : relations) {
      if (relation instanceof StoredRelation one) {
        stored.addAll(one.parts());
      } else {
        flush(scope, stored, parts);
        parts.add(relation);
      }
    }
    flush(scope, stored, parts);
    if (parts.size() > MAX_PARTS) {
      throw new PondException.Invalid(
          "one query cannot unite " + parts.size() + " computed relations",
          "at most " + MAX_PARTS + " can be",
          "Use a narrower pattern.");
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    SchemaUnion union = new SchemaUnion();
    int number = 0;
    for (Relation part : parts) {
      number++;
      union.add(new RelationShape(part.columns(), Optional.empty()), "part " + number);
    }
    return new UnionRelation(scope, List.copyOf(parts));
  }

  private static void flush(
      QueryScope scope, List<StoredRelation.Part> stored, List<Relation> parts) {
    if (!stored.isEmpty()) {
      parts.add(StoredRelation.of(scope, stored));
      stored.clear();
    }
  }

  @Override
  public List<RelationColumn> columns() {
    List<RelationColumn> known = columns;
    if (known == null) {
      ColumnUnits units =
          parts.stream()
              .map(part -> ColumnUnits.notedOn(part.columns()))
              .reduce(ColumnUnits.NONE, ColumnUnits::unitedWith);
      known = units.noteOn(scope.columns(select(TimeRange.ALL), "the union"));
      columns = known;
    }
    return known;
  }

  @Override
  public Optional<TimeColumn> time() {
    Optional<String> name = parts.getFirst().time().map(TimeColumn::name);
    TreeSet<TimeEncoding> encodings = new TreeSet<>();
    for (Relation part : parts) {
      Optional<TimeColumn> time = part.time();
      if (name.isEmpty() || time.isEmpty() || !time.get().name().equalsIgnoreCase(name.get())) {
        return Optional.empty();
      }
      encodings.addAll(time.get().encodings());
    }
    return name.map(known -> new TimeColumn(known, encodings));
  }

  @Override
  public Sql select(TimeRange range) {
    List<Sql> selects = parts.stream().map(part -> part.select(range)).toList();
    return Sql.of("(").plus(Sql.list(selects, ") UNION ALL BY NAME (")).plus(")");
  }

  @Override
  public Sql selectNumbered(TimeRange range, TimeGrid grid, String name) {
    List<Sql> selects = parts.stream().map(part -> part.selectNumbered(range, grid, name)).toList();
    return Sql.of("(").plus(Sql.list(selects, ") UNION ALL BY NAME (")).plus(")");
  }

  @Override
  public Derivation derivation() {
    return new Derivation(
        parts.stream()
            .map(part -> part.derivation().text())
            .collect(Collectors.joining(", ", "union(", ")")),
        Reach.ofAll(parts.stream().map(part -> part.derivation().reach()).toList()));
  }

  @Override
  public List<Extent> extents() {
    List<Extent> extents = new ArrayList<>();
    for (Relation part : parts) {
      List<Extent> some = part.extents();
      if (some.isEmpty()) {
        return List.of();
      }
      extents.addAll(some);
    }
    return extents;
  }
}
