package dev.duckpond.oplog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * Puts finished files under their final names so that they survive a power loss.
 *
 * <p>A name is durable once the file and the directory that holds the name are both synced, in this
 * order.
 */
final class Durable {
  private static final String HIDDEN_SUFFIX = ".tmp";

  private Durable() {}

  /** The name is in place but the machine would not confirm it: it may be gone after a crash. */
  static final class NotConfirmedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotConfirmedException(Path file, IOException cause) {
      super("the directory of " + file + " could not be synced", cause);
    }
  }

  /** Answers a fresh name beside {@code target} that no reader of the directory looks at. */
  static Path hiddenBeside(Path target) {
    return target.resolveSibling(
        "." + target.getFileName() + "." + UUID.randomUUID() + HIDDEN_SUFFIX);
  }

  /** Tells whether a file has such a name. */
  static boolean isHidden(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".") && name.endsWith(HIDDEN_SUFFIX);
  }

  /** Forces the content of a file to the disk. */
  static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Forces the names in a directory to the disk. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Gives the synced file {@code hidden} the name {@code target}, which must be free, and takes the
   * hidden name away.
   *
   * <p>A hard link is made by the kernel only when the name is free; "look, then rename" lets two
   * writers both believe that they won.
   *
   * @throws FileAlreadyExistsException when the name is taken; nothing has changed
   * @throws NotConfirmedException when the name is there but may not survive a crash
   */
  static void publish(Path hidden, Path target) throws IOException {
    try {
      Files.createLink(target, hidden);
    } catch (IOException e) {
      Files.deleteIfExists(hidden);
      throw e;
    }
    try {
      Files.deleteIfExists(hidden);
    } catch (IOException e) {
      // The name is there, and that is what counts; a hidden name more does no harm.
      LoggerFactory.getLogger(Durable.class).warn("The hidden name {} stays", hidden, e);
    }
    confirm(target);
  }

  /** Gives the synced file {@code hidden} the name {@code target}, whatever stood there. */
  static void replace(Path hidden, Path target) throws IOException {
    Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    confirm(target);
  }

  /**
   * Makes sure that a name which is there survives a crash.
   *
   * @throws NotConfirmedException when it may not
   */
  static void confirm(Path target) throws NotConfirmedException {
    try {
      syncDirectory(parent(target));
    } catch (IOException e) {
      throw new NotConfirmedException(target, e);
    }
  }

  /** Answers the directory of an absolute file name. */
  static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file lies in a directory: " + file);
    }
    return parent;
  }
}
