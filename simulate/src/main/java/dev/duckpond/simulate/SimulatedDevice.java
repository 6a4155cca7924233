package dev.duckpond.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * An instrument and all it has measured: a table of instants and columns. Thread-safe.
 *
 * <p>A value that is NaN is no reading.
 */
public final class SimulatedDevice {
  /** What a column measures, by the names of the service. */
  public record Quantity(String parameter, String unit) {}

  private final long id;
  private final String name;
  private final List<Quantity> quantities = new ArrayList<>();
  private final NavigableMap<Long, double[]> rows = new TreeMap<>();

  /** Makes a device without readings. */
  public SimulatedDevice(long id, String name) {
    this.id = id;
    this.name = name;
  }

  /** Answers the number by which the service knows it. */
  public long id() {
    return id;
  }

  /** Answers what people call it. */
  public String name() {
    return name;
  }

  /** Adds readings of an instant, or replaces them where they are there. */
  public synchronized void put(long seconds, Quantity quantity, double value) {
    int column = quantities.indexOf(quantity);
    if (column < 0) {
      column = quantities.size();
      quantities.add(quantity);
    }
    double[] row = rows.getOrDefault(seconds, new double[0]);
    if (row.length <= column) {
      double[] wider = Arrays.copyOf(row, column + 1);
      Arrays.fill(wider, row.length, wider.length, Double.NaN);
      row = wider;
    }
    row[column] = value;
    rows.put(seconds, row);
  }

  synchronized List<Quantity> quantities() {
    return List.copyOf(quantities);
  }

  /** A stretch of rows, in order, copied; {@code more} tells whether the device has later ones. */
  record Slice(List<Quantity> quantities, List<Row> rows, boolean more, long nextSeconds) {}

  /** The readings of an instant, which may be fewer than there are quantities. */
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

    double value(int column) {
      return column < values.length ? values[column] : Double.NaN;
    }
  }

  synchronized Slice slice(long fromSeconds, long toSeconds, int most) {
    List<Row> found = new ArrayList<>();
    for (var entry : rows.subMap(fromSeconds, true, toSeconds, true).entrySet()) {
      if (found.size() == most) {
        return new Slice(List.copyOf(quantities), found, true, entry.getKey());
      }
      found.add(new Row(entry.getKey(), entry.getValue().clone()));
    }
    return new Slice(List.copyOf(quantities), found, false, 0);
  }
}
