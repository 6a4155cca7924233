package dev.duckpond.json;

import java.math.BigDecimal;

/**
 * Holds a JSON number as it was written, so that no digit is lost.
 *
 * <p>Two numbers are equal when their literals are: {@code 1} and {@code 1.0} differ.
 *
 * @param literal a number by the grammar of RFC 8259
 */
public record JsonNumber(String literal) implements Json {

  /** A larger exponent would make exact arithmetic on the number take memory without bound. */
  private static final int MAX_EXPONENT_CHARS = 5;

  public JsonNumber {
    if (!isNumber(literal)) {
      throw new IllegalArgumentException("not a JSON number: " + literal);
    }
  }

  /** Tells whether the literal is an integer of 64 bits, without fraction and exponent. */
  public boolean isLong() {
    try {
      Long.parseLong(literal);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public long longValue() {
    try {
      return Long.parseLong(literal);
    } catch (NumberFormatException e) {
      return exactLong();
    }
  }

  /** Accepts {@code 1.0} and {@code 1e3}, which are integers written another way. */
  private long exactLong() {
    int exponent = literal.toLowerCase(java.util.Locale.ROOT).indexOf('e');
    if (exponent < 0 || literal.length() - exponent <= MAX_EXPONENT_CHARS) {
      try {
        return new BigDecimal(literal).longValueExact();
      } catch (ArithmeticException e) {
        // Falls through to the one message for every number that is no long.
      }
    }
    throw new JsonException("expected an integer, found " + JsonWriter.excerpt(this));
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(literal);
  }

  @Override
  public String toString() {
    return literal;
  }

  private static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int intEnd = skipDigits(text, at);
    if (intEnd == at || (text.charAt(at) == '0' && intEnd > at + 1)) {
      return false;
    }
    at = intEnd;
    if (at < text.length() && text.charAt(at) == '.') {
      int fractionEnd = skipDigits(text, at + 1);
      if (fractionEnd == at + 1) {
        return false;
      }
      at = fractionEnd;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int exponentEnd = skipDigits(text, at);
      if (exponentEnd == at) {
        return false;
      }
      at = exponentEnd;
    }
    return at == text.length();
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
