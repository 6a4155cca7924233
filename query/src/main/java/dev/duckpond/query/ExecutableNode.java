package dev.duckpond.query;

import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.util.Optional;

/**
 * A computed file that does something when {@code pond run} names it: fetches, takes in, publishes.
 * Read as bytes, it is its configuration.
 */
public interface ExecutableNode extends DynamicNode.File {
  /**
   * Does it. A run may commit as often as it likes; what it has committed stays, whatever comes
   * after, so a long run commits in batches, each together with the place to go on from.
   *
   * @throws dev.duckpond.tinyfs.PondException.PartlyDone when something was done and something was
   *     not; scripts tell it by its own exit code
   * @throws dev.duckpond.tinyfs.PondException.Usage for arguments that it does not take
   */
  void run(Execution execution) throws IOException;

  /**
   * Checks before it is made what only an engine can tell, such as whether SQL can be read.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid with the place in its configuration
   */
  default void check(QuerySession session) {}

  /**
   * Tells how new the data is that it has brought in; empty when it brings none. Looks at what is
   * known of versions, not into them.
   */
  default Optional<Freshness> freshness(PondTree tree) {
    return Optional.empty();
  }
}
