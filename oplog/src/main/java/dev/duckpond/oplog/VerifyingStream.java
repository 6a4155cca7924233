package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Passes a stored content on and compares size and hash before its last bytes are handed out, so
 * that a damaged content is never served to its end.
 */
final class VerifyingStream extends InputStream {
  private final InputStream source;
  private final Path file;
  private final ContentHash expected;
  private final long sizeBytes;
  private final MessageDigest digest = ContentHash.newDigest();
  private long readBytes;
  private boolean isVerified;

  VerifyingStream(InputStream source, Path file, ContentHash expected, long sizeBytes) {
    this.source = source;
    this.file = file;
    this.expected = expected;
    this.sizeBytes = sizeBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = source.read(target, offset, length);
    if (count > 0) {
      digest.update(target, offset, count);
      readBytes += count;
    }
    if (readBytes > sizeBytes || (count < 0 && readBytes < sizeBytes)) {
      throw Trouble.corrupt(file, "it has not the " + sizeBytes + " bytes that were written");
    }
    if (readBytes == sizeBytes && !isVerified) {
      ContentHash found = ContentHash.finish(digest);
      if (!found.equals(expected)) {
        throw Trouble.corrupt(file, "its SHA-256 is " + found + ", written was " + expected);
      }
      isVerified = true;
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
