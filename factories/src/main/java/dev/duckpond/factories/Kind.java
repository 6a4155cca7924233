package dev.duckpond.factories;

import dev.duckpond.config.Shape;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;

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

  /** Opens a node; looks nothing up yet. */
  DynamicNode open(NodeSite site, C config);
}
