package dev.duckpond.query;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.NodeVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The units of columns as somebody noted them, whatever their names say. Names are compared without
 * regard to letter case. Immutable.
 */
public final class ColumnUnits {
  /**
   * The attribute of a version that holds them: a JSON object from column to unit, see {@code
   * docs/format/collected.md}. An empty unit says that the column has none.
   */
  public static final String ATTRIBUTE = "units";

  /** Nothing is noted. */
  public static final ColumnUnits NONE = new ColumnUnits(Map.of());

  /** Units by the names of columns, sorted, letter case aside. */
  private final TreeMap<String, String> byColumn;

  private ColumnUnits(Map<String, String> byColumn) {
    this.byColumn = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.byColumn.putAll(byColumn);
  }

  /** Notes the units of some columns; an empty one says that there is none. */
  public static ColumnUnits of(Map<String, String> units) {
    return units.isEmpty() ? NONE : new ColumnUnits(units);
  }

  /** Answers what is noted of the columns of a relation. */
  public static ColumnUnits notedOn(List<RelationColumn> columns) {
    Map<String, String> units = new TreeMap<>();
    columns.forEach(column -> column.notedUnit().ifPresent(unit -> units.put(column.name(), unit)));
    return of(units);
  }

  /**
   * Answers what is noted with versions of a node, in order: the last that says something says it
   * of all before it. What cannot be read says nothing, since rows do not depend on it.
   */
  public static ColumnUnits notedWith(List<NodeVersion> versions) {
    String last = "";
    for (NodeVersion version : versions) {
      last = version.facts().attributes().getOrDefault(ATTRIBUTE, last);
    }
    try {
      return last.isEmpty() ? NONE : of(Json.parse(last).asObject().texts());
    } catch (JsonException e) {
      return NONE;
    }
  }

  /** Tells whether nothing is noted. */
  public boolean isEmpty() {
    return byColumn.isEmpty();
  }

  /** Finds what is noted of a column. */
  public Optional<String> find(String column) {
    return Optional.ofNullable(byColumn.get(column));
  }

  /** Answers these and some others, which count where both say something. */
  public ColumnUnits replacedBy(ColumnUnits others) {
    TreeMap<String, String> all = new TreeMap<>(byColumn);
    all.putAll(others.byColumn);
    return of(all);
  }

  /**
   * Answers these and those of other rows under the same columns. Where they differ, the column
   * holds values of several units, so that it has none.
   */
  public ColumnUnits unitedWith(ColumnUnits others) {
    TreeMap<String, String> all = new TreeMap<>(byColumn);
    others.byColumn.forEach(
        (column, unit) -> all.merge(column, unit, (one, two) -> one.equals(two) ? one : ""));
    return of(all);
  }

  /** Answers columns with what is noted of them in place of what they said before. */
  List<RelationColumn> noteOn(List<RelationColumn> columns) {
    return isEmpty()
        ? columns
        : columns.stream()
            .map(column -> find(column.name()).map(column::withUnit).orElse(column))
            .toList();
  }

  /** Answers the text of {@link #ATTRIBUTE}. */
  public String toText() {
    return JsonObject.ofTexts(byColumn).toText();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnUnits units && byColumn.equals(units.byColumn);
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (Map.Entry<String, String> unit : byColumn.entrySet()) {
      hash += unit.getKey().toLowerCase(Locale.ROOT).hashCode() ^ unit.getValue().hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return byColumn.toString();
  }
}
