package dev.duckpond.tera;

import java.util.Optional;

/** Compares values: numbers by what they are worth, the rest by kind and content. */
final class Equality {
  private Equality() {}

  static boolean equal(Value left, Value right, Budget budget) {
    return equal(left, right, budget, 0);
  }

  private static boolean equal(Value left, Value right, Budget budget, int depth) {
    Nesting.check(depth);
    budget.spend(1);
    if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
      return a == b;
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.asDouble(left) == Numbers.asDouble(right);
    }
    return switch (left) {
      case NullValue _ -> right == NullValue.NULL;
      case BoolValue flag -> flag == right;
      case IntegerValue _, BigValue _, FloatValue _ -> false;
      case TextValue(String text) -> {
        boolean comparable =
            right instanceof TextValue(String other) && text.length() == other.length();
        if (comparable) {
          budget.read(left);
        }
        yield comparable && left.equals(right);
      }
      case ArrayValue array ->
          right instanceof ArrayValue other && arrays(array, other, budget, depth);
      case ObjectValue object ->
          right instanceof ObjectValue other && objects(object, other, budget, depth);
    };
  }

  private static boolean arrays(ArrayValue left, ArrayValue right, Budget budget, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.at(i), right.at(i), budget, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean objects(ObjectValue left, ObjectValue right, Budget budget, int depth) {
    if (left.keys().size() != right.keys().size()) {
      return false;
    }
    for (String key : left.keys()) {
      Optional<Value> mine = left.find(key);
      Optional<Value> other = right.find(key);
      if (mine.isEmpty() || other.isEmpty() || !equal(mine.get(), other.get(), budget, depth + 1)) {
        return false;
      }
    }
    return true;
  }
}
