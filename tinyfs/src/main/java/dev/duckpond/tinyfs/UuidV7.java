package dev.duckpond.tinyfs;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of epoch milliseconds, then random
 * bits.
 *
 * <p>Ids of one generator increase strictly, also within a millisecond and when the clock steps
 * back. Thread-safe.
 */
public final class UuidV7 {
  private static final long RANDOM_A_BITS = 12;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long lastStamp;

  public UuidV7(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Answers the next id. */
  public synchronized UUID next() {
    // The 12 bits after the milliseconds count up within one millisecond (RFC 9562, method 1).
    long stamp = clock.millis() << RANDOM_A_BITS | random.nextLong(1 << (RANDOM_A_BITS - 1));
    lastStamp = Math.max(stamp, lastStamp + 1);
    long high =
        lastStamp >>> RANDOM_A_BITS << 16 | 0x7000L | (lastStamp & ((1L << RANDOM_A_BITS) - 1));
    long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** Compares as the texts of the ids do: by unsigned bits, which {@link UUID} itself does not. */
  static int compare(UUID a, UUID b) {
    int order = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return order != 0
        ? order
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  /** Answers the last 12 hex digits of the text. */
  static String shortText(UUID uuid) {
    String text = uuid.toString();
    return text.substring(text.lastIndexOf('-') + 1);
  }
}
