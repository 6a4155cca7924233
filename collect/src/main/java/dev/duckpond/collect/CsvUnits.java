package dev.duckpond.collect;

import dev.duckpond.query.PondUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a CSV file by bytes, or by pairs of bytes where it is UTF-16: enough to tell delimiters,
 * quotes and line ends of ASCII from all else.
 */
final class CsvUnits implements AutoCloseable {
  static final int NONE = -1;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int BYTE_BITS = 8;
  private static final int BYTE_MASK = 0xFF;

  private final InputStream in;
  private final int widthBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int filled;

  private CsvUnits(InputStream in, int widthBytes) {
    this.in = in;
    this.widthBytes = widthBytes;
  }

  /** Opens a file at its beginning. */
  static CsvUnits open(Path file, PondUrl format) throws IOException {
    return new CsvUnits(Files.newInputStream(file), widthBytes(format));
  }

  /** Answers how many bytes are a unit. */
  static int widthBytes(PondUrl format) {
    return format.options().getOrDefault("encoding", "").equals("utf-16") ? 2 : 1;
  }

  /** Answers the unit of two bytes; the engine reads UTF-16 with the lower first. */
  static int pair(int first, int second) {
    return first | (second << BYTE_BITS);
  }

  /** Answers the next unit, or {@link #NONE}; half a unit is none. */
  int next() throws IOException {
    int first = nextByte();
    if (first == NONE || widthBytes == 1) {
      return first;
    }
    int second = nextByte();
    return second == NONE ? NONE : pair(first, second);
  }

  private int nextByte() throws IOException {
    if (at == filled) {
      filled = in.readNBytes(buffer, 0, BUFFER_BYTES);
      at = 0;
    }
    return filled == 0 ? NONE : buffer[at++] & BYTE_MASK;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
