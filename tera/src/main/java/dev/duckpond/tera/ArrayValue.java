package dev.duckpond.tera;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Holds values in order. Whoever implements it must answer the same for the same position, and be
 * safe to share between threads when templates are rendered in several.
 */
public non-sealed interface ArrayValue extends Value {
  /** Counts the values. */
  int size();

  /**
   * Returns the value at a position.
   *
   * @param position from 0, below {@link #size()}
   */
  Value at(int position);

  /** Holds a copy of a list. */
  static ArrayValue of(List<? extends Value> values) {
    return new ListArray(List.copyOf(values));
  }

  /** Holds values that are computed each time they are asked for. */
  static ArrayValue of(int size, IntFunction<? extends Value> values) {
    return new ComputedArray(size, values);
  }

  /** An array that is there. */
  record ListArray(List<Value> values) implements ArrayValue {
    @Override
    public int size() {
      return values.size();
    }

    @Override
    public Value at(int position) {
      return values.get(position);
    }
  }

  /** An array that is computed. */
  record ComputedArray(int size, IntFunction<? extends Value> values) implements ArrayValue {
    @Override
    public Value at(int position) {
      return values.apply(position);
    }
  }
}
