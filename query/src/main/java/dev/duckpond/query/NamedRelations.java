package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.duckdb.TableNames;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The relations of one session that queries read by a name. They become views of the engine when a
 * query is about to run, since only then is known which times it needs of each. One thread only.
 */
final class NamedRelations {
  /** A relation that got a name, and the range of it that the name stands for. */
  private record Named(Relation relation, TimeRange range) {}

  private final DuckSession duck;
  private final Map<String, Named> all = new LinkedHashMap<>();

  NamedRelations(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Gives a relation a name, which another may have had.
   *
   * @throws PondException.Usage when it is the name of one of the pond's own tables
   */
  void put(String name, Relation relation, TimeRange range) {
    PondTables.find(name)
        .ifPresent(table -> {
          throw new PondException.Usage(
              "nothing else can be named '" + name + "'",
              "it is a table about the pond itself",
              "Give it another name.");
        });
    all.keySet().removeIf(name::equalsIgnoreCase);
    all.put(name, new Named(relation, range));
  }

  /**
   * Makes the sources of a query readable by their names, and what it reads of that which got a
   * name before, each for the range of time that the query can use of it.
   */
  void makeReadable(String userSql, TableNames names, Map<String, Relation> sources) {
    Map<String, Named> read = new LinkedHashMap<>();
    boolean isTold = isTold(names, sources.keySet());
    all.forEach((name, each) -> {
      if (!isTold || isNamed(name, names.tables()) || isNamed(name, names.ponds())) {
        read.put(name, each);
      }
    });
    sources.forEach((name, relation) -> read.put(name, new Named(relation, TimeRange.ALL)));
    Map<String, Relation> relations = new LinkedHashMap<>();
    read.forEach((name, each) -> relations.put(name, each.relation()));
    Map<String, TimeRange> needed = NeededRanges.find(duck, userSql, relations);
    read.forEach((name, each) -> {
      TimeRange range = needed.getOrDefault(name, TimeRange.ALL);
      view(name, each.relation(), range.intersect(each.range()));
    });
  }

  /**
   * Tells whether the names of a query are all that it reads. What comes from elsewhere than
   * tables, such as DESCRIBE of a name, may read any; and for a name that is not there, the engine
   * tells which it may have meant.
   */
  private boolean isTold(TableNames names, Set<String> sources) {
    return names.others().isEmpty()
        && names.tables().stream()
            .allMatch(table ->
                sources.contains(table)
                    || isNamed(table, all.keySet())
                    || PondTables.find(table).isPresent());
  }

  private static boolean isNamed(String name, Collection<String> names) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private void view(String name, Relation relation, TimeRange range) {
    QueryErrors.translating(
        "reading '" + name + "'",
        () -> {
          duck.execute(
              new SqlBuilder()
                  .text("CREATE OR REPLACE VIEW ")
                  .identifier(name)
                  .text(" AS ")
                  .append(relation.select(range))
                  .build());
        });
  }
}
