package dev.duckpond.collect;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ShownCell;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What makes new rows differ from those of a series at the same instants.
 *
 * @param fresh the columns of the new rows {@code n}, by their names without regard to letter case
 * @param stored those of the series {@code s}
 */
record RowDifferences(
    Duplicates duplicates, Map<String, String> fresh, Map<String, String> stored) {
  RowDifferences {
    fresh = Collections.unmodifiableMap(new LinkedHashMap<>(fresh));
    stored = Map.copyOf(stored);
  }

  /** Answers what makes a row differ that the series has, each condition after an OR. */
  Sql each() {
    SqlBuilder sql = new SqlBuilder();
    fresh.forEach((key, name) -> {
      String there = stored.get(key);
      sql.text(" OR (n.").identifier(name).text(" IS NOT NULL");
      if (there != null) {
        sql.text(" AND s.").identifier(there);
        if (duplicates == Duplicates.FIRST) {
          sql.text(" IS NULL");
        } else {
          sql.text(" IS DISTINCT FROM n.").identifier(name);
        }
      }
      sql.text(")");
    });
    return sql.build();
  }

  /**
   * Requires that values that are on both sides are the same.
   *
   * @param joined new rows {@code n} beside those {@code s} that the series has
   * @throws PondException.Conflict naming the first that is not
   */
  void requireNone(DuckSession duck, Sql joined, PondPath path) {
    fresh.forEach((key, name) -> {
      String there = stored.get(key);
      if (there == null) {
        return;
      }
      Sql sql =
          new SqlBuilder()
              .text("SELECT CAST(n.")
              .identifier(NewRows.TIME)
              .text(" AS VARCHAR), CAST(s.")
              .identifier(there)
              .text(" AS VARCHAR), CAST(n.")
              .identifier(name)
              .text(" AS VARCHAR) FROM ")
              .append(joined)
              .text(" WHERE n.")
              .identifier(name)
              .text(" <> s.")
              .identifier(there)
              .text(" ORDER BY n.")
              .identifier(NewRows.TIME)
              .text(" LIMIT 1")
              .build();
      try (Rows rows = duck.query(sql)) {
        if (rows.next()) {
          throw new PondException.Conflict(
              "'" + path + "' has another value of '" + name + "' at " + rows.text(0),
              "there it is " + ShownCell.of(rows.text(1)) + ", here " + ShownCell.of(rows.text(2)),
              "Say which counts, with 'on_duplicate: last' or 'on_duplicate: first'.");
        }
      }
    });
  }
}
