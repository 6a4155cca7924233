package dev.duckpond.collect;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;

/**
 * Numbers as they are written, and what of their digits a DOUBLE does not keep.
 *
 * @param text with a point before the fraction
 */
record WrittenNumbers(Sql text) {
  /** From it on a DOUBLE may be another whole number than the one that was written. */
  static final long LEAST_INEXACT = 1L << 53;

  private static final String DIGITS = "^[+-]?[0-9]+$";

  private static final String WHOLE = "^[+-]?[0-9]+([.]0*)?$";

  /** The digits of these count, as those of measured numbers with an exponent do not. */
  private static final String LONG_WITH_EXPONENT = "^[+-]?[0-9]{16,}([.]0*)?[eE][+]?[0-9]{1,3}$";

  private static final String WITH_EXPONENT = "^[+-]?[0-9]+([.][0-9]*)?[eE][+]?[0-9]{1,3}$";

  /** Narrower than what the engine reads: to it {@code 2024_06_01} is a number too. */
  private static final String NUMBER =
      "(?i)^[+-]?(([0-9]+[.]?[0-9]*|[.][0-9]+)(e[+-]?[0-9]+)?|nan|inf(inity)?)$";

  /** Answers the number as a DOUBLE; NULL where there is none. */
  Sql number() {
    return new SqlBuilder()
        .text("CASE WHEN ")
        .append(matches(NUMBER))
        .text(" THEN TRY_CAST(")
        .append(text)
        .text(" AS DOUBLE) END")
        .build();
  }

  /** Answers the number as a DECIMAL without a fraction; NULL where it has too many digits. */
  Sql whole() {
    return Sql.of("TRY_CAST(").plus(text).plus(" AS DECIMAL(38,0))");
  }

  /** Answers a condition: whether it is written as a whole number, in digits alone. */
  Sql isDigits() {
    return matches(DIGITS);
  }

  /** Answers a condition: whether {@link #whole} is just what is written. */
  Sql isWhole() {
    return new SqlBuilder()
        .text("CASE WHEN ")
        .append(isLarge(number()))
        .text(" THEN (")
        .append(isWrittenWhole())
        .text(" OR ")
        .append(isScaledWhole())
        .text(") AND ")
        .append(whole())
        .text(" IS NOT NULL ELSE ")
        .append(number())
        .text(" = trunc(")
        .append(number())
        .text(") END")
        .build();
  }

  /** Answers a condition: whether it has a fraction. */
  Sql isFraction() {
    return new SqlBuilder()
        .text("CASE WHEN ")
        .append(isLarge(number()))
        .text(" THEN NOT ")
        .append(isWrittenWhole())
        .text(" AND NOT ")
        .append(isScaledWhole())
        .text(" ELSE ")
        .append(number())
        .text(" <> trunc(")
        .append(number())
        .text(") END")
        .build();
  }

  /** Answers a condition: whether the exponent leaves nothing of the fraction. */
  private Sql isScaledWhole() {
    return new SqlBuilder()
        .text("(")
        .append(matches(WITH_EXPONENT))
        .text(" AND length(regexp_extract(")
        .append(text)
        .text(", '[.]([0-9]*?)0*[eE]', 1)) <= TRY_CAST(regexp_extract(trim(")
        .append(text)
        .text("), '[0-9]+$') AS INTEGER))")
        .build();
  }

  /** Answers a condition: whether it is a whole number that is another as a DOUBLE. */
  Sql isChanged() {
    return new SqlBuilder()
        .text("CASE WHEN ")
        .append(isLarge(number()))
        .text(" AND ")
        .append(isWrittenWhole())
        .text(" THEN TRY_CAST(trim(")
        .append(text)
        .text(") AS BIGNUM) IS DISTINCT FROM TRY_CAST(")
        .append(number())
        .text(" AS BIGNUM) WHEN ")
        .append(matches(LONG_WITH_EXPONENT))
        .text(" THEN ")
        .append(whole())
        .text(" IS NULL OR CAST(")
        .append(whole())
        .text(" AS HUGEINT) IS DISTINCT FROM TRY_CAST(")
        .append(number())
        .text(" AS HUGEINT) ELSE FALSE END")
        .build();
  }

  /** Answers a condition: whether a number is so large that not each one beside it is exact. */
  static Sql isLarge(Sql number) {
    return new SqlBuilder()
        .text("abs(")
        .append(number)
        .text(") >= ")
        .literal(LEAST_INEXACT)
        .build();
  }

  /**
   * Answers a condition: whether a number of a type of whole ones is another as one that may have a
   * fraction.
   *
   * @param type {@code DOUBLE} or {@code FLOAT}
   */
  static Sql isChanged(Sql whole, String type) {
    return new SqlBuilder()
        .text("TRY_CAST(CAST(")
        .append(whole)
        .text(type.equals("FLOAT") ? " AS FLOAT" : " AS DOUBLE")
        .text(") AS HUGEINT) IS DISTINCT FROM CAST(")
        .append(whole)
        .text(" AS HUGEINT)")
        .build();
  }

  private Sql isWrittenWhole() {
    return matches(WHOLE);
  }

  private Sql matches(String pattern) {
    return new SqlBuilder()
        .text("regexp_matches(trim(")
        .append(text)
        .text("), ")
        .literal(pattern)
        .text(")")
        .build();
  }
}
