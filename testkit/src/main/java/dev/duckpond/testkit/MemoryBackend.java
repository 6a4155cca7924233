package dev.duckpond.testkit;

import dev.duckpond.tinyfs.MemoryStore;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondStore;
import dev.duckpond.tinyfs.TransactionInfo;
import java.nio.file.Path;
import java.time.InstantSource;

/** Makes ponds in memory; the quick choice for tests of other rooms. */
public final class MemoryBackend implements Backend {
  @Override
  public PondStore create(
      Path directory,
      PondIdentity identity,
      TransactionInfo first,
      NodeId root,
      InstantSource clock) {
    return MemoryStore.create(identity, first, root, clock, directory);
  }

  @Override
  public PondStore reopen(PondStore store, Path directory, InstantSource clock) {
    return store;
  }
}
