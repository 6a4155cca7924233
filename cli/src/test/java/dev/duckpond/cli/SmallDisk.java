package dev.duckpond.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small file system of its own in memory, for tests of a disk that is full or read-only.
 *
 * <p>Only the root user may mount one, and not in every container; a test that cannot is skipped
 * with the reason. Permissions of directories are no substitute: they do not bind that user.
 */
final class SmallDisk implements AutoCloseable {
  private static final byte[] PAGE = new byte[4096];

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts a disk on a new directory, or skips the test.
   *
   * @param size as mount takes it, such as {@code 2m}
   */
  static SmallDisk mount(Path directory, String size) {
    try {
      Files.createDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String refusal =
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    assumeTrue(refusal.isEmpty(), "a small disk cannot be mounted here: " + refusal);
    return new SmallDisk(directory);
  }

  /** Answers a path on the disk. */
  Path path(String name) {
    return directory.resolve(name);
  }

  /** Writes a file as large as it gets. */
  Path fill() throws IOException {
    Path filler = path("filler");
    while (true) {
      try {
        Files.write(filler, PAGE, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException full) {
        return filler;
      }
    }
  }

  /** Lets nobody write any more. */
  void makeReadOnly() {
    String refusal = run("mount", "-o", "remount,ro", directory.toString());
    assumeTrue(refusal.isEmpty(), "a disk cannot be made read-only here: " + refusal);
  }

  @Override
  public void close() {
    String refusal = run("umount", directory.toString());
    if (!refusal.isEmpty()) {
      throw new IllegalStateException("the disk stays mounted: " + refusal);
    }
  }

  /** Answers why a command failed; nothing when it did what it should. */
  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : command[0] + ": " + output.strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
