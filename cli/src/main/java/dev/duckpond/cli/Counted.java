package dev.duckpond.cli;

/** Writes a number with its noun, in the plural where it needs that. */
final class Counted {
  private Counted() {}

  /** Answers {@code 1 file}, {@code 2 files}; the plural is the noun with an s. */
  static String of(long count, String noun) {
    return of(count, noun, noun + "s");
  }

  /** Answers the number with the noun that fits. */
  static String of(long count, String noun, String plural) {
    return count + " " + (count == 1 ? noun : plural);
  }
}
