package dev.duckpond.steward;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that keeps a directory for temporary files alive. */
final class LivingRun implements AutoCloseable {
  private final Process process;
  private final Path path;

  private LivingRun(Process process, Path path) {
    this.process = process;
    this.path = path;
  }

  public static void main(String[] args) throws IOException {
    Path run = Files.createDirectories(Path.of(args[0]));
    try (FileChannel channel =
            FileChannel.open(
                run.resolve("alive"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      System.out.println(lock.isValid() ? "alive" : "not alive");
      // Blocks until the test kills this process or dies itself.
      int ignored = System.in.read();
    }
  }

  static LivingRun start(Path run) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LivingRun.class.getName(),
                run.toString())
            .redirectErrorStream(true)
            .start();
    LivingRun started = new LivingRun(process, run);
    String word = process.inputReader().readLine();
    if (!"alive".equals(word)) {
      started.close();
      throw new IOException("the other run did not start: " + word);
    }
    return started;
  }

  Path path() {
    return path;
  }

  /** Kills the process, which leaves its directory, and waits for its end. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
