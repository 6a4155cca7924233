package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Size and hash of a file as it was written. */
record FileSeal(ContentHash hash, long sizeBytes) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Reads a whole file. */
  static FileSeal of(Path file) throws IOException {
    MessageDigest digest = ContentHash.newDigest();
    long sizeBytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        sizeBytes += n;
      }
    }
    return new FileSeal(ContentHash.finish(digest), sizeBytes);
  }
}
