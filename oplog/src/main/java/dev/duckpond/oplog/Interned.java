package dev.duckpond.oplog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers values in the order they first occur, so that repeats are written as a number. */
final class Interned<T> {
  private final List<T> values = new ArrayList<>();
  private final Map<T, Integer> numbers = new HashMap<>();

  int size() {
    return values.size();
  }

  T value(int number) {
    return values.get(number);
  }

  /** Answers the number of a value, which is {@link #size} before this call when it is new. */
  int number(T value) {
    Integer known = numbers.putIfAbsent(value, values.size());
    if (known != null) {
      return known;
    }
    values.add(value);
    return values.size() - 1;
  }
}
