package dev.duckpond.tera;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Is what a loop calls {@code loop}: where it is in what it goes through. */
record LoopValue(int position, int size) implements ObjectValue {
  /** Its name in templates. */
  static final String NAME = "loop";

  private static final List<String> KEYS = List.of("first", "index", "index0", "last");

  @Override
  public Collection<String> keys() {
    return KEYS;
  }

  @Override
  public Optional<Value> find(String key) {
    return switch (key) {
      case "first" -> Optional.of(Value.bool(position == 0));
      case "index" -> Optional.of(Value.integer(position + 1L));
      case "index0" -> Optional.of(Value.integer(position));
      case "last" -> Optional.of(Value.bool(position == size - 1));
      default -> Optional.empty();
    };
  }
}
