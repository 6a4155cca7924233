package dev.duckpond.steward;

import dev.duckpond.tinyfs.CommittedTransaction;

/** How a transaction that did not fail ended, with the value its work answered. */
public sealed interface WriteResult<T> {
  T value();

  /** The changes are durable and visible. */
  record Written<T>(T value, CommittedTransaction transaction) implements WriteResult<T> {}

  /** The work changed nothing, so no transaction number was taken. */
  record Unchanged<T>(T value) implements WriteResult<T> {}
}
