package dev.duckpond.export;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other exports out of a directory, by a lock of the operating system, which ends with the
 * process. The file stays; what is in it counts only while the lock is held.
 */
final class ExportLock implements AutoCloseable {
  private final FileChannel channel;

  private ExportLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock or fails at once; the caller closes it.
   *
   * @throws PondException.Locked when another export holds it
   */
  static ExportLock acquire(Path file, Instant now) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    boolean held = false;
    try {
      if (tryLock(channel) == null) {
        throw new PondException.Locked(
            "another export is writing to '" + file.getParent() + "'",
            holder(file),
            "Wait for it to end, or choose another directory.");
      }
      write(channel, now);
      held = true;
      return new ExportLock(channel);
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it, which is no different.
      return null;
    }
  }

  private static void write(FileChannel channel, Instant now) throws IOException {
    JsonObject holder =
        JsonObject.builder()
            .put("pid", ProcessHandle.current().pid())
            .put("started", now.toString())
            .build();
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((holder.toText() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String holder(Path file) throws IOException {
    try {
      JsonObject holder = Json.parse(Files.readString(file)).asObject();
      return "process "
          + holder.require("pid").longValue()
          + " began at "
          + holder.require("started").text();
    } catch (JsonException e) {
      // Between its lock and its first write.
      return "it has just begun";
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
