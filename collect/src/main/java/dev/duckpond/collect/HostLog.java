package dev.duckpond.collect;

import dev.duckpond.tinyfs.EntryName;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A log file of this machine. What is read of it is counted. One thread only. */
final class HostLog {
  private final Path file;
  private long readBytes;

  HostLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Answers its name in the pond: its own, without what says that it is compressed. */
  EntryName name() {
    String name = String.valueOf(file.getFileName());
    return new EntryName(isCompressed() ? name.substring(0, name.lastIndexOf('.')) : name);
  }

  boolean isCompressed() {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") || name.endsWith(".bz2") || name.endsWith(".zst");
  }

  long sizeBytes() throws IOException {
    return Files.size(file);
  }

  long mtimeMillis() throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  /** Reads a sample of the first bytes of a plain file. */
  LogSample sample(long length) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      readBytes += 2 * Math.min(LogSample.BYTES, length);
      return LogSample.of(channel, length);
    }
  }

  /** Opens a plain file at an offset. */
  InputStream openAt(long offset) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file);
    channel.position(offset);
    return new Counted(Channels.newInputStream(channel));
  }

  /** Tells how many bytes of it were read. */
  long readBytes() {
    return readBytes;
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      readBytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      readBytes += Math.max(0, read);
      return read;
    }
  }
}
