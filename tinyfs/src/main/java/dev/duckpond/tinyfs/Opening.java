package dev.duckpond.tinyfs;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens a dynamic node once, when it is first needed. Thread-safe. */
final class Opening implements Supplier<DynamicNode> {
  private final Supplier<DynamicNode> opener;
  private @Nullable DynamicNode opened;

  Opening(Supplier<DynamicNode> opener) {
    this.opener = opener;
  }

  @Override
  public synchronized DynamicNode get() {
    DynamicNode node = opened;
    if (node == null) {
      node = opener.get();
      opened = node;
    }
    return node;
  }
}
