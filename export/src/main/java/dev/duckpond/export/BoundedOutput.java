package dev.duckpond.export;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on, up to a number. The stream behind stays open. One thread only. */
final class BoundedOutput extends OutputStream {
  private final OutputStream out;
  private final long limit;
  private final Runnable tooMuch;
  private long written;

  /**
   * Makes it.
   *
   * @param tooMuch throws, before a byte beyond the limit is written
   */
  BoundedOutput(OutputStream out, long limit, Runnable tooMuch) {
    this.out = out;
    this.limit = limit;
    this.tooMuch = tooMuch;
  }

  @Override
  public void write(int b) throws IOException {
    count(1);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    count(length);
    out.write(bytes, offset, length);
  }

  private void count(int bytes) {
    written += bytes;
    if (written > limit) {
      tooMuch.run();
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
