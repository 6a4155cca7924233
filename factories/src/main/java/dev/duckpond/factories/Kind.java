package dev.duckpond.factories;

import dev.duckpond.config.Shape;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeOrigin;
import java.util.List;

/**
 * One kind of node that computes itself: what its configuration looks like and what it makes.
 * Stateless and thread-safe.
 *
 * @param <C> the configuration, read
 */
public interface Kind<C> {
  /** Answers the name that users write. */
  String name();

  /** Answers the type of its nodes. */
  EntryType type();

  /** Answers how its configuration is written. */
  Shape<C> shape();

  /** Answers what it makes, in a line. */
  String summary();

  /** Answers a configuration that works, for the reference. */
  String example();

  /** Lists what a configuration names to be read, in its order. */
  default List<NodeOrigin.Input> inputs(C config) {
    return List.of();
  }

  /**
   * Answers what a node of this kind is made of.
   *
   * @param inside names that lead to what is asked about, of what lies in a directory
   */
  default NodeOrigin origin(C config, List<EntryName> inside) {
    return new NodeOrigin(name(), inputs(config));
  }

  /** Opens a node; looks nothing up yet. */
  DynamicNode open(NodeSite site, C config);
}
