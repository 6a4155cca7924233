package dev.duckpond.oplog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Brings a written data file into a Delta table: the file durable first, then its commit. */
final class FilePublication {
  private FilePublication() {}

  /** Names the file in a Delta commit; an {@link IOException} means that it certainly did not. */
  interface Naming {
    Published name() throws IOException;
  }

  /**
   * Moves {@code staged} to {@code target} and has it named. The target is taken away again only
   * when it is certain that no commit names it.
   */
  static Published publish(Path staged, Path target, Naming naming) throws IOException {
    try {
      Durable.syncFile(staged);
      Files.createDirectories(Durable.parent(target));
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      Durable.syncDirectory(Durable.parent(target));
      Published published = naming.name();
      if (published instanceof Published.Taken) {
        Files.deleteIfExists(target);
      }
      return published;
    } catch (IOException e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }
}
