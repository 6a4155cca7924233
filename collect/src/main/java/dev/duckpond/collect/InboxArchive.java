package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Where files go once they are in.
 *
 * @param directory empty when they stay where they are
 */
record InboxArchive(Optional<Path> directory) {
  private static final int SHORT_HASH_CHARS = 8;

  /** What was seen of a file that is in. */
  record Seen(ContentHash hash, long sizeBytes, long mtimeMillis) {}

  /**
   * Moves a file out of the inbox, when that is wanted and it is as it was taken in.
   *
   * @throws PondException when it cannot be moved; it is in all the same
   */
  void move(Path file, Seen seen) {
    try {
      moveAsTaken(file, seen);
    } catch (IOException e) {
      throw new PondException.Failed(
          "'"
              + file
              + "' is in, but cannot be moved to "
              + directory.map(Path::toString).orElse(""),
          HostFailure.reason(e),
          "Correct 'archive_to', or see that this user may write there and take files away from"
              + " here.",
          e);
    }
  }

  private void moveAsTaken(Path file, Seen seen) throws IOException {
    boolean isAsTaken =
        Files.exists(file)
            && Files.size(file) == seen.sizeBytes()
            && Arrival.mtimeMillis(file) == seen.mtimeMillis();
    if (directory.isEmpty() || !isAsTaken) {
      return;
    }
    Path target = Files.createDirectories(directory.get());
    String name = String.valueOf(file.getFileName());
    String hash = seen.hash().hex();
    for (String free : List.of(name, hash.substring(0, SHORT_HASH_CHARS) + "-" + name)) {
      if (!Files.exists(target.resolve(free))) {
        Files.move(file, target.resolve(free));
        return;
      }
    }
    // What is there has the same content.
    Files.move(file, target.resolve(hash + "-" + name), StandardCopyOption.REPLACE_EXISTING);
  }
}
