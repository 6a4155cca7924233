package dev.duckpond.factories;

import java.util.List;

/** The kinds of this room, but for the directory that holds kinds: see {@link Factories}. */
final class BuiltInKinds implements KindSource {
  @Override
  public List<String> names() {
    return List.of(
        "sql-derived-table",
        "sql-derived-series",
        "column-rename",
        "timeseries-join",
        "timeseries-pivot",
        "temporal-reduce",
        "synthetic-timeseries");
  }

  @Override
  public Kind<?> make(String name) {
    return switch (name) {
      case "sql-derived-table" -> new SqlDerived(name, SqlDerived.Matches.ONE);
      case "sql-derived-series" -> new SqlDerived(name, SqlDerived.Matches.MANY);
      case "column-rename" -> new ColumnRename();
      case "timeseries-join" -> new TimeseriesJoin();
      case "timeseries-pivot" -> new TimeseriesPivot();
      case "temporal-reduce" -> new TemporalReduce();
      case "synthetic-timeseries" -> new SyntheticTimeseries();
      default -> throw new IllegalArgumentException("no kind " + name);
    };
  }
}
