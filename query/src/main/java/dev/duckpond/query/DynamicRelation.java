package dev.duckpond.query;

import dev.duckpond.tinyfs.DynamicNode;

/** A computed file that is a relation: a factory's node that compiles to SQL over other paths. */
public interface DynamicRelation extends DynamicNode.File {
  /** Answers the relation as SQL of a session, computing no rows. */
  Relation relation(QuerySession session);
}
