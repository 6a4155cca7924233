package dev.duckpond.factories;

import dev.duckpond.config.ConfigPlace;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.query.Computation;
import dev.duckpond.query.Derivation;
import dev.duckpond.query.Extent;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Reach;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings the rows of several relations together by their instants: one row for each instant that
 * any of them has.
 *
 * <p>Each relation is brought to one row for each instant, and these are joined in full, two and
 * two like a tree: every row passes through as many joins as there are levels, and what does not
 * fit in memory is spilled. (One aggregate over a union of all would hold every column of every
 * relation for each instant, and fails long before.) A condition on the time goes through the joins
 * into every file, and columns that nobody asks for are never read. Where a relation has several
 * rows at one instant, the largest value of a column counts; where several branches fill a column,
 * the later one does.
 */
final class InstantJoin {
  /** What takes the place of the instants when there is nothing to join. */
  private static final Sql NO_TIMES = Sql.of("CAST(NULL AS TIMESTAMP)");

  /**
   * Whose the columns of a branch are; branches of one owner may fill the same column.
   *
   * @param key tells owners apart
   * @param said what messages call it
   * @param place where the configuration names it
   */
  record Owner(List<String> key, String said, ConfigPlace place) {
    Owner {
      key = List.copyOf(key);
    }
  }

  /**
   * One relation.
   *
   * @param range the instants of it that count
   * @param columns its columns by the names they get, the time left out
   */
  record Branch(Owner owner, Relation relation, TimeRange range, Map<String, Source> columns) {
    Branch {
      columns = new LinkedHashMap<>(columns);
    }
  }

  /** Where an output column comes from. */
  sealed interface Source {
    /** A column of the relation. */
    record Column(String name) implements Source {}

    /** The relation has no such column. */
    record Missing() implements Source {}
  }

  private final String timeColumn;
  private final List<Branch> branches;

  /**
   * Joins branches.
   *
   * @param timeColumn what the time is called in the result
   * @param branches relations with a time column, in the order of their weight
   */
  InstantJoin(String timeColumn, List<Branch> branches) {
    this.timeColumn = timeColumn;
    this.branches = List.copyOf(branches);
  }

  /**
   * Answers the join as the relation of a node.
   *
   * @param remedy what to do when two owners have a column of one name
   */
  Relation relation(NodeSite site, QuerySession session, String remedy) {
    requireOneOwnerEach(site, remedy);
    return session
        .computed(
            new Computation(
                site.path().toString(),
                this::select,
                Optional.of(timeColumn),
                derivation(),
                extents()))
        .noting(units());
  }

  /** Series that are not one another's must never be mixed in a column, however they are named. */
  private void requireOneOwnerEach(NodeSite site, String remedy) {
    record Taken(Owner owner, String name) {}
    Map<String, Taken> taken = new HashMap<>();
    for (Branch branch : branches) {
      for (String name : branch.columns().keySet()) {
        Owner owner = branch.owner();
        Taken first =
            taken.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new Taken(owner, name));
        if (!first.owner().key().equals(owner.key())) {
          throw site.invalid(
              owner.place(),
              first.name().equals(name)
                  ? first.owner().said() + " and " + owner.said() + " both make '" + name + "'"
                  : first.owner().said()
                      + " makes '"
                      + first.name()
                      + "' and "
                      + owner.said()
                      + " '"
                      + name
                      + "': names of columns that differ in letter case alone are one",
              remedy);
        }
      }
    }
  }

  /** Answers the units that are noted of the columns of the branches, by the names they get. */
  private ColumnUnits units() {
    ColumnUnits all = ColumnUnits.NONE;
    for (Branch branch : branches) {
      ColumnUnits noted = ColumnUnits.notedOn(branch.relation().columns());
      Map<String, String> units = new HashMap<>();
      branch
          .columns()
          .forEach((output, source) -> {
            if (source instanceof Source.Column(String name)) {
              noted.find(name).ifPresent(unit -> units.put(output, unit));
            }
          });
      all = all.unitedWith(ColumnUnits.of(units));
    }
    return all;
  }

  /** Answers the SELECT of a range of time. */
  private Sql select(TimeRange range) {
    Map<String, List<Sql>> outputs = new LinkedHashMap<>();
    // SQL does not tell letter case apart in names; the first spelling stays.
    Map<String, String> spellings = new HashMap<>();
    List<Sql> parts = new ArrayList<>();
    int number = 0;
    for (Branch branch : branches) {
      List<Sql> columns = new ArrayList<>();
      Sql time = Sql.identifier(branch.relation().time().orElseThrow().name());
      columns.add(time.plus(" AS instant"));
      for (Map.Entry<String, Source> column : branch.columns().entrySet()) {
        String output =
            spellings.computeIfAbsent(
                column.getKey().toLowerCase(Locale.ROOT), _ -> column.getKey());
        List<Sql> sources = outputs.computeIfAbsent(output, _ -> new ArrayList<>());
        if (column.getValue() instanceof Source.Column(String name)) {
          Sql inner = Sql.identifier("c" + number++);
          columns.add(Sql.of("max(").plus(Sql.identifier(name)).plus(") AS ").plus(inner));
          sources.add(inner);
        }
      }
      parts.add(
          new SqlBuilder()
              .text("(SELECT ")
              .append(Sql.list(columns, ", "))
              .text(" FROM (")
              .append(branch.relation().select(range.intersect(branch.range())))
              .text(") WHERE ")
              .append(time)
              .text(" IS NOT NULL GROUP BY ")
              .append(time)
              .text(")")
              .build());
    }
    return parts.isEmpty() ? nothing() : joined(outputs, tree(parts));
  }

  private static Sql tree(List<Sql> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int half = parts.size() / 2;
    return new SqlBuilder()
        .text("(SELECT * FROM ")
        .append(tree(parts.subList(0, half)))
        .text(" FULL JOIN ")
        .append(tree(parts.subList(half, parts.size())))
        .text(" USING (instant))")
        .build();
  }

  private Sql joined(Map<String, List<Sql>> outputs, Sql source) {
    List<Sql> columns = new ArrayList<>();
    columns.add(Sql.of("instant AS ").plus(Sql.identifier(timeColumn)));
    outputs.forEach(
        (name, sources) -> columns.add(value(sources).plus(" AS ").plus(Sql.identifier(name))));
    return new SqlBuilder()
        .text("SELECT ")
        .append(Sql.list(columns, ", "))
        .text(" FROM ")
        .append(source)
        .build();
  }

  private Sql nothing() {
    return new SqlBuilder()
        .text("SELECT ")
        .append(NO_TIMES)
        .text(" AS ")
        .identifier(timeColumn)
        .text(" WHERE false")
        .build();
  }

  private static Sql value(List<Sql> sources) {
    return switch (sources.size()) {
      case 0 -> Sql.of("CAST(NULL AS DOUBLE)");
      case 1 -> sources.getFirst();
      default -> Sql.of("coalesce(").plus(Sql.list(sources.reversed(), ", ")).plus(")");
    };
  }

  /** Lists the extents whose times count; empty as soon as one branch cannot tell. */
  private List<Extent> extents() {
    List<Extent> all = new ArrayList<>();
    for (Branch branch : branches) {
      List<Extent> extents = branch.relation().extents();
      if (extents.isEmpty()) {
        return List.of();
      }
      // Rows within the range may depend on content outside of it.
      TimeRange reached = branch.relation().derivation().reach().of(branch.range());
      extents.stream()
          .filter(extent -> extent.bounds().map(b -> b.meets(reached)).orElse(true))
          .forEach(all::add);
    }
    return all;
  }

  /** Answers how the rows come of the extents. */
  private Derivation derivation() {
    String text =
        branches.stream()
            .map(branch ->
                branch.relation().derivation().text()
                    + " in "
                    + branch.range()
                    + " as "
                    + branch.columns())
            .collect(Collectors.joining("; ", "by instant " + timeColumn + "(", ")"));
    return new Derivation(
        text,
        Reach.ofAll(
            branches.stream().map(branch -> branch.relation().derivation().reach()).toList()));
  }
}
