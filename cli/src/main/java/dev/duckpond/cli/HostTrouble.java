package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Tells a user why a file of this machine cannot be read or written; the one place that does. */
final class HostTrouble {
  private HostTrouble() {}

  /**
   * Answers the error for a failed file operation.
   *
   * @param problem what failed, with the path
   * @param remedy what to do, when it is neither space nor permission
   */
  static PondException of(String problem, String remedy, IOException cause) {
    String reason = reason(cause);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return new PondException.NoSpace(
          problem, reason, "free some space or write elsewhere", cause);
    }
    return switch (cause) {
      case AccessDeniedException denied ->
          new PondException.Failed(
              problem, reason, "Give this user the permission, or leave the file out.", cause);
      case NoSuchFileException missing ->
          new PondException.NotFound(problem, reason, "Check the path on this machine.");
      default -> new PondException.Failed(problem, reason, remedy, cause);
    };
  }

  /**
   * Answers the error for a file or directory that cannot be made.
   *
   * @param problem what failed, with the path
   * @param remedy what to do, when it is neither space nor permission
   */
  static PondException ofMaking(String problem, String remedy, IOException cause) {
    // What does not exist then is the place, such as one below /proc.
    return cause instanceof NoSuchFileException
        ? new PondException.Failed(problem, "nothing can be made there", remedy, cause)
        : of(problem, remedy, cause);
  }

  /** Tells whether a path leads through a file, as if it were a directory. */
  static boolean isBelowFile(FileSystemException cause) {
    return "Not a directory".equals(cause.getReason());
  }

  /** Answers why, without the path, which the problem names. */
  static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "it does not exist";
      case NotDirectoryException file -> "it is not a directory";
      case FileAlreadyExistsException file -> "a file is in the way";
      case FileSystemException failed when isBelowFile(failed) ->
          "a part of the path is not a directory";
      case CharacterCodingException encoded -> "it is not text in UTF-8";
      case FileSystemException failed when failed.getReason() != null ->
          String.valueOf(failed.getReason());
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
