package dev.duckpond.tera;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Holds values by name. Whoever implements it gives the keys sorted by code point, each once, must
 * answer the same for the same key, and be safe to share between threads when templates are
 * rendered in several.
 */
public non-sealed interface ObjectValue extends Value {
  /** Lists the keys in the order in which a loop meets them; constant in time. */
  Collection<String> keys();

  /** Finds the value of a key. */
  Optional<Value> find(String key);

  /** Holds a copy of a map, sorted by key. */
  static ObjectValue of(Map<String, ? extends Value> members) {
    Map<String, Value> sorted = new TreeMap<>(TextOrder.BY_CODE_POINT);
    sorted.putAll(members);
    return new MapObject(Collections.unmodifiableMap(sorted));
  }

  /** Holds values that are computed each time they are asked for. */
  static ObjectValue of(Collection<String> keys, Function<String, ? extends Value> values) {
    TreeSet<String> sorted = new TreeSet<>(TextOrder.BY_CODE_POINT);
    sorted.addAll(keys);
    return new ComputedObject(Collections.unmodifiableSet(sorted), values);
  }

  /** An object that is there. */
  record MapObject(Map<String, Value> members) implements ObjectValue {
    @Override
    public Collection<String> keys() {
      return members.keySet();
    }

    @Override
    public Optional<Value> find(String key) {
      return Optional.ofNullable(members.get(key));
    }
  }

  /** An object whose members are computed. */
  record ComputedObject(Collection<String> keys, Function<String, ? extends Value> values)
      implements ObjectValue {
    @Override
    public Optional<Value> find(String key) {
      return keys.contains(key) ? Optional.of(values.apply(key)) : Optional.empty();
    }
  }
}
