package dev.duckpond.query;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * How files go in and out of a cache that processes share: by hard links, so that nobody loses a
 * file that is being read, and by copies where a file system has none.
 */
public final class CacheFiles {
  private static final int BUFFER_BYTES = 1 << 20;

  private CacheFiles() {}

  /** Answers what a message says of an error: the platform names the file alone for some. */
  public static String cause(Exception e) {
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + " may not be written";
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      case UncheckedIOException wrapped -> cause(requireNonNull(wrapped.getCause()));
      case DirectoryIteratorException wrapped -> cause(requireNonNull(wrapped.getCause()));
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Answers the CRC-32C of a file's bytes as 8 hex digits. */
  public static String checksum(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer) >= 0) {
        crc.update(buffer.flip());
        buffer.clear();
      }
    }
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /**
   * Makes a file part of a cache; it stays where it is. Other bytes under the name are replaced at
   * once, since they are damaged.
   */
  public static void publish(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (FileAlreadyExistsException e) {
      // Somebody else made the same, unless it is damaged.
      if (!checksum(target).equals(checksum(file))) {
        replace(file, target);
      }
    } catch (IOException | UnsupportedOperationException e) {
      replace(file, target);
    }
  }

  private static void replace(Path file, Path target) throws IOException {
    // One name for all, so that what a killed process left is written over by the next.
    Path hidden = target.resolveSibling("." + target.getFileName());
    Files.copy(file, hidden, StandardCopyOption.REPLACE_EXISTING);
    Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Makes a file of a cache readable at a place where nobody removes it.
   *
   * @throws NoSuchFileException when the cache has no such file (any more)
   */
  public static void take(Path file, Path place) throws IOException {
    try {
      Files.createLink(place, file);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, place);
    }
  }
}
