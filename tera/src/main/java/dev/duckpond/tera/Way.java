package dev.duckpond.tera;

import java.util.Optional;

/** Goes one step into a value. */
final class Way {
  /** A message does not list more keys than these. */
  private static final int MAX_KEYS_SHOWN = 10;

  private Way() {}

  /** Finds a member by key, or an element by its position written in digits. */
  static Optional<Value> step(Value base, String key) {
    return switch (base) {
      case ObjectValue object -> object.find(key);
      case ArrayValue array -> {
        int position = position(key);
        yield position >= 0 && position < array.size()
            ? Optional.of(array.at(position))
            : Optional.empty();
      }
      case NullValue _, BoolValue _, IntegerValue _, BigValue _, FloatValue _, TextValue _ ->
          Optional.empty();
    };
  }

  /** Follows keys with dots between them, as the argument {@code attribute} of filters has them. */
  static Optional<Value> path(Value base, String path) {
    Optional<Value> found = Optional.of(base);
    if (path.isEmpty()) {
      return found;
    }
    for (String key : path.split("\\.", -1)) {
      found = found.flatMap(value -> step(value, key));
    }
    return found;
  }

  /** Says why a step leads nowhere. */
  static Fault nowhere(Span at, String way, Value base, String key) {
    return switch (base) {
      case ObjectValue object -> {
        String keys = String.join("`, `", object.keys().stream().limit(MAX_KEYS_SHOWN).toList());
        String otherwise =
            object.keys().isEmpty()
                ? "It is empty."
                : object.keys().size() > MAX_KEYS_SHOWN
                    ? "It has `" + keys + "` and more."
                    : "It has `" + keys + "`.";
        yield at.fault(
            "`" + way + "` has no `" + key + "`", Nearest.sentence(key, object.keys(), otherwise));
      }
      case ArrayValue array ->
          at.fault(
              "`" + way + "` has no `" + key + "`",
              array.size() == 0
                  ? "It is an empty array."
                  : "It is an array, from 0 to " + (array.size() - 1) + ".");
      case NullValue _, BoolValue _, IntegerValue _, BigValue _, FloatValue _, TextValue _ ->
          at.fault("`" + way + "` is " + base.kind() + " and has no `" + key + "`", "");
    };
  }

  private static int position(String digits) {
    boolean plain = digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean padded = digits.length() > 1 && digits.startsWith("0");
    return plain && !padded && !digits.isEmpty() ? Integer.parseInt(digits) : -1;
  }
}
