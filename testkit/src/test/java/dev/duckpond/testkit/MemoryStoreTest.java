package dev.duckpond.testkit;

final class MemoryStoreTest extends StoreContract {
  @Override
  protected Backend backend() {
    return new MemoryBackend();
  }
}
