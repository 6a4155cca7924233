package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps small contents of one write until its commit: the first in memory, the rest in one file of
 * the run's directory. Equal contents are kept once. Thread-safe.
 */
final class InlineStage implements AutoCloseable {
  /** What may lie in memory; beyond it contents go to the file. */
  static final int MEMORY_LIMIT_BYTES = 8 << 20;

  private final Path spill;
  private final Map<ContentHash, byte[]> inMemory = new HashMap<>();
  private final Map<ContentHash, Extent> inFile = new HashMap<>();
  private long memoryBytes;
  private @Nullable FileChannel channel;
  private long spilledBytes;

  /** Where a content lies in the file. */
  private record Extent(long offset, int sizeBytes) {}

  InlineStage(Path spill) {
    this.spill = spill;
  }

  synchronized void put(ContentHash hash, byte[] content) throws IOException {
    if (holds(hash)) {
      return;
    }
    if (memoryBytes + content.length <= MEMORY_LIMIT_BYTES) {
      memoryBytes += content.length;
      inMemory.put(hash, content);
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(content);
    FileChannel file = channel();
    long offset = spilledBytes;
    while (buffer.hasRemaining()) {
      spilledBytes += file.write(buffer, spilledBytes);
    }
    inFile.put(hash, new Extent(offset, content.length));
  }

  synchronized boolean holds(ContentHash hash) {
    return inMemory.containsKey(hash) || inFile.containsKey(hash);
  }

  /** Answers a content that was put. */
  synchronized byte[] require(ContentHash hash) throws IOException {
    byte[] content = inMemory.get(hash);
    if (content != null) {
      return content;
    }
    Extent extent = inFile.get(hash);
    if (extent == null) {
      throw new IllegalArgumentException("content " + hash + " was not staged in this write");
    }
    return read(extent);
  }

  private byte[] read(Extent extent) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(extent.sizeBytes());
    long offset = extent.offset();
    while (buffer.hasRemaining()) {
      int count = channel().read(buffer, offset);
      if (count < 0) {
        throw new IOException("the staging file " + spill + " has become shorter");
      }
      offset += count;
    }
    return buffer.array();
  }

  private FileChannel channel() throws IOException {
    if (channel == null) {
      channel =
          FileChannel.open(
              spill,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    }
    return channel;
  }

  @Override
  public synchronized void close() throws IOException {
    inMemory.clear();
    inFile.clear();
    if (channel != null) {
      channel.close();
    }
  }
}
