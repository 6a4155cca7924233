package dev.duckpond.cli;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at directories that an export writes into. */
final class HostFiles {
  /** Names of an export's own files begin like this; all others are results. */
  private static final String OWN = ".pond-export";

  private static final String LOCK = OWN + ".lock";

  private HostFiles() {}

  static Path lock(Path directory) {
    return directory.resolve(LOCK);
  }

  static Path staging(Path directory) {
    return directory.resolve(OWN + "-staging");
  }

  /** Tells whether a path is a result of an export, and neither a directory nor its own file. */
  static boolean isResult(String path) {
    return !path.endsWith("/") && !path.startsWith(OWN);
  }

  /**
   * Lists all that is below a directory but the lock file, which names the last process: the hash
   * of each file by its path, an empty text for a directory, whose path ends with a slash.
   */
  static Map<String, String> tree(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.toList()) {
        String name = directory.relativize(file).toString();
        if (Files.isDirectory(file)) {
          files.put(name + "/", "");
        } else if (!name.equals(LOCK)) {
          files.put(name, ContentHash.of(Files.readAllBytes(file)).hex());
        }
      }
    }
    return files;
  }

  /** Copies a tree, without the lock file, so that a test can see when the next export takes it. */
  static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (!path.equals(lock(from))) {
          Files.copy(path, target);
        }
      }
    }
    return to;
  }
}
