package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Compares files with what was written, once per file and machine: what was compared is remembered
 * in a file of the cache by size, time of change and identity in the file system. The format is in
 * {@code docs/format/checked-files.md}.
 *
 * <p>That file is derived: records that are damaged are passed over, and it may be deleted at any
 * time. Where it cannot be written, each process compares again. Thread-safe.
 */
final class CheckedFiles {
  /** Marks kept; when there are more, those that this process did not need are forgotten. */
  private static final int LIMIT_MARKS = 200_000;

  private static final int MARK_BYTES = 48;
  private static final int MARK_MAGIC = 0x314B_5044; // DPK1

  private final Path memory;
  private final int limitMarks;
  private @Nullable Set<Mark> known;
  private final Set<Mark> used = new HashSet<>();
  private final List<Mark> unsaved = new ArrayList<>();

  /** That the file with this identity, size and time of change had this hash. */
  private record Mark(long hashHead, long hashNext, long sizeBytes, long changedNanos, long key) {}

  CheckedFiles(Path memory) {
    this(memory, LIMIT_MARKS);
  }

  CheckedFiles(Path memory, int limitMarks) {
    this.memory = memory;
    this.limitMarks = limitMarks;
  }

  /** Finds how a file differs from what was written, in words; empty when it does not. */
  Optional<String> findDifference(Path file, FileSeal written) throws IOException {
    Optional<BasicFileAttributes> facts = findFacts(file);
    if (facts.isEmpty()) {
      return Optional.of("it is missing");
    }
    if (facts.get().size() != written.sizeBytes()) {
      return Optional.of(
          "it has " + facts.get().size() + " bytes, written were " + written.sizeBytes());
    }
    Mark mark = mark(file, facts.get(), written.hash());
    if (isKnown(mark)) {
      return Optional.empty();
    }
    ContentHash found = FileSeal.of(file).hash();
    if (!found.equals(written.hash())) {
      return Optional.of("its SHA-256 is " + found + ", written was " + written.hash());
    }
    add(mark);
    return Optional.empty();
  }

  /** Remembers a file that this process has written, and hashed while it did. */
  void remember(Path file, ContentHash hash) throws IOException {
    Optional<BasicFileAttributes> facts = findFacts(file);
    if (facts.isPresent()) {
      add(mark(file, facts.get(), hash));
    }
  }

  private static Optional<BasicFileAttributes> findFacts(Path file) throws IOException {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Mark mark(Path file, BasicFileAttributes facts, ContentHash hash) {
    Object identity = facts.fileKey();
    // Where the file system tells none, the name must do.
    String key = identity == null ? file.toString() : identity.toString();
    return new Mark(
        Long.parseUnsignedLong(hash.hex(), 0, 16, 16),
        Long.parseUnsignedLong(hash.hex(), 16, 32, 16),
        facts.size(),
        facts.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        digest(key));
  }

  /**
   * Answers 64 bits of a key, cheaply: thousands are asked for by a command that has just begun.
   */
  private static long digest(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return (long) text.hashCode() << Integer.SIZE | crc.getValue();
  }

  private synchronized boolean isKnown(Mark mark) {
    if (!known().contains(mark)) {
      return false;
    }
    used.add(mark);
    return true;
  }

  private synchronized void add(Mark mark) {
    used.add(mark);
    if (known().add(mark)) {
      unsaved.add(mark);
    }
  }

  private Set<Mark> known() {
    if (known == null) {
      known = new HashSet<>();
      try {
        read(Files.readAllBytes(memory), known);
      } catch (IOException e) {
        // None, or it cannot be read: everything is compared again.
        known.clear();
      }
    }
    return known;
  }

  private static void read(byte[] bytes, Set<Mark> into) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + MARK_BYTES <= bytes.length; at += MARK_BYTES) {
      in.position(at);
      int magic = in.getInt();
      int checksum = in.getInt();
      if (magic == MARK_MAGIC && checksum == checksum(bytes, at)) {
        into.add(new Mark(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong()));
      }
    }
  }

  /** Writes down what was compared since; trouble with that is no trouble of the caller. */
  synchronized void save() {
    if (unsaved.isEmpty()) {
      return;
    }
    try {
      write();
    } catch (IOException e) {
      // A pond that cannot be written is read without it.
    }
    unsaved.clear();
  }

  private void write() throws IOException {
    Files.createDirectories(Durable.parent(memory));
    try (FileChannel channel =
        FileChannel.open(memory, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      long sizeBytes = channel.size();
      if (sizeBytes % MARK_BYTES == 0 && sizeBytes / MARK_BYTES + unsaved.size() <= limitMarks) {
        writeFully(channel, unsaved);
        return;
      }
    }
    // Too long, or what a crash has torn: begun anew with what this process needed.
    Path hidden = Durable.hiddenBeside(memory);
    try {
      try (FileChannel channel =
          FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writeFully(channel, used.stream().limit(limitMarks / 2).toList());
      }
      Files.move(
          hidden,
          memory,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(hidden);
    }
  }

  private static void writeFully(FileChannel channel, List<Mark> marks) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(marks.size() * MARK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Mark mark : marks) {
      int at = out.position();
      out.putInt(MARK_MAGIC).putInt(0);
      out.putLong(mark.hashHead()).putLong(mark.hashNext());
      out.putLong(mark.sizeBytes()).putLong(mark.changedNanos()).putLong(mark.key());
      out.putInt(at + Integer.BYTES, checksum(out.array(), at));
    }
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private static int checksum(byte[] bytes, int at) {
    CRC32C crc = new CRC32C();
    int headBytes = 2 * Integer.BYTES;
    crc.update(bytes, at + headBytes, MARK_BYTES - headBytes);
    return (int) crc.getValue();
  }
}
