package dev.duckpond.query;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The digits that hold every value of some number types exactly. Of a union that needs more than
 * {@value #MAX_DIGITS}, the engine would cut digits off, or refuse rows when they are read.
 *
 * @param integerDigits digits before the point
 * @param scale digits after it
 * @param isDecimal whether one of the types is a decimal; integers alone widen otherwise
 */
record DecimalUnion(int integerDigits, int scale, boolean isDecimal) {
  static final int MAX_DIGITS = 38;

  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

  /** Finds the digits of a type; nothing for one that is no exact number. */
  static Optional<DecimalUnion> of(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      int scale = Integer.parseInt(decimal.group(2));
      return Optional.of(new DecimalUnion(Integer.parseInt(decimal.group(1)) - scale, scale, true));
    }
    int digits =
        switch (type) {
          case "TINYINT", "UTINYINT" -> 3;
          case "SMALLINT", "USMALLINT" -> 5;
          case "INTEGER", "UINTEGER" -> 10;
          case "BIGINT" -> 19;
          case "UBIGINT" -> 20;
          default -> 0;
        };
    return digits == 0 ? Optional.empty() : Optional.of(new DecimalUnion(digits, 0, false));
  }

  DecimalUnion with(DecimalUnion other) {
    return new DecimalUnion(
        Math.max(integerDigits, other.integerDigits),
        Math.max(scale, other.scale),
        isDecimal || other.isDecimal);
  }

  /** Answers the decimal type of so many digits. */
  String type() {
    return "DECIMAL(" + (integerDigits + scale) + "," + scale + ")";
  }

  /** Tells whether the engine has a type for it. */
  boolean fits() {
    return !isDecimal || integerDigits + scale <= MAX_DIGITS;
  }
}
