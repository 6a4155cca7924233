package dev.duckpond.collect;

import java.util.random.RandomGenerator;

/** How collectors wait and try again; tests do so without waiting. */
record HttpRules(RetryRules retries, Pauses pauses, RandomGenerator random) {
  static HttpRules usual() {
    return new HttpRules(RetryRules.USUAL, Pauses.REAL, RandomGenerator.getDefault());
  }
}
