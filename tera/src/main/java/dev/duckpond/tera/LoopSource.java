package dev.duckpond.tera;

import java.util.List;

/**
 * Is what a loop goes through: an array, the characters of a string, or the members of an object.
 */
final class LoopSource {
  private final Node.For loop;
  private final ArrayValue values;
  private final List<String> keys;

  private LoopSource(Node.For loop, ArrayValue values, List<String> keys) {
    this.loop = loop;
    this.values = values;
    this.keys = keys;
  }

  static LoopSource of(Node.For loop, Value container, Budget budget) {
    return switch (container) {
      case ArrayValue array -> new LoopSource(alone(loop, container), array, List.of());
      case TextValue(String text) -> {
        budget.madeArray(text.length());
        yield new LoopSource(alone(loop, container), characters(text), List.of());
      }
      case ObjectValue object -> {
        if (loop.key() == null) {
          throw loop.container()
              .at()
              .fault(
                  "an object is gone through with a key and a value",
                  "Write `{% for key, " + loop.value() + " in … %}`.");
        }
        List<String> keys = List.copyOf(object.keys());
        ArrayValue members =
            ArrayValue.of(keys.size(), i -> object.find(keys.get(i)).orElse(NullValue.NULL));
        yield new LoopSource(loop, members, keys);
      }
      case NullValue _, BoolValue _, IntegerValue _, BigValue _, FloatValue _ ->
          throw loop.container()
              .at()
              .fault(
                  "a loop goes through an array, object or string, not " + container.kind(),
                  container instanceof IntegerValue ? "Write `range(end=…)`." : "");
    };
  }

  int size() {
    return values.size();
  }

  /** Sets the variables of one iteration. */
  void bind(int position, Scope scope) {
    String key = loop.key();
    if (key != null) {
      scope.set(key, Value.text(keys.get(position)));
    }
    scope.set(loop.value(), values.at(position));
  }

  private static Node.For alone(Node.For loop, Value container) {
    if (loop.key() == null) {
      return loop;
    }
    throw loop.container()
        .at()
        .fault(
            container.kind() + " has no keys to go through",
            "Write `{% for " + loop.value() + " in … %}`; `loop.index0` counts.");
  }

  private static ArrayValue characters(String text) {
    return ArrayValue.of(Graphemes.of(text).stream().map(Value::text).toList());
  }
}
