package dev.duckpond.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads text line by line and holds no line beyond {@link #MAX_LINE_BYTES}, which is passed over.
 *
 * <p>Lines end with LF or CRLF, the last one with the file. Bytes that are not UTF-8 become U+FFFD.
 * One thread only.
 */
final class BoundedLines {
  /** The longest line that is read. */
  static final int MAX_LINE_BYTES = 16 << 20;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private byte[] line = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long number;
  private boolean isTooLong;

  BoundedLines(InputStream in) {
    this.in = in;
  }

  /** Answers the number of the line read last, from 1. */
  long number() {
    return number;
  }

  /** Tells whether the line read last was too long; its text is then only its beginning. */
  boolean isTooLong() {
    return isTooLong;
  }

  /** Reads the next line, without its end; null when there is none. */
  @Nullable String next() throws IOException {
    int length = 0;
    isTooLong = false;
    boolean hasLine = false;
    while (position < limit || fill()) {
      hasLine = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      length = append(length, end);
      boolean isComplete = end < limit;
      position = isComplete ? end + 1 : end;
      if (isComplete) {
        break;
      }
    }
    if (!hasLine) {
      return null;
    }
    number++;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    return number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK
        ? text.substring(1)
        : text;
  }

  private int append(int length, int end) {
    int wanted = end - position;
    int taken = Math.min(wanted, MAX_LINE_BYTES - length);
    isTooLong |= taken < wanted;
    if (length + taken > line.length) {
      line =
          Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, Math.max(line.length * 2, length + taken)));
    }
    System.arraycopy(buffer, position, line, length, taken);
    return length + taken;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }
}
