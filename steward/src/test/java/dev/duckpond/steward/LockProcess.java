package dev.duckpond.steward;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Another process that takes a write lock: {@code hold} keeps it until killed, {@code try} looks.
 */
final class LockProcess implements AutoCloseable {
  private final Process process;

  private LockProcess(Process process) {
    this.process = process;
  }

  public static void main(String[] args) throws IOException {
    try (WriteLock lock = WriteLock.acquire(Path.of(args[1]), Duration.ZERO)) {
      if (args[0].equals("try")) {
        System.out.println("free");
        return;
      }
      lock.name(
          new TransactionInfo(
              new TxnSeq(9),
              TxnId.of("01900000-0000-7000-8000-000000000009"),
              List.of("copy", "/from/elsewhere"),
              "bob",
              "buoy",
              Instant.parse("2026-01-02T03:04:05Z")));
      System.out.println("held");
      // Blocks until the test kills this process or dies itself.
      int ignored = System.in.read();
    } catch (PondException.Locked e) {
      System.out.println("locked");
    }
  }

  /** Starts a process that holds the lock of a file, and waits until it does. */
  static LockProcess hold(Path lockFile) throws IOException {
    LockProcess started = new LockProcess(start("hold", lockFile));
    String word = started.process.inputReader().readLine();
    if (!"held".equals(word)) {
      started.close();
      throw new IOException("the lock is not held: " + word);
    }
    return started;
  }

  /** Answers what another process finds: {@code free} or {@code locked}. */
  static String tryLock(Path lockFile) throws IOException {
    try (LockProcess started = new LockProcess(start("try", lockFile))) {
      return String.valueOf(started.process.inputReader().readLine());
    }
  }

  long pid() {
    return process.pid();
  }

  /** Kills the process and waits for its end. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static Process start(String what, Path lockFile) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LockProcess.class.getName(),
            what,
            lockFile.toString())
        .redirectErrorStream(true)
        .start();
  }
}
