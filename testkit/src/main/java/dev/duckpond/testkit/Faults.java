package dev.duckpond.testkit;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Counts the operations that change files in a {@link FaultyFileSystem}, and lets one go wrong.
 *
 * <p>Thread-safe. Nothing is counted before {@link #arm}.
 */
public final class Faults {
  private final FaultKind kind;
  private final long number;
  private long counted;
  private boolean isArmed;
  private boolean isStopped;
  private String struck = "";

  /**
   * Chooses what goes wrong.
   *
   * @param number which operation, from 1
   */
  public Faults(FaultKind kind, long number) {
    if (number < 1) {
      throw new IllegalArgumentException("operations are counted from 1, not " + number);
    }
    this.kind = kind;
    this.number = number;
  }

  /** Stands for the end of the process; an error, so that nobody takes it for trouble to handle. */
  public static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Counts from now on. */
  public synchronized void arm() {
    isArmed = true;
  }

  /** Counts no more; what comes now works, unless the process has ended. */
  public synchronized void disarm() {
    isArmed = false;
  }

  /** Answers the operation and the file that went wrong first; empty when none did. */
  public synchronized String struck() {
    return struck;
  }

  /** Says that something is about to be changed. */
  synchronized void change(FileChange change, Path file) throws IOException {
    look();
    if (!isArmed) {
      return;
    }
    counted++;
    switch (kind) {
      case ONE_ERROR -> {
        if (counted == number) {
          strike(change, file);
          throw new FileSystemException(file.toString(), null, "Input/output error");
        }
      }
      case DISK_FULL -> {
        if (counted >= number && change.needsRoom()) {
          strike(change, file);
          throw new FileSystemException(file.toString(), null, "No space left on device");
        }
      }
      case STOP -> {
        if (counted >= number) {
          strike(change, file);
          isStopped = true;
          throw new Stopped();
        }
      }
    }
  }

  /** Says that something is about to be looked at. */
  synchronized void look() {
    if (isStopped) {
      throw new Stopped();
    }
  }

  private void strike(FileChange change, Path file) {
    if (struck.isEmpty()) {
      struck = counted + " " + change + " " + file;
    }
  }
}
