package dev.duckpond.duckdb;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Stops what a session does when it takes longer than it may. The thread of the session does the
 * work, once; another one waits beside it.
 */
final class Deadline {
  private static final long MILLIS_PER_SECOND = 1000;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Duration limit;
  private final Runnable stop;
  private boolean isOver;

  /**
   * Makes it; time counts from {@link #run} on.
   *
   * @param stop stops the statement that runs, whichever it is
   */
  Deadline(Duration limit, Runnable stop) {
    this.limit = limit;
    this.stop = stop;
  }

  /**
   * Does the work.
   *
   * @param isStopped tells whether somebody else stopped it
   * @throws TooSlowException when the time was over
   */
  <T> T run(Supplier<T> work, BooleanSupplier isStopped) {
    Thread.ofVirtual().name("duckpond-deadline").start(this::await);
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw isOver() && !isStopped.getAsBoolean()
          ? new TooSlowException("it takes longer than " + words(), e)
          : e;
    } finally {
      end();
    }
  }

  private String words() {
    return limit.toMillis() % MILLIS_PER_SECOND == 0
        ? limit.toSeconds() + " s"
        : limit.toMillis() + " ms";
  }

  private void await() {
    try {
      if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        expire();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void expire() {
    // Under the lock, so that it never hits what runs after the end.
    if (ended.getCount() > 0) {
      isOver = true;
      stop.run();
    }
  }

  synchronized boolean isOver() {
    return isOver;
  }

  private synchronized void end() {
    ended.countDown();
  }
}
