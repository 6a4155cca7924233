package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Passes a stored content on and compares size and hash before its last bytes are handed out, so
 * that a damaged content is never served to its end.
 */
final class VerifyingStream extends InputStream {
  private final InputStream source;
  private final FileSeal written;
  private final BlobStore.Damage damage;
  private final MessageDigest digest = ContentHash.newDigest();
  private long readBytes;
  private boolean isVerified;

  VerifyingStream(InputStream source, FileSeal written, BlobStore.Damage damage) {
    this.source = source;
    this.written = written;
    this.damage = damage;
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
    if (readBytes > written.sizeBytes() || (count < 0 && readBytes < written.sizeBytes())) {
      throw damage.of("it has not the " + written.sizeBytes() + " bytes that were written");
    }
    if (readBytes == written.sizeBytes() && !isVerified) {
      ContentHash found = ContentHash.finish(digest);
      if (!found.equals(written.hash())) {
        throw damage.of("its SHA-256 is " + found + ", written was " + written.hash());
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
