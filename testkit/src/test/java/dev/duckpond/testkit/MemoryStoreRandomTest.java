package dev.duckpond.testkit;

final class MemoryStoreRandomTest extends RandomEditsContract {
  @Override
  protected Backend backend() {
    return new MemoryBackend();
  }
}
