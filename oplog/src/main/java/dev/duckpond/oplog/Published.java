package dev.duckpond.oplog;

/** Says how the publication of a Delta commit ended. */
sealed interface Published {
  /** It is there, durable. */
  record At(long version) implements Published {}

  /** Somebody else holds the version, or the transaction was committed before. */
  record Taken() implements Published {}

  /** The machine failed so that nobody can say. */
  record Unsure(Exception cause) implements Published {}
}
