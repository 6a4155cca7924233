package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Comparator;
import dev.duckpond.tera.Expression.Operator;

/**
 * Calculates as Tera 1.x does: integers stay integers and must fit into 64 bits, except that a
 * quotient is an integer only when it is whole; what has no result is NaN.
 */
final class Numbers {
  /** Two to the power of 63, the first float that no integer holds. */
  private static final double BEYOND_LONG = 0x1p63;

  private Numbers() {}

  static boolean isNumber(Value value) {
    return switch (value) {
      case IntegerValue _, BigValue _, FloatValue _ -> true;
      case NullValue _, BoolValue _, TextValue _, ArrayValue _, ObjectValue _ -> false;
    };
  }

  /** Returns a number as a float. */
  static double asDouble(Value value) {
    return switch (value) {
      case IntegerValue(long number) -> number;
      case BigValue big -> big.number().doubleValue();
      case FloatValue(double number) -> number;
      case NullValue _, BoolValue _, TextValue _, ArrayValue _, ObjectValue _ ->
          throw new CallException("expected a number, not " + value.kind(), "");
    };
  }

  static Value calculate(Operator operator, Value left, Value right) {
    require(operator.symbol(), left);
    require(operator.symbol(), right);
    if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
      return integers(operator, a, b);
    }
    return floats(operator, asDouble(left), asDouble(right));
  }

  static boolean compare(Comparator comparator, Value left, Value right) {
    require(comparator.symbol(), left);
    require(comparator.symbol(), right);
    int order;
    if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
      order = Long.compare(a, b);
    } else {
      double a = asDouble(left);
      double b = asDouble(right);
      if (Double.isNaN(a) || Double.isNaN(b)) {
        throw new CallException("NaN is neither less nor more", "Look for a division by zero.");
      }
      order = a == b ? 0 : Double.compare(a, b);
    }
    return switch (comparator) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
      case EQUAL -> order == 0;
      case UNEQUAL -> order != 0;
    };
  }

  private static void require(String symbol, Value value) {
    if (!isNumber(value)) {
      throw new CallException(
          "`" + symbol + "` is for numbers, not for " + value.kind(),
          value instanceof TextValue
              ? "Texts are joined with `~`; `int` makes numbers of them."
              : "");
    }
  }

  private static Value integers(Operator operator, long a, long b) {
    try {
      return switch (operator) {
        case ADD -> new IntegerValue(Math.addExact(a, b));
        case SUBTRACT -> new IntegerValue(Math.subtractExact(a, b));
        case MULTIPLY -> new IntegerValue(Math.multiplyExact(a, b));
        case DIVIDE -> floats(operator, (double) a, (double) b);
        case REMAINDER -> {
          if (b == 0) {
            throw new CallException("a remainder of a division by zero", "Test for zero before.");
          }
          yield new IntegerValue(a % b);
        }
      };
    } catch (ArithmeticException _) {
      throw new CallException(
          a + " " + operator.symbol() + " " + b + " is beyond 64 bits",
          "Make a float of one with `float`.");
    }
  }

  private static Value floats(Operator operator, double a, double b) {
    double result =
        switch (operator) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> a / b;
          case REMAINDER -> a % b;
        };
    if (!Double.isFinite(result)) {
      return new FloatValue(Double.NaN);
    }
    boolean whole = result == Math.rint(result) && Math.abs(result) < BEYOND_LONG;
    return operator == Operator.DIVIDE && whole
        ? new IntegerValue((long) result)
        : new FloatValue(result);
  }
}
