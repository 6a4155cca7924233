package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Says what the file system refused, to a user. */
final class ExportErrors {
  private ExportErrors() {}

  /**
   * Answers the error to show.
   *
   * @param problem what failed and where, without a full stop
   */
  static PondException of(String problem, IOException e) {
    String reason = reason(e);
    if (isNoSpace(reason)) {
      return new PondException.NoSpace(
          problem,
          "the disk is full",
          "Free some space and run the export again; it goes on where it stopped.",
          e);
    }
    if (e instanceof AccessDeniedException || reason.contains("Read-only file system")) {
      return new PondException.Failed(
          problem,
          e instanceof AccessDeniedException ? "permission denied" : "it is read-only",
          "Choose a directory that you may write.",
          e);
    }
    return new PondException.Failed(
        problem,
        reason,
        isPlace(e)
            ? "Choose another directory, or make room for this one."
            : "Choose another directory, or mend this one and run the export again.",
        e);
  }

  private static boolean isPlace(IOException e) {
    return e instanceof FileAlreadyExistsException
        || e instanceof NotDirectoryException
        || e instanceof NoSuchFileException
        || (e instanceof FileSystemException system
            && "Not a directory".equals(system.getReason()));
  }

  private static boolean isNoSpace(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("disk quota exceeded");
  }

  private static String reason(IOException e) {
    // Of these the system tells the name of the file, and not what is the matter with it.
    String what =
        switch (e) {
          case FileAlreadyExistsException there -> "is a file, where a directory is needed";
          case NotDirectoryException there -> "is not a directory";
          case NoSuchFileException gone -> "cannot be made";
          case DirectoryNotEmptyException full -> "is not empty";
          case FileSystemLoopException loop -> "is a symbolic link to itself";
          default -> "";
        };
    if (!what.isEmpty() && e instanceof FileSystemException system) {
      return "'" + system.getFile() + "' " + what;
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
