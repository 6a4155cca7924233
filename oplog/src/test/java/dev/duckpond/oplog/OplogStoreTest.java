package dev.duckpond.oplog;

import dev.duckpond.testkit.Backend;
import dev.duckpond.testkit.StoreContract;

final class OplogStoreTest extends StoreContract {
  @Override
  protected Backend backend() {
    return new DiskBackend();
  }
}
