package dev.duckpond.collect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Rows on their way into a series: one for each instant, in order. A value that is NaN is none. Of
 * several values of an instant and column the last counts. One thread only.
 */
final class Batch {
  /** A row; it may be shorter than there are columns, whose values are then none. */
  static final class Row {
    private final long seconds;
    private final double[] values;

    private Row(long seconds, double[] values) {
      this.seconds = seconds;
      this.values = values;
    }

    long seconds() {
      return seconds;
    }

    /** Answers a value; NaN when there is none. */
    double value(int column) {
      return column < values.length ? values[column] : Double.NaN;
    }
  }

  private final List<MeasuredColumn> columns = new ArrayList<>();
  private final NavigableMap<Long, double[]> rows = new TreeMap<>();
  private int points;

  /** Adds a value. */
  void add(long seconds, MeasuredColumn column, double value) {
    int index = columns.indexOf(column);
    if (index < 0) {
      index = columns.size();
      columns.add(column);
    }
    double[] row = rows.getOrDefault(seconds, new double[0]);
    if (row.length <= index) {
      double[] wider = Arrays.copyOf(row, columns.size());
      Arrays.fill(wider, row.length, wider.length, Double.NaN);
      row = wider;
      rows.put(seconds, row);
    }
    if (Double.isNaN(row[index])) {
      points++;
    }
    row[index] = value;
  }

  List<MeasuredColumn> columns() {
    return List.copyOf(columns);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  int points() {
    return points;
  }

  long firstSeconds() {
    return rows.firstKey();
  }

  long lastSeconds() {
    return rows.lastKey();
  }

  List<Row> rows() {
    List<Row> all = new ArrayList<>(rows.size());
    rows.forEach((seconds, values) -> all.add(new Row(seconds, values)));
    return all;
  }

  /**
   * Takes the earliest rows out: so many that the points do not exceed a number, but at least one.
   * Rows at or after {@code end} stay; so the answer may be empty.
   */
  Batch takeFirst(int mostPoints, long end) {
    Batch taken = new Batch();
    taken.columns.addAll(columns);
    while (!rows.isEmpty() && rows.firstKey() < end) {
      int size = size(rows.firstEntry().getValue());
      if (!taken.isEmpty() && taken.points + size > mostPoints) {
        break;
      }
      var row = rows.pollFirstEntry();
      taken.rows.put(row.getKey(), row.getValue());
      taken.points += size;
      points -= size;
    }
    return taken;
  }

  /** Counts the points of rows before an instant. */
  int pointsBefore(long end) {
    int later = 0;
    for (double[] row : rows.tailMap(end, true).values()) {
      later += size(row);
    }
    return points - later;
  }

  private static int size(double[] row) {
    int size = 0;
    for (double value : row) {
      size += Double.isNaN(value) ? 0 : 1;
    }
    return size;
  }
}
