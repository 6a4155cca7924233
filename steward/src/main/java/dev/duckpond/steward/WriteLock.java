package dev.duckpond.steward;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TransactionInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The one right to write to a pond: a lock of the operating system on {@code $POND/lock}, which
 * ends with the process that holds it, however it ends.
 *
 * <p>The file's text names the holder while it writes and is empty otherwise; text found in it by
 * the next holder is what a crash left, and stays until it is {@link #forgetInterrupted recorded
 * elsewhere}. Used by one thread.
 */
final class WriteLock implements AutoCloseable {
  /** How long to wait between two attempts, at first and at most. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(2);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  /** How often to look for the name of a holder who has not written it yet, and how far apart. */
  private static final int HOLDER_LOOKS = 20;

  private static final Duration HOLDER_PAUSE = Duration.ofMillis(5);

  /** More text than any holder writes; what is longer is not read. */
  private static final int MAX_TEXT_BYTES = 1 << 20;

  /** Text of interrupted holders that is kept; more than that gives way to the next holder. */
  private static final int MAX_KEPT_BYTES = 64 << 10;

  private final ProcessSlot slot;
  private final FileChannel file;
  private final FileLock lock;
  private final String leftover;
  // How much of the file is the text of interrupted holders, who are not recorded yet.
  private long keptBytes;
  private boolean closed;

  private WriteLock(ProcessSlot slot, FileChannel file, FileLock lock, String leftover) {
    this.slot = slot;
    this.file = file;
    this.lock = lock;
    this.leftover = leftover;
    int leftoverBytes = leftover.getBytes(StandardCharsets.UTF_8).length;
    this.keptBytes = leftover.isBlank() || leftoverBytes > MAX_KEPT_BYTES ? 0 : leftoverBytes;
  }

  /**
   * Takes the lock, waiting up to {@code patience}.
   *
   * @throws PondException.Locked when another process, or another thread of this one, still holds
   *     it
   */
  static WriteLock acquire(Path path, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    ProcessSlot slot = ProcessSlot.of(path);
    if (!slot.take(patience)) {
      throw locked(path, slot.holder(), patience);
    }
    try {
      return acquire(slot, path, deadline, patience);
    } catch (IOException | RuntimeException e) {
      slot.release();
      throw e;
    }
  }

  private static WriteLock acquire(ProcessSlot slot, Path path, long deadline, Duration patience)
      throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = waitFor(file, deadline);
      if (lock == null) {
        throw locked(path, readHolder(file), patience);
      }
      return new WriteLock(slot, file, lock, read(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Looks at the lock without waiting; where there is no lock file nobody can be at work. Reading
   * is enough, so a pond that cannot be written can be looked at, too.
   */
  static WriterState look(Path path) {
    ProcessSlot slot = ProcessSlot.of(path);
    if (!slot.take(Duration.ZERO)) {
      return WriterState.AT_WORK;
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      if (read(file).isBlank()) {
        // Not even looked at the lock: that would stand in the way of a writer who will not wait.
        return WriterState.NONE;
      }
      FileLock lock = file.tryLock(0, Long.MAX_VALUE, true);
      if (lock == null) {
        return WriterState.AT_WORK;
      }
      // Read again: the writer may have ended well between the two looks.
      return read(file).isBlank() ? WriterState.NONE : WriterState.INTERRUPTED;
    } catch (IOException e) {
      return WriterState.NONE;
    } finally {
      slot.release();
    }
  }

  /** Tells whether the last holder ended without letting go. */
  boolean wasInterrupted() {
    return !leftover.isBlank();
  }

  /** Lists who that was, the last one at the end; torn texts name nobody. */
  List<LockHolder> interrupted() {
    return LockHolder.parseAll(leftover);
  }

  /** Names this process as the holder, from now until {@link #clear}. */
  void name(TransactionInfo transaction) throws IOException {
    String holder = new LockHolder(ProcessHandle.current().pid(), transaction).toJson();
    slot.name(holder);
    write(keptBytes == 0 || leftover.endsWith("\n") ? holder : "\n" + holder);
  }

  /** Says that nothing of this holder is left to recover. */
  void clear() throws IOException {
    slot.name("");
    write("");
  }

  /** Says that nothing of interrupted holders is left to recover, either. */
  void forgetInterrupted() throws IOException {
    keptBytes = 0;
    clear();
  }

  /**
   * Lets go of the lock; what the file says stays. Closing twice is harmless.
   *
   * <p>Trouble with it is no trouble of what was written: the lock ends with the process at last.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (file) {
      lock.release();
    } catch (IOException e) {
      LoggerFactory.getLogger(WriteLock.class).warn("the write lock was not let go properly", e);
    } finally {
      slot.release();
    }
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    file.truncate(keptBytes);
    try {
      for (long at = keptBytes; bytes.hasRemaining(); ) {
        at += file.write(bytes, at);
      }
    } catch (IOException e) {
      // Half a name, as a full disk leaves it, would look like a crash.
      file.truncate(keptBytes);
      throw e;
    }
  }

  /** Reads who holds the lock; one who has just taken it gets a moment to write that down. */
  private static String readHolder(FileChannel file) throws IOException {
    String text = read(file);
    for (int look = 1; look < HOLDER_LOOKS && LockHolder.parse(text).isEmpty(); look++) {
      LockSupport.parkNanos(HOLDER_PAUSE.toNanos());
      text = read(file);
    }
    return text;
  }

  private static String read(FileChannel file) throws IOException {
    long size = Math.min(file.size(), MAX_TEXT_BYTES);
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    long at = 0;
    while (bytes.hasRemaining()) {
      int count = file.read(bytes, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  private static @Nullable FileLock waitFor(FileChannel file, long deadline) throws IOException {
    long pauseNanos = FIRST_PAUSE.toNanos();
    while (true) {
      FileLock lock = file.tryLock();
      long leftNanos = deadline - System.nanoTime();
      if (lock != null || leftNanos <= 0 || Thread.currentThread().isInterrupted()) {
        return lock;
      }
      // The operating system can wait for a lock, but not with a limit: so this asks again and
      // again.
      LockSupport.parkNanos(Math.min(pauseNanos, leftNanos));
      pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE.toNanos());
    }
  }

  private static PondException locked(Path path, String text, Duration patience) {
    String holder = LockHolder.parse(text).map(LockHolder::describe).orElse("another process");
    return new PondException.Locked(
        "the pond is being written to (lock " + path + ")",
        "held by " + holder + "; waited " + patience.toSeconds() + " s",
        "Wait for it to end and try again, or wait longer with --lock-timeout.");
  }
}
