package dev.duckpond.oplog;

import java.io.IOException;
import java.io.InputStream;

/** Passes a caller's stream on and remembers whether it was the stream that failed. */
final class Reading extends InputStream {
  private final InputStream source;
  private boolean failed;

  Reading(InputStream source) {
    this.source = source;
  }

  boolean hasFailed() {
    return failed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    boolean done = false;
    try {
      int count = source.read(target, offset, length);
      done = true;
      return count;
    } finally {
      failed = !done;
    }
  }
}
