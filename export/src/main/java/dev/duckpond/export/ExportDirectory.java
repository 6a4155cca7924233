package dev.duckpond.export;

import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The directory that an export writes into: where its own files lie, and which places below it are
 * safe to write.
 */
final class ExportDirectory {
  /** No target may lie at, or below, a name that begins like this. */
  static final String RESERVED = ".pond-export";

  private final Path root;

  private ExportDirectory(Path root) {
    this.root = root;
  }

  /** Answers the directory with every symbolic link on the way to it followed; it may not exist. */
  static ExportDirectory of(Path directory) {
    Path there = directory.toAbsolutePath().normalize();
    Path existing = there;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return new ExportDirectory(
          existing.toRealPath().resolve(existing.relativize(there)).normalize());
    } catch (IOException e) {
      throw ExportErrors.of("'" + directory + "' cannot be used for an export", e);
    }
  }

  Path root() {
    return root;
  }

  Path manifest() {
    return root.resolve(RESERVED + ".json");
  }

  /**
   * Finds the text of one of the export's own files, which is no link: what somebody else put there
   * is not to be read, and replaced, as ours.
   *
   * @throws PondException.Conflict when it is a link
   */
  static Optional<String> findText(Path own) throws IOException {
    requireNoLink(own);
    return Files.exists(own)
        ? Optional.of(new String(Files.readAllBytes(own), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /**
   * Checks that a file of the export's own is no link.
   *
   * @throws PondException.Conflict when it is
   */
  static void requireNoLink(Path own) {
    if (Files.isSymbolicLink(own)) {
      throw new PondException.Conflict(
          "'" + own + "' is in the way of the export",
          "it is a symbolic link, and a file of the export itself has that name",
          "Remove it, or choose another directory.");
    }
  }

  Path newManifest() {
    return root.resolve(RESERVED + ".json.new");
  }

  Path journal() {
    return root.resolve(RESERVED + ".journal");
  }

  Path lock() {
    return root.resolve(RESERVED + ".lock");
  }

  Path staging() {
    return root.resolve(RESERVED + "-staging");
  }

  /** Tells whether a path is names below the directory, with nothing that leads elsewhere. */
  static boolean isPlain(String path) {
    for (String name : path.split("/", -1)) {
      if (!mistakeIn(name).isEmpty()) {
        return false;
      }
    }
    return !path.startsWith(RESERVED);
  }

  /** Says what keeps a text from being one name of a file, or nothing. */
  static String mistakeIn(String name) {
    if (name.isEmpty()) {
      return "it is empty";
    }
    if (name.equals(".") || name.equals("..")) {
      return "it is a direction, not a name";
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      return "it holds '/' or NUL";
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > EntryName.MAX_BYTES) {
      return "it is longer than " + EntryName.MAX_BYTES + " bytes";
    }
    return "";
  }

  /** Answers the place of a path that {@link #isPlain} holds for. */
  Path resolve(String path) {
    if (!isPlain(path)) {
      throw new IllegalArgumentException("not a plain path: " + path);
    }
    return root.resolve(path);
  }

  /** Answers the directory that holds a path. */
  Path parent(String path) {
    int last = path.lastIndexOf('/');
    return last < 0 ? root : resolve(path.substring(0, last));
  }

  /** Answers the path of a place, as {@link #resolve} reads it. */
  static String path(List<String> names) {
    return String.join("/", names);
  }

  /**
   * Checks that nothing on the way to a place leads out of the directory or is a file.
   *
   * @throws PondException.Conflict when it is so
   */
  void requireSafe(String path) {
    Path at = root;
    for (Path name : root.relativize(parent(path))) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        throw new PondException.Conflict(
            "'" + at + "' is in the way of the export",
            "it is a symbolic link, which may lead out of '" + root + "'",
            "Remove it, or choose another directory.");
      }
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(at)) {
        throw new PondException.Conflict(
            "'" + at + "' is in the way of the export",
            "a directory of that name is needed, and it is a file",
            "Move it, or choose another directory.");
      }
    }
    if (Files.isDirectory(resolve(path), LinkOption.NOFOLLOW_LINKS)) {
      throw new PondException.Conflict(
          "'" + resolve(path) + "' is in the way of the export",
          "a file of that name is needed, and it is a directory",
          "Move it, or choose another directory.");
    }
  }

  /** Tells whether a file is where a directory would have to be for anything to have the place. */
  boolean isBelowFile(String path) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (Files.isRegularFile(resolve(path.substring(0, slash)), LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether anything, be it a dangling link, has the place. */
  boolean isTaken(String path) {
    return Files.exists(resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  /** Tells whether a file is there with the size that was written. */
  boolean holds(ExportedFile file) {
    Path place = resolve(file.path());
    try {
      return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
          && Files.size(place) == file.sizeBytes();
    } catch (IOException e) {
      // It went away between the two looks, so it is to be written.
      return false;
    }
  }
}
