package dev.duckpond.steward;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The right of one thread of this process to touch a lock file.
 *
 * <p>POSIX drops every lock that a process has on a file as soon as the process closes any
 * descriptor of it, so a second thread must not even open the file. That is a fact of the process,
 * hence the one table for all of it; it keeps an entry per pond that the process wrote to.
 * Thread-safe.
 */
final class ProcessSlot {
  private static final Map<Path, ProcessSlot> SLOTS = new ConcurrentHashMap<>();

  private final Semaphore free = new Semaphore(1, true);
  private volatile String holder = "";

  private ProcessSlot() {}

  /** Answers the slot of a lock file, the same one by whatever name its pond was opened. */
  static ProcessSlot of(Path lockFile) {
    return SLOTS.computeIfAbsent(real(lockFile.toAbsolutePath()), path -> new ProcessSlot());
  }

  private static Path real(Path lockFile) {
    Path directory = lockFile.getParent();
    try {
      return directory == null
          ? lockFile
          : directory.toRealPath().resolve(String.valueOf(lockFile.getFileName()));
    } catch (IOException e) {
      // Without a directory there is no lock file either; opening it will say so.
      return lockFile.normalize();
    }
  }

  /** Takes the slot, waiting up to {@code patience}; answers whether it could. */
  boolean take(Duration patience) {
    try {
      return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void release() {
    holder = "";
    free.release();
  }

  /** Keeps what the lock file says, for threads that may not read it. */
  void name(String text) {
    holder = text;
  }

  /** Answers what the lock file says, as far as this process wrote it. */
  String holder() {
    return holder;
  }
}
