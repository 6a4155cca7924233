package dev.duckpond.factories.pages;

import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The variables of one page: its own before those that all pages share. */
record PageVariables(Map<String, Value> shared, Map<String, Value> own) implements ObjectValue {
  @Override
  public Collection<String> keys() {
    Map<String, Value> all = new TreeMap<>(shared);
    all.putAll(own);
    return ObjectValue.of(all).keys();
  }

  @Override
  public Optional<Value> find(String key) {
    Value value = own.get(key);
    return Optional.ofNullable(value == null ? shared.get(key) : value);
  }
}
