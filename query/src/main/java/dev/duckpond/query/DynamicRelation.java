package dev.duckpond.query;

import dev.duckpond.tinyfs.DynamicNode;
import java.util.List;

/** A computed file that is a relation: a factory's node that compiles to SQL over other paths. */
public interface DynamicRelation extends DynamicNode.File {
  /** Answers the relation as SQL of a session, computing no rows. */
  Relation relation(QuerySession session);

  /** Lists what it keeps of its own from reads before; that of its inputs is not in it. */
  default List<CacheState> cacheStates(QuerySession session) {
    return List.of();
  }
}
