package dev.duckpond.oplog;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.LoggerFactory;

/** Removes the hidden names of files that a killed process was about to put in place. */
final class UnfinishedFiles {
  /**
   * Readers write to the cache without a lock; what has not changed for so long, none of them is
   * still writing.
   */
  private static final Duration CACHE_PATIENCE = Duration.ofMinutes(10);

  private UnfinishedFiles() {}

  /** Removes what is older than the taking of the lock; trouble with one file is passed over. */
  static int discard(PondLayout layout, Instant lockedAt) {
    return discard(layout.deltaLog(), 1, lockedAt)
        + discard(layout.control().resolve("_delta_log"), 1, lockedAt)
        + discard(layout.cache(), Integer.MAX_VALUE, lockedAt.minus(CACHE_PATIENCE));
  }

  private static int discard(Path directory, int depth, Instant before) {
    Removal removal = new Removal(before);
    try {
      if (Files.isDirectory(directory)) {
        Files.walkFileTree(directory, java.util.Set.of(), depth, removal);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(UnfinishedFiles.class)
          .warn("Unfinished files may stay in {}", directory, e);
    }
    return removal.count;
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    private final Instant before;
    private int count;

    Removal(Instant before) {
      this.before = before;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
      if (facts.isRegularFile()
          && Durable.isHidden(file)
          && facts.lastModifiedTime().toInstant().isBefore(before)) {
        try {
          count += Files.deleteIfExists(file) ? 1 : 0;
        } catch (IOException e) {
          LoggerFactory.getLogger(UnfinishedFiles.class)
              .warn("The unfinished file {} stays", file, e);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException trouble) {
      return FileVisitResult.CONTINUE;
    }
  }
}
