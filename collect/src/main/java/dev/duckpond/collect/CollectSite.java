package dev.duckpond.collect;

import dev.duckpond.query.Execution;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A run as collectors see it. */
record CollectSite(Execution execution) {
  /** What one transaction does. An exception from it leaves the pond as it was. */
  @FunctionalInterface
  interface Work<T> {
    T run(Draft draft) throws IOException;
  }

  /** Opens the newest state. */
  PondTree read() {
    return execution.tree();
  }

  /** Changes the pond in one transaction and answers what the work answers. */
  <T> T write(Work<T> work) {
    AtomicReference<Optional<T>> answer = new AtomicReference<>(Optional.empty());
    execution.commit(draft -> answer.set(Optional.of(work.run(draft))));
    return answer.get().orElseThrow();
  }

  /** Opens the SQL engine; it may read and write files in {@link #scratch}. */
  QuerySession query(PondTree tree) {
    return execution.openSession(tree);
  }

  Path scratch() {
    return execution.scratch();
  }

  InstantSource clock() {
    return execution.clock();
  }

  /** Prints a result; names in it come from elsewhere, and are made fit for a terminal. */
  void tell(String line) {
    execution.print(TerminalText.escaped(line));
  }

  /** Tells something to who looks on; it is no result. */
  void note(String line) {
    execution.note(line);
  }

  void warn(String line) {
    execution.warn(line);
  }

  /**
   * Goes on, unless the user wants to stop.
   *
   * @throws PondException.Failed when they do
   */
  void requireGoingOn() {
    if (execution.isStopping()) {
      throw new PondException.Failed(
          "stopped", "what was committed stays", "", new InterruptedException());
    }
  }
}
