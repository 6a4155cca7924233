package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A log file of this machine. What is read of it is counted. One thread only. */
final class HostLog {
  private final Path file;
  private final PondPath target;
  private long readBytes;

  /**
   * Names a file.
   *
   * @param target where it goes in the pond
   */
  HostLog(Path file, PondPath target) {
    this.file = file;
    this.target = target;
  }

  /**
   * Answers where a file goes: below the directory of the pond as it lies below the folder that its
   * pattern begins with, without what says that it is packed.
   */
  static HostLog of(Path file, HostGlob glob, PondPath directory) {
    String name = glob.base().relativize(file).toString();
    String plain =
        isPackedName(String.valueOf(file.getFileName()))
            ? name.substring(0, name.lastIndexOf('.'))
            : name;
    return new HostLog(file, directory.resolve(plain));
  }

  Path file() {
    return file;
  }

  /** Answers its path in the pond, unless another log has that. */
  PondPath target() {
    return target;
  }

  boolean isPacked() {
    return isPackedName(String.valueOf(file.getFileName()));
  }

  private static boolean isPackedName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean hasEnding = lower.endsWith(".gz") || lower.endsWith(".bz2") || lower.endsWith(".zst");
    return hasEnding && lower.lastIndexOf('.') > 0;
  }

  FileStat stat() throws IOException {
    return FileStat.of(file);
  }

  /**
   * Makes sure that it was neither rotated nor truncated since.
   *
   * @throws PondException.Conflict when it was
   */
  void requireSame(FileStat before) throws IOException {
    FileStat now = stat();
    if (now.inode() != before.inode() || now.sizeBytes() < before.sizeBytes()) {
      throw changed("it was rotated while it was read");
    }
  }

  /** Says that something happened to it meanwhile. */
  PondException changed(String how) {
    return new PondException.Conflict(
        "'" + file + "' cannot be taken in", how, "The next run takes it.");
  }

  /** Says that it cannot be taken in. */
  PondException unreadable(IOException e) {
    return HostFailure.of("'" + file + "' cannot be taken in", e);
  }

  /** Reads a sample of the first bytes of the file as it lies there. */
  LogSample sample(long length) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      readBytes += 2 * Math.min(LogSample.BYTES, length);
      return LogSample.of(channel, length);
    }
  }

  /** Tells whether it begins with all bytes of another file, or is the same. */
  boolean hasBeginning(HostLog other) throws IOException {
    long differs = Files.mismatch(file, other.file);
    return differs < 0 || differs == other.stat().sizeBytes();
  }

  /** Tells whether a line is followed by more. */
  boolean hasSeveralLines() throws IOException {
    try (InputStream in = new BufferedInputStream(openAt(0))) {
      for (int one = in.read(); one >= 0; one = in.read()) {
        if (one == '\n') {
          return in.read() >= 0;
        }
      }
      return false;
    }
  }

  /**
   * Finds the log that was taken from it by its number (inode) and by all that was taken; of
   * several, the longest.
   *
   * @param stat what the system says of it
   */
  Optional<KnownLog> findLog(FileStat stat, List<KnownLog> logs) throws IOException {
    List<KnownLog> candidates =
        logs.stream()
            .filter(log -> stat.isLaterLookAt(log.note().stat()))
            .sorted(Comparator.comparingLong(KnownLog::sizeBytes).reversed())
            .toList();
    for (KnownLog log : candidates) {
      if (log.looksLikeBeginningOf(this, stat.sizeBytes()) && log.isBeginningOf(this)) {
        return Optional.of(log);
      }
    }
    return Optional.empty();
  }

  /** Opens it, as it lies there, at an offset. */
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
