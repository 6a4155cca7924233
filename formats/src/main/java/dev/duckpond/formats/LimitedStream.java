package dev.duckpond.formats;

import dev.duckpond.tinyfs.PondException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to give more than a number of bytes. */
final class LimitedStream extends FilterInputStream {
  private final String label;
  private final long maxBytes;
  private long bytes;

  LimitedStream(InputStream in, String label, long maxBytes) {
    super(in);
    this.label = label;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    bytes += Math.max(0, read);
    if (bytes > maxBytes) {
      throw new PondException.Invalid(
          "'" + label + "' is too large a page",
          "it has more than " + maxBytes + " bytes",
          "Export a shorter time, or as CSV.");
    }
    return read;
  }
}
