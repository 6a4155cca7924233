package dev.duckpond.factories;

import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.DynamicNode;

/** A node that changes relations: what {@code transforms} name. Its bytes are its configuration. */
interface TransformNode extends DynamicNode.File {
  /**
   * Answers the relation changed, computing no rows.
   *
   * @param label what errors call the relation
   */
  Relation apply(QuerySession session, Relation input, String label);
}
