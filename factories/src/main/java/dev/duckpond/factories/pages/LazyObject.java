package dev.duckpond.factories.pages;

import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An object that is made when a template first looks into it. One thread only. */
final class LazyObject implements ObjectValue {
  private final Supplier<ObjectValue> maker;
  private @Nullable ObjectValue made;

  LazyObject(Supplier<ObjectValue> maker) {
    this.maker = maker;
  }

  private ObjectValue made() {
    ObjectValue known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }

  @Override
  public Collection<String> keys() {
    return made().keys();
  }

  @Override
  public Optional<Value> find(String key) {
    return made().find(key);
  }
}
