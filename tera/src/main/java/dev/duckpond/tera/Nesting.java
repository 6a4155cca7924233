package dev.duckpond.tera;

/** Keeps what walks through values from going deeper than the stack. */
final class Nesting {
  private Nesting() {}

  static void check(int depth) {
    if (depth > Value.MAX_DEPTH) {
      throw new CallException(
          "a value is nested more than " + Value.MAX_DEPTH + " levels",
          "Look for an array that is put into itself again and again.");
    }
  }
}
