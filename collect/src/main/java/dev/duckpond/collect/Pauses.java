package dev.duckpond.collect;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How to wait; a test does not. */
@FunctionalInterface
interface Pauses {
  /** Waits in truth; ends early when the thread is interrupted. */
  Pauses REAL =
      length -> {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos();
            left > 0 && !Thread.currentThread().isInterrupted();
            left = end - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
      };

  void pause(Duration length);
}
