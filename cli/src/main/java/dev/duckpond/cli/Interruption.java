package dev.duckpond.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Carries the wish to stop from Ctrl-C to what is running.
 *
 * <p>A command registers how its work is cancelled (a statement, a transaction) for as long as that
 * work runs. Safe for use by several threads.
 */
public final class Interruption {
  private final Deque<Runnable> cancellations = new ArrayDeque<>();
  private boolean requested;

  /**
   * Registers how running work is cancelled, until the answer is closed.
   *
   * <p>The action runs on the thread that asks to stop, so it must be safe to call from there and
   * come back soon. When stopping was asked for already, it runs at once, here.
   */
  public Registration register(Runnable cancellation) {
    boolean late;
    synchronized (this) {
      late = requested;
      if (!late) {
        cancellations.push(cancellation);
      }
    }
    if (late) {
      cancellation.run();
    }
    return () -> forget(cancellation);
  }

  /** Tells whether stopping was asked for. A loop without a statement looks here now and then. */
  public synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Asks everything registered to stop, the latest first; a second call does nothing.
   *
   * @return how many pieces of work were asked
   */
  public int request() {
    List<Runnable> running;
    synchronized (this) {
      if (requested) {
        return 0;
      }
      requested = true;
      running = new ArrayList<>(cancellations);
      cancellations.clear();
    }
    running.forEach(Runnable::run);
    return running.size();
  }

  private synchronized void forget(Runnable cancellation) {
    cancellations.remove(cancellation);
  }

  /** Ends a registration; may be closed twice. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
