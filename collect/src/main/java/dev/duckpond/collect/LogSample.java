package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * The first bytes of a log and the last ones before an offset, hashed: enough to see that a file
 * goes on where it was left, without reading what lies between.
 */
record LogSample(ContentHash head, ContentHash tail) {
  /** How many bytes are looked at, on either side. */
  static final int BYTES = 256;

  /** Reads the sample of the first {@code length} bytes of a file that has at least as many. */
  static LogSample of(SeekableByteChannel file, long length) throws IOException {
    int size = (int) Math.min(BYTES, length);
    return new LogSample(hash(file, 0, size), hash(file, length - size, size));
  }

  /** Answers both as one hash. */
  ContentHash hash() {
    return ContentHash.of((head.hex() + tail.hex()).getBytes(StandardCharsets.US_ASCII));
  }

  private static ContentHash hash(SeekableByteChannel file, long from, int size)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    file.position(from);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // reads on
    }
    byte[] read = new byte[bytes.position()];
    bytes.flip().get(read);
    return ContentHash.of(read);
  }
}
