package dev.duckpond.steward;

import java.io.IOException;

/** What a transaction does. An exception from it ends the transaction with nothing changed. */
@FunctionalInterface
public interface WriteWork<T> {
  T run(WriteTransaction transaction) throws IOException;
}
