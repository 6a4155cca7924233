package dev.duckpond.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An open file of a {@link FaultyFileSystem}. A write that goes wrong has written half. */
final class FaultyChannel extends FileChannel {
  private final FaultyFileSystem files;
  private final Faults faults;
  private final Path path;
  private final FileChannel channel;

  FaultyChannel(FaultyFileSystem files, Faults faults, Path path, FileChannel channel) {
    this.files = files;
    this.faults = faults;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = write(source, channel.position());
    channel.position(channel.position() + written);
    return written;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    try {
      faults.change(FileChange.WRITE, path);
    } catch (IOException | Faults.Stopped e) {
      ByteBuffer half = source.slice(source.position(), source.remaining() / 2);
      if (channel.write(half, position) < 0) {
        throw new IllegalStateException("nothing is written", e);
      }
      throw e;
    }
    return channel.write(source, position);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    faults.change(FileChange.WRITE, path);
    return channel.write(sources, offset, length);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    faults.change(FileChange.WRITE, path);
    return channel.transferFrom(source, position, count);
  }

  @Override
  public FileChannel truncate(long sizeBytes) throws IOException {
    faults.change(FileChange.TRUNCATE, path);
    channel.truncate(sizeBytes);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    faults.change(FileChange.FORCE, path);
    channel.force(metaData);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    faults.look();
    return channel.read(target);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    faults.look();
    return channel.read(target, position);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    faults.look();
    return channel.read(targets, offset, length);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    faults.look();
    return channel.transferTo(position, count, target);
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    channel.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long sizeBytes) throws IOException {
    faults.look();
    return channel.map(mode, position, sizeBytes);
  }

  @Override
  public FileLock lock(long position, long sizeBytes, boolean shared) throws IOException {
    faults.look();
    return channel.lock(position, sizeBytes, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long sizeBytes, boolean shared)
      throws IOException {
    faults.look();
    return channel.tryLock(position, sizeBytes, shared);
  }

  /** Never goes wrong: the end of a process closes files as well. */
  @Override
  protected void implCloseChannel() throws IOException {
    files.closed(this);
    channel.close();
  }
}
