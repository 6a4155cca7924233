package dev.duckpond.query;

import dev.duckpond.tinyfs.DynamicNode;
import java.io.IOException;

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
}
