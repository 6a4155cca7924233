package dev.duckpond.duckdb;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops what a session does when it takes longer than it may. The thread of the session opens and
 * closes it; another one waits beside it.
 */
final class Deadline implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable stop;
  private boolean isOver;

  Deadline(Duration limit, Runnable stop) {
    this.stop = stop;
    Thread.ofVirtual()
        .name("duckpond-deadline")
        .start(() -> {
          try {
            if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
              expire();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
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

  @Override
  public synchronized void close() {
    ended.countDown();
  }
}
