package dev.duckpond.query;

import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One run of an {@link ExecutableNode}: its arguments, the pond, and whom it tells.
 *
 * <p>A configuration of this machine may be run where there is no pond; {@link #tree}, {@link
 * #openSession} and {@link #commit} then throw {@link dev.duckpond.tinyfs.PondException.NotFound}.
 * Used by the thread that runs the node, except {@link #isStopping} and {@link #warn}.
 */
public interface Execution {
  /** Lists the words that follow the path on the command line. */
  List<String> arguments();

  /** Opens the newest state of the pond, with what this run has committed. */
  PondTree tree();

  /** Opens the SQL engine over a tree, within the limits of the command; the caller closes it. */
  QuerySession openSession(PondTree tree);

  /**
   * Opens the SQL engine as {@link #openSession(PondTree)} does, for an export to a directory of
   * this machine; the caller closes it.
   *
   * @throws dev.duckpond.tinyfs.PondException.Usage when nothing can be exported there
   */
  default QuerySession openSession(PondTree tree, Path exportDirectory) {
    throw new PondException.Usage(
        "nothing can be exported to '" + exportDirectory + "' here", "", "Run it with 'pond run'.");
  }

  /**
   * Runs {@code work} as one transaction: all of its changes become visible, or none. The work sees
   * the newest state, which others may have changed since {@link #tree}.
   *
   * @return the transaction; empty when the work changed nothing
   * @throws dev.duckpond.tinyfs.PondException.Locked when another writer did not end within the
   *     patience of the command
   */
  Optional<CommittedTransaction> commit(Work work);

  /** Answers a directory for temporary files, which is removed after the run. */
  Path scratch();

  /** Answers the clock. */
  InstantSource clock();

  /** Prints a line of data to standard output. */
  void print(String line);

  /** Tells the user something on standard error, unless {@code --quiet} is given. */
  void note(String line);

  /** Warns the user on standard error. */
  void warn(String text);

  /** Tells whether the user wants to stop; a loop looks here between batches. */
  boolean isStopping();

  /**
   * Registers how something that takes long is ended when the user wants to stop, until the answer
   * is closed. The action runs on another thread.
   */
  Registration onStop(Runnable action);

  /** What one transaction of a run does. An exception from it ends it with nothing changed. */
  @FunctionalInterface
  interface Work {
    void change(Draft draft) throws IOException;
  }

  /** Ends a registration; may be closed twice. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
