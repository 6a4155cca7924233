package dev.duckpond.formats;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Remembers the end of what was read. */
final class TailReader extends FilterReader {
  private static final int TAIL_CHARS = 1024;

  private final StringBuilder tail = new StringBuilder();

  TailReader(Reader in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read > 0) {
      int kept = Math.min(read, TAIL_CHARS);
      tail.append(target, offset + read - kept, kept);
      tail.delete(0, Math.max(0, tail.length() - TAIL_CHARS));
    }
    return read;
  }

  /** Answers the last characters that were read. */
  String tail() {
    return tail.toString();
  }
}
