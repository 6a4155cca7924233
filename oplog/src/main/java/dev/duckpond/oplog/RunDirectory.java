package dev.duckpond.oplog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of one running process in {@code tmp/}, for staging and spill, gone when closed.
 *
 * <p>A lock on the file {@code alive} in it tells other processes that it is in use; the operating
 * system drops the lock when the process dies, so a killed run is recognised without its help.
 * Thread-safe. Closing twice is harmless.
 */
public final class RunDirectory implements AutoCloseable {
  private static final String PREFIX = "pid-";
  private static final String ALIVE = "alive";
  private static final String GUARD = ".guard";

  // Closing any channel of a file drops this process's locks on it (POSIX), so a directory of our
  // own must never be probed; its name alone does not tell, since a number of a dead process
  // returns. Real paths, since a pond may be opened by several names.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final @Nullable FileChannel alive;

  private RunDirectory(Path path, @Nullable FileChannel alive) {
    this.path = path;
    this.alive = alive;
  }

  /**
   * Makes a directory for this process; in the system's temporary directory when the pond cannot be
   * written, so that a read-only pond can still be read.
   */
  public static RunDirectory open(PondLayout layout) throws IOException {
    if (!isUsable(layout.tmp())) {
      return new RunDirectory(Files.createTempDirectory("duckpond-").toRealPath(), null);
    }
    Path tmp = layout.tmp().toRealPath();
    Path path = tmp.resolve(PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
    OURS.add(path);
    try {
      return guarded(tmp, () -> create(path));
    } catch (IOException e) {
      OURS.remove(path);
      throw e;
    }
  }

  private static boolean isUsable(Path tmp) {
    try {
      Files.createDirectories(tmp);
      return Files.isWritable(tmp);
    } catch (IOException e) {
      return false;
    }
  }

  private static RunDirectory create(Path path) throws IOException {
    Files.createDirectory(path);
    FileChannel channel =
        FileChannel.open(
            path.resolve(ALIVE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException("the new file " + path.resolve(ALIVE) + " is locked by somebody else");
    }
    return new RunDirectory(path, channel);
  }

  /** Answers the directory. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      if (alive == null) {
        deleteTree(path);
      } else if (alive.isOpen()) {
        close(alive);
      }
    } catch (IOException e) {
      log().warn("Temporary files stay in {} until the next write", path, e);
    } finally {
      OURS.remove(path);
    }
  }

  /**
   * Deletes the directory. The lock goes last, and under the guard: without it a recovery would
   * take the rest for that of a dead run, and two would delete the same files.
   */
  private void close(FileChannel lock) throws IOException {
    try (lock) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
        for (Path each : all) {
          if (!each.endsWith(ALIVE)) {
            deleteTree(each);
          }
        }
      }
      guarded(
          Durable.parent(path),
          () -> {
            lock.close();
            deleteTree(path);
            return path;
          });
    }
  }

  /**
   * Removes the directories of dead runs, and answers their names. Directories of living processes
   * stay.
   */
  public static List<String> discardLeftovers(PondLayout layout) throws IOException {
    if (!Files.isDirectory(layout.tmp())) {
      return List.of();
    }
    Path tmp = layout.tmp().toRealPath();
    return guarded(tmp, () -> discard(tmp));
  }

  private static List<String> discard(Path tmp) throws IOException {
    List<String> discarded = new ArrayList<>();
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(tmp, PREFIX + "*")) {
      for (Path run : runs) {
        if (!OURS.contains(run) && isDead(run)) {
          deleteTree(run);
          discarded.add(String.valueOf(run.getFileName()));
        }
      }
    }
    return discarded;
  }

  private static boolean isDead(Path run) throws IOException {
    try (FileChannel channel = FileChannel.open(run.resolve(ALIVE), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException e) {
      // Under the guard no run is between making its directory and locking it.
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  // File locks are held by the process, so threads of one process need a monitor as well.
  private static <T> T guarded(Path tmp, Step<T> step) throws IOException {
    synchronized (OURS) {
      try (FileChannel guard =
              FileChannel.open(
                  tmp.resolve(GUARD), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = guard.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock on " + tmp.resolve(GUARD) + " was lost");
        }
        return step.run();
      }
    }
  }

  /** Deletes a directory and all below it; a link is deleted, not followed. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException trouble)
              throws IOException {
            if (trouble != null) {
              throw trouble;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  // Looked up when needed: starting the logging library costs a quick command tens of milliseconds.
  private static Logger log() {
    return LoggerFactory.getLogger(RunDirectory.class);
  }
}
