package dev.duckpond.oplog;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads a file of this machine from any position, buffered. Not thread-safe. */
final class SeekableFile extends SeekableInputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  SeekableFile(Path file) throws IOException {
    channel = FileChannel.open(file);
  }

  @Override
  public long getPos() throws IOException {
    return channel.position() - buffer.remaining();
  }

  @Override
  public void seek(long position) throws IOException {
    channel.position(position);
    buffer.position(0).limit(0);
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : Byte.toUnsignedInt(buffer.get());
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }

  @Override
  public void readFully(byte[] target, int offset, int length) throws IOException {
    if (readNBytes(target, offset, length) < length) {
      throw new EOFException("the file ends early");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private boolean isAtEnd() throws IOException {
    if (buffer.hasRemaining()) {
      return false;
    }
    buffer.clear();
    int count = channel.read(buffer);
    buffer.flip();
    return count <= 0;
  }
}
