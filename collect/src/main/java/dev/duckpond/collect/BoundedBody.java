package dev.duckpond.collect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that fails where it becomes longer than it may. */
final class BoundedBody extends FilterInputStream {
  private final long limitBytes;
  private long left;

  BoundedBody(InputStream in, long limitBytes) {
    super(in);
    this.limitBytes = limitBytes;
    this.left = limitBytes;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    return one < 0 ? one : count(1, one);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    return read <= 0 ? read : count(read, read);
  }

  private int count(int bytes, int answer) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new TooLongException("the answer is longer than " + limitBytes + " bytes");
    }
    return answer;
  }
}
