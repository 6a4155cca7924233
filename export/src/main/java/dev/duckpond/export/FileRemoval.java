package dev.duckpond.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes files out of an export, with the directories that are empty without them. */
final class FileRemoval {
  private final ExportDirectory directory;
  private final FileOperations files;
  private final Set<String> removed = new TreeSet<>();

  FileRemoval(ExportDirectory directory, FileOperations files) {
    this.directory = directory;
    this.files = files;
  }

  /** Lists the files that were removed, or would be, by path. */
  Set<String> removed() {
    return Collections.unmodifiableSet(removed);
  }

  /** Notes a file that would be removed. */
  void plan(String path) {
    removed.add(path);
  }

  /** Removes a file, if it is there, and directories up to the root of the export. */
  void remove(String path) throws IOException {
    if (directory.isBelowFile(path)) {
      return;
    }
    directory.requireSafe(path);
    if (directory.isTaken(path)) {
      files.delete(directory.resolve(path));
      removed.add(path);
    }
    Path parent = directory.resolve(path).getParent();
    while (parent != null && !parent.equals(directory.root()) && isEmptyOrGone(parent)) {
      files.delete(parent);
      parent = parent.getParent();
    }
    if (parent != null && Files.isDirectory(parent)) {
      files.syncDirectories(List.of(parent));
    }
  }

  private static boolean isEmptyOrGone(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (var entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    }
  }
}
