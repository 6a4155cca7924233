package dev.duckpond.oplog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A commit of the operation log, known by its number and its bytes.
 *
 * @param checksum CRC-32C of the commit file
 */
record LogPosition(long version, long sizeBytes, int checksum) {
  /** Finds commit {@code version}; empty when there is no such file. */
  static Optional<LogPosition> find(Path deltaLog, long version) throws IOException {
    try {
      byte[] content = Files.readAllBytes(DeltaNames.commit(deltaLog, version));
      CRC32C crc = new CRC32C();
      crc.update(content);
      return Optional.of(new LogPosition(version, content.length, (int) crc.getValue()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
