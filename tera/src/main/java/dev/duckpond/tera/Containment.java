package dev.duckpond.tera;

/** Answers what {@code in} and the test {@code containing} ask. */
final class Containment {
  private Containment() {}

  static boolean within(Value item, Value container, Budget budget) {
    return switch (container) {
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          if (Equality.equal(item, array.at(i), budget)) {
            yield true;
          }
        }
        yield false;
      }
      case TextValue(String text) -> {
        String wanted = key(item, "a string");
        budget.read(container);
        budget.search(text, wanted);
        yield text.contains(wanted);
      }
      case ObjectValue object -> object.find(key(item, "an object")).isPresent();
      case NullValue _, BoolValue _, IntegerValue _, BigValue _, FloatValue _ ->
          throw new CallException(
              container.kind() + " has nothing in it", "Look into an array, string or object.");
    };
  }

  private static String key(Value item, String container) {
    if (item instanceof TextValue(String text)) {
      return text;
    }
    throw new CallException("only a string can be in " + container + ", not " + item.kind(), "");
  }
}
