package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes to one standard stream, as text in UTF-8 or as bytes, buffered.
 *
 * <p>Remembers when the reader of the stream went away: the command then ends quietly, whatever
 * exception that became on its way up. One thread only.
 */
final class CliOutput {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream stream;
  private boolean readerGone;
  private long bytes;

  CliOutput(OutputStream target) {
    this.stream = new BufferedOutputStream(new Watched(target), BUFFER_BYTES);
  }

  /** Answers the stream for bytes; flushing is allowed, closing it only flushes. */
  OutputStream stream() {
    return stream;
  }

  /** Writes text as it is. */
  CliOutput print(String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed(e);
    }
    return this;
  }

  /** Writes text and the end of a line. */
  CliOutput line(String text) {
    return print(text).print("\n");
  }

  /** Hands everything to the reader. */
  void flush() {
    try {
      stream.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Counts the bytes that were handed to the reader. */
  long bytes() {
    return bytes;
  }

  /** Tells whether writing failed because nobody reads any more. */
  boolean isReaderGone() {
    return readerGone;
  }

  private static PondException failed(IOException cause) {
    return HostTrouble.of("cannot write the output", "", cause);
  }

  /** Sees the failures of the stream below; never closes it. */
  private final class Watched extends OutputStream {
    private final OutputStream target;

    Watched(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      try {
        target.write(buffer, offset, length);
        bytes += length;
      } catch (IOException e) {
        throw noted(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        target.flush();
      } catch (IOException e) {
        throw noted(e);
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }

    private IOException noted(IOException failure) {
      String text = HostTrouble.reason(failure).toLowerCase(Locale.ROOT);
      readerGone = readerGone || text.contains("broken pipe") || text.contains("pipe closed");
      return failure;
    }
  }
}
