package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.Computation;
import dev.duckpond.query.Derivation;
import dev.duckpond.query.Extent;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Reach;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings the rows of several relations together by their instants: one row for each instant that
 * any of them has.
 *
 * <p>Compiled to one aggregate over a union, not to a chain of joins: the cost is linear in the
 * relations, a condition on the time goes through the aggregate into every file, and columns that
 * nobody asks for are never read. Where a relation has several rows at one instant, the largest
 * value of a column counts; where several branches fill a column, the later one does.
 */
final class InstantJoin {
  /** What takes the place of the union when there is nothing to join. */
  private static final Sql NO_TIMES = Sql.of("CAST(NULL AS TIMESTAMP)");

  /**
   * One relation.
   *
   * @param range the instants of it that count
   * @param columns its columns by the names they get, the time left out
   */
  record Branch(Relation relation, TimeRange range, Map<String, Source> columns) {
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

  /** Answers the join as the relation of a node. */
  Relation relation(NodeSite site, QuerySession session) {
    return session.computed(
        new Computation(
            site.path().toString(),
            this::select,
            Optional.of(timeColumn),
            derivation(),
            extents()));
  }

  /** Answers the SELECT of a range of time. */
  private Sql select(TimeRange range) {
    Map<String, List<Sql>> outputs = new LinkedHashMap<>();
    List<Sql> parts = new ArrayList<>();
    int number = 0;
    for (Branch branch : branches) {
      List<Sql> columns = new ArrayList<>();
      String time = branch.relation().time().orElseThrow().name();
      columns.add(Sql.identifier(time).plus(" AS instant"));
      for (Map.Entry<String, Source> column : branch.columns().entrySet()) {
        List<Sql> sources = outputs.computeIfAbsent(column.getKey(), _ -> new ArrayList<>());
        if (column.getValue() instanceof Source.Column(String name)) {
          Sql inner = Sql.identifier("c" + number++);
          columns.add(Sql.identifier(name).plus(" AS ").plus(inner));
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
              .identifier(time)
              .text(" IS NOT NULL)")
              .build());
    }
    return parts.isEmpty() ? nothing() : joined(outputs, parts);
  }

  private Sql joined(Map<String, List<Sql>> outputs, List<Sql> parts) {
    List<Sql> columns = new ArrayList<>();
    columns.add(Sql.of("instant AS ").plus(Sql.identifier(timeColumn)));
    outputs.forEach(
        (name, sources) -> columns.add(value(sources).plus(" AS ").plus(Sql.identifier(name))));
    return new SqlBuilder()
        .text("SELECT ")
        .append(Sql.list(columns, ", "))
        .text(" FROM (")
        .append(Sql.list(parts, " UNION ALL BY NAME "))
        .text(") GROUP BY instant")
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
    List<Sql> largest =
        sources.reversed().stream().map(each -> Sql.of("max(").plus(each).plus(")")).toList();
    return switch (largest.size()) {
      case 0 -> Sql.of("CAST(NULL AS DOUBLE)");
      case 1 -> largest.getFirst();
      default -> Sql.of("coalesce(").plus(Sql.list(largest, ", ")).plus(")");
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
      extents.stream()
          .filter(extent -> extent.bounds().map(b -> b.meets(branch.range())).orElse(true))
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
