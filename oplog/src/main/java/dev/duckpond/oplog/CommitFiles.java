package dev.duckpond.oplog;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Checks the commit files that a reader of the whole log builds upon. */
final class CommitFiles {
  private CommitFiles() {}

  /**
   * Checks every commit after the newest checkpoint: that it is there, and whole. What is before it
   * is not read by anybody.
   *
   * @throws dev.duckpond.tinyfs.PondException.Corrupt naming the first that is damaged
   */
  static void requireWhole(Path deltaLog) throws IOException {
    NavigableSet<Long> commits = new TreeSet<>();
    long checkpoint = -1;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(deltaLog)) {
      for (Path file : files) {
        if (DeltaNames.isCommit(file)) {
          commits.add(DeltaNames.version(file));
        } else if (DeltaNames.isCheckpoint(file)) {
          checkpoint = Math.max(checkpoint, DeltaNames.version(file));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    long last = commits.isEmpty() ? checkpoint : commits.last();
    for (long version = checkpoint + 1; version <= last; version++) {
      Path file = DeltaNames.commit(deltaLog, version);
      if (!commits.contains(version)) {
        throw Trouble.corrupt(file, "it is missing");
      }
      CommitFile.read(file);
    }
  }
}
