package dev.duckpond.rollups;

import java.util.function.LongUnaryOperator;

/**
 * Cuts time into tiles, the pieces that are kept or computed as a whole. A tile begins where a
 * bucket does, so that no bucket lies in two.
 *
 * @param nominalMicros about how long a tile is
 * @param bucketBegin answers the begin of the bucket that holds an instant, in microseconds since
 *     1970 UTC; it never answers a later instant
 */
public record Tiling(long nominalMicros, LongUnaryOperator bucketBegin) {
  public Tiling {
    if (nominalMicros < 1) {
      throw new IllegalArgumentException("length of a tile: " + nominalMicros);
    }
  }

  /** Answers the begin of a tile by its number; tile 0 holds the epoch or begins there. */
  long begin(long number) {
    return bucketBegin.applyAsLong(Math.multiplyExact(number, nominalMicros));
  }

  /** Answers the number of the tile that holds an instant. */
  long number(long micros) {
    long number = Math.floorDiv(micros, nominalMicros);
    // A bucket that reaches over the nominal begin of the next tile may begin that one earlier.
    while (begin(number + 1) <= micros) {
      number++;
    }
    return number;
  }

  /** Answers tiles that are twice as long. */
  Tiling coarser() {
    return new Tiling(Math.multiplyExact(nominalMicros, 2), bucketBegin);
  }
}
