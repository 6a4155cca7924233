package dev.duckpond.collect;

import dev.duckpond.duckdb.Rows;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.TimeRange;
import java.util.Map;
import java.util.TreeMap;

/** Reads series as tests compare them. */
final class SeriesRows {
  private SeriesRows() {}

  /**
   * Answers, by instant in seconds, the values by column; NULLs are left out.
   *
   * @throws AssertionError when an instant comes twice or the rows are not in order
   */
  static Map<Long, Map<String, Double>> read(QuerySession session, String path, Relation relation) {
    Map<Long, Map<String, Double>> all = new TreeMap<>();
    long last = Long.MIN_VALUE;
    try (Rows rows = session.duck().query(relation.select(TimeRange.ALL))) {
      while (rows.next()) {
        long micros = rows.micros(0);
        if (micros <= last) {
          throw new AssertionError(path + " is not in order at " + micros);
        }
        last = micros;
        Map<String, Double> row = new TreeMap<>();
        for (int i = 1; i < rows.columns().size(); i++) {
          if (!rows.isNull(i)) {
            row.put(rows.columns().get(i).name(), rows.doubleValue(i));
          }
        }
        all.put(micros / 1_000_000, row);
      }
    }
    return all;
  }
}
