package dev.duckpond.tinyfs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The factories that this process knows, by name. A factory is made when it is first asked for, so
 * that a command pays only for those that it meets. Thread-safe.
 */
public final class FactoryRegistry {
  /** No factories: stored nodes alone. */
  public static final FactoryRegistry EMPTY = new FactoryRegistry(List.of());

  private final List<String> names;
  private final Function<String, NodeFactory> maker;
  private final Map<String, NodeFactory> made = new ConcurrentHashMap<>();

  /** Takes factories that are made already. */
  public FactoryRegistry(List<NodeFactory> all) {
    this(all.stream().map(NodeFactory::name).toList(), name -> named(all, name));
    list();
  }

  /**
   * Takes names, in the order in which they are listed.
   *
   * @param maker makes the factory of one of the names; called once for each, as a rule
   */
  public FactoryRegistry(List<String> names, Function<String, NodeFactory> maker) {
    this.names = List.copyOf(names);
    this.maker = maker;
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two factories of one name: " + names);
    }
  }

  /** Finds the factory of a name. */
  public Optional<NodeFactory> find(String name) {
    return names.contains(name)
        ? Optional.of(made.computeIfAbsent(name, this::make))
        : Optional.empty();
  }

  /** Lists the names in the order they were given, making no factory. */
  public List<String> names() {
    return names;
  }

  /** Lists the factories in the order of their names. */
  public List<NodeFactory> list() {
    return names.stream().map(name -> find(name).orElseThrow()).toList();
  }

  private NodeFactory make(String name) {
    NodeFactory factory = maker.apply(name);
    if (!factory.entryType().isDynamic()) {
      throw new IllegalArgumentException(name + " makes " + factory.entryType());
    }
    return factory;
  }

  private static NodeFactory named(List<NodeFactory> all, String name) {
    return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
