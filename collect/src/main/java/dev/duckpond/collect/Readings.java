package dev.duckpond.collect;

import java.util.Arrays;

/**
 * What one page holds of one parameter: instants and values side by side. Grows; one thread only.
 */
final class Readings {
  private static final int FIRST_CAPACITY = 256;

  private String parameterId = "";
  private String unitId = "";
  private long[] seconds = new long[FIRST_CAPACITY];
  private double[] values = new double[FIRST_CAPACITY];
  private int count;

  void name(String parameter) {
    parameterId = parameter;
  }

  void unit(String unit) {
    unitId = unit;
  }

  void add(long second, double value) {
    if (count == seconds.length) {
      seconds = Arrays.copyOf(seconds, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    seconds[count] = second;
    values[count] = value;
    count++;
  }

  String parameterId() {
    return parameterId;
  }

  String unitId() {
    return unitId;
  }

  int count() {
    return count;
  }

  /** Answers an instant, in seconds since 1970, UTC. */
  long seconds(int index) {
    return seconds[index];
  }

  double value(int index) {
    return values[index];
  }
}
