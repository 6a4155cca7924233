package dev.duckpond.query;

import java.util.List;
import java.util.Optional;

/** A computed file whose rows, or what they are made of, may be kept between reads. */
public interface RollupRelation extends DynamicRelation {
  /**
   * Answers how much is kept, computing nothing; empty when the session keeps nothing of it, since
   * it is quickly computed or nobody can tell when its sources change.
   */
  Optional<RollupState> rollup(QuerySession session);

  @Override
  default List<CacheState> cacheStates(QuerySession session) {
    return rollup(session)
        .map(state -> new CacheState("downsampled tiles", state.tiles(), state.keptTiles()))
        .stream()
        .toList();
  }
}
