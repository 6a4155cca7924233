package dev.duckpond.factories.pages;

import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values by captures: nested objects, one level for each capture. What has a value and is a level
 * too, holds the value under the empty name. One thread only.
 *
 * @param <T> what is held
 */
final class CaptureTree<T> {
  private final BinaryOperator<T> merge;
  private final Map<String, CaptureTree<T>> below = new TreeMap<>();
  private @Nullable T here;

  /**
   * Makes an empty tree.
   *
   * @param merge what becomes of two values with the same captures
   */
  CaptureTree(BinaryOperator<T> merge) {
    this.merge = merge;
  }

  void add(List<String> captures, T value) {
    if (captures.isEmpty()) {
      here = here == null ? value : merge.apply(here, value);
    } else {
      below
          .computeIfAbsent(captures.getFirst(), _ -> new CaptureTree<>(merge))
          .add(captures.subList(1, captures.size()), value);
    }
  }

  /** Answers the nested objects; without captures the one value, and of nothing an empty object. */
  Value value(Function<T, Value> made) {
    Optional<Value> own = Optional.ofNullable(here).map(made);
    if (below.isEmpty() && own.isPresent()) {
      return own.get();
    }
    Map<String, Value> members = new TreeMap<>();
    below.forEach((name, tree) -> members.put(name, tree.value(made)));
    own.ifPresent(value -> members.put("", value));
    return ObjectValue.of(members);
  }
}
