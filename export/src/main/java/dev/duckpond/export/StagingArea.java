package dev.duckpond.export;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * A directory on the file system of the export for files that are not complete yet. Their names end
 * in nothing that a reader of the export would look for.
 *
 * <p>Files are hashed by threads of its own while the engine writes the next, and made durable all
 * together at the end: the system has written most of their bytes by then, and its own journal is
 * written once and not for every file. Used by one thread. Closing waits for those threads; what is
 * in the directory stays.
 */
final class StagingArea implements AutoCloseable {
  /** How many files may wait to be hashed. */
  private static final int MAX_WAITING = 8;

  /** Enough to keep up with the engine, which compresses more slowly than this hashes. */
  private static final int THREADS = 2;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path directory;
  private final FileOperations files;
  private final ExecutorService finisher =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("pond-export-finish").factory());
  private final Semaphore waiting = new Semaphore(MAX_WAITING);
  private long used;

  StagingArea(Path directory, FileOperations files) {
    this.directory = directory;
    this.files = files;
  }

  /** Answers the place for another file; the directory is made when it is not there. */
  Path next() throws IOException {
    if (used == 0) {
      // Not synchronised: nobody needs it after a crash.
      files.makeDirectories(directory).clear();
    }
    used++;
    return directory.resolve(Long.toString(used) + ".part");
  }

  /** Makes written files durable. */
  void sync(List<Path> written) throws IOException {
    files.sync(written);
  }

  /** Hashes a written file, meanwhile. */
  Future<ContentHash> finish(Path file) {
    waiting.acquireUninterruptibly();
    return finisher.submit(() -> {
      try {
        return hash(file);
      } finally {
        waiting.release();
      }
    });
  }

  static ContentHash hash(Path file) throws IOException {
    MessageDigest digest = ContentHash.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return ContentHash.finish(digest);
  }

  /** Removes the directory and what is in it, if it is there. */
  void clear() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> all = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      walk.forEach(all::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    all.sort(Comparator.reverseOrder());
    for (Path path : all) {
      files.delete(path);
    }
    used = 0;
  }

  @Override
  public void close() {
    finisher.close();
  }
}
