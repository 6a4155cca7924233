package dev.duckpond.tera;

import java.math.BigDecimal;

/** Writes floats with the fewest digits that tell them from others, in Tera's two ways. */
final class Decimals {
  /** From this power of ten on JSON has an exponent; so says the library that Tera uses. */
  private static final int LARGEST_PLAIN = 16;

  /** From this power of ten down JSON has an exponent. */
  private static final int SMALLEST_PLAIN = -5;

  private Decimals() {}

  /** Writes a float as templates print it: never an exponent, and no fraction of zero. */
  static String printed(double number) {
    if (!Double.isFinite(number)) {
      return "NaN";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  /** Writes a float as JSON has it: always a fraction or an exponent. */
  static String json(double number) {
    if (!Double.isFinite(number)) {
      return "null";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int point = exact.precision() - exact.scale();
    if (point > SMALLEST_PLAIN && point <= LARGEST_PLAIN) {
      String plain = exact.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = exact.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (number < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (point - 1);
  }
}
