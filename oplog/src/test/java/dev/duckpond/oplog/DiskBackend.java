package dev.duckpond.oplog;

import dev.duckpond.testkit.Backend;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondStore;
import dev.duckpond.tinyfs.TransactionInfo;
import java.nio.file.Path;
import java.time.InstantSource;

/** Makes ponds on disk. */
final class DiskBackend implements Backend {
  @Override
  public PondStore create(
      Path directory,
      PondIdentity identity,
      TransactionInfo first,
      NodeId root,
      InstantSource clock) {
    return OplogStore.create(new PondLayout(directory), identity, first, root, clock);
  }

  @Override
  public PondStore reopen(PondStore store, Path directory, InstantSource clock) {
    store.close();
    return OplogStore.open(new PondLayout(directory), clock);
  }
}
