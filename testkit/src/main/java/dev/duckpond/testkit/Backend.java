package dev.duckpond.testkit;

import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondStore;
import dev.duckpond.tinyfs.TransactionInfo;
import java.nio.file.Path;
import java.time.InstantSource;

/** Makes the stores that a contract tries. */
public interface Backend {
  /**
   * Makes an empty pond.
   *
   * @param directory an empty directory that nobody else uses
   * @param first the first transaction, number 1, which holds the root alone
   */
  PondStore create(
      Path directory,
      PondIdentity identity,
      TransactionInfo first,
      NodeId root,
      InstantSource clock);

  /**
   * Closes a store and opens its pond again, as another process would. A store that does not last
   * answers itself, open.
   */
  PondStore reopen(PondStore store, Path directory, InstantSource clock);
}
