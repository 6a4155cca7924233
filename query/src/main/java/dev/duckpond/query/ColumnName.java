package dev.duckpond.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a column says, read from the right as {@code instrument….name.unit[.agg]}, or as
 * {@code instrument….name (unit)[.agg]}.
 *
 * <p>Parts that a shorter name does not have are empty; {@code name} never is, except for an empty
 * column name. An instrument may hold dots itself. Every text can be read.
 *
 * @param agg one of {@link #AGGREGATES}, or empty
 */
public record ColumnName(String instrument, String name, String unit, String agg) {
  /** The aggregate whose values have no unit, whatever was counted. */
  static final String COUNT = "count";

  /** The last parts that name an aggregate; any other last part is a unit. */
  public static final Set<String> AGGREGATES =
      Set.of(
          "avg",
          "min",
          "max",
          "sum",
          COUNT,
          "first",
          "last",
          "stddev",
          "median",
          "p05",
          "p95",
          "time_weighted_avg");

  private static final Pattern IN_PARENTHESES = Pattern.compile("(.+) \\(([^()]+)\\)");

  /** Reads a column name. */
  public static ColumnName parse(String column) {
    List<String> parts = new ArrayList<>(List.of(column.split("\\.", -1)));
    String agg = "";
    if (parts.size() > 1 && AGGREGATES.contains(parts.getLast())) {
      agg = parts.removeLast();
    }
    Matcher inParentheses = IN_PARENTHESES.matcher(parts.getLast());
    if (inParentheses.matches()) {
      parts.removeLast();
      return new ColumnName(
          String.join(".", parts), inParentheses.group(1), inParentheses.group(2), agg);
    }
    String unit = parts.size() > 1 ? parts.removeLast() : "";
    String name = parts.removeLast();
    return new ColumnName(String.join(".", parts), name, unit, agg);
  }

  /**
   * Reads a column name of which the unit is known, empty when there is none. So units with dots
   * can be told, and names that do not hold it.
   */
  static ColumnName parse(String column, String unit) {
    int dot = column.lastIndexOf('.');
    String last = column.substring(dot + 1);
    boolean isAggregate = dot > 0 && AGGREGATES.contains(last);
    String rest = isAggregate ? column.substring(0, dot) : column;
    String agg = isAggregate ? last : "";
    String named = rest;
    for (String ending : List.of("." + unit, " (" + unit + ")")) {
      boolean holds = !unit.isEmpty() && rest.endsWith(ending) && rest.length() > ending.length();
      if (holds) {
        named = rest.substring(0, rest.length() - ending.length());
      }
    }
    int end = named.lastIndexOf('.');
    String instrument = end < 0 ? "" : named.substring(0, end);
    return new ColumnName(instrument, named.substring(end + 1), unit, agg);
  }
}
