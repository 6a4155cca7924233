package dev.duckpond.tinyfs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The factories that this process knows, by name. Immutable. */
public final class FactoryRegistry {
  /** No factories: stored nodes alone. */
  public static final FactoryRegistry EMPTY = new FactoryRegistry(List.of());

  private final Map<String, NodeFactory> factories = new LinkedHashMap<>();

  public FactoryRegistry(List<NodeFactory> all) {
    for (NodeFactory factory : all) {
      if (!factory.entryType().isDynamic()) {
        throw new IllegalArgumentException(factory.name() + " makes " + factory.entryType());
      }
      if (factories.put(factory.name(), factory) != null) {
        throw new IllegalArgumentException("two factories are named " + factory.name());
      }
    }
  }

  public Optional<NodeFactory> find(String name) {
    return Optional.ofNullable(factories.get(name));
  }

  /** Lists the factories in the order they were given. */
  public List<NodeFactory> list() {
    return List.copyOf(factories.values());
  }
}
