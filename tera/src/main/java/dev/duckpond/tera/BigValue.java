package dev.duckpond.tera;

import java.math.BigInteger;

/**
 * Holds an integer beyond 64 bits, so that it is printed exactly; arithmetic takes it as a float.
 */
public record BigValue(BigInteger number) implements Value {
  /** Refuses what an {@link IntegerValue} holds. */
  public BigValue {
    if (number.bitLength() < Long.SIZE) {
      throw new IllegalArgumentException(number + " fits into 64 bits");
    }
  }
}
