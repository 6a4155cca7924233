package dev.duckpond.oplog;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns what the machine or stored data did to us into errors that users understand. */
public final class Trouble {
  private static final String FREE_SPACE = "Free some space and run the command again.";
  private static final String RESTORE =
      "Restore the file from a backup; run 'pond fsck' to see what else is affected.";

  private Trouble() {}

  /** Answers the error for a failed file operation: no space, no permission, or another failure. */
  public static PondException of(String problem, IOException cause) {
    String reason = reason(cause);
    if (isNoSpace(reason)) {
      return new PondException.NoSpace(problem, "the disk is full", FREE_SPACE, cause);
    }
    if (cause instanceof AccessDeniedException
        || reason.toLowerCase(Locale.ROOT).contains("read-only file system")) {
      return new PondException.Failed(
          problem,
          "the directory cannot be written: " + reason,
          "Give this user write permission on the pond's directory, or use a writable copy.",
          cause);
    }
    return new PondException.Failed(
        problem, reason, "Check the disk and the permissions, then run the command again.", cause);
  }

  /** Answers the error for a statement of the SQL engine that should not fail. */
  static PondException of(String problem, DuckException cause) {
    String reason = String.valueOf(cause.getMessage());
    return switch (cause.kind()) {
      case NO_SPACE -> new PondException.NoSpace(problem, "the disk is full", FREE_SPACE, cause);
      case MISSING_FILE, NOT_PARQUET, TRUNCATED_PARQUET ->
          new PondException.Corrupt(problem, reason, RESTORE, cause);
      case OUT_OF_MEMORY ->
          new PondException.Failed(
              problem, reason, "Close other programs and run the command again.", cause);
      case SYNTAX, BINDING, CATALOG, CONVERSION, IO, PERMISSION, INTERRUPTED, OTHER ->
          new PondException.Failed(
              problem, reason, "Check the disk and run the command again.", cause);
    };
  }

  /** Answers the error for a stored file that is missing or is not what was written. */
  static PondException.Corrupt corrupt(Path file, String reason) {
    return new PondException.Corrupt("the pond's file " + file + " is damaged", reason, RESTORE);
  }

  static PondException.Corrupt corrupt(Path file, String reason, Throwable cause) {
    return new PondException.Corrupt(
        "the pond's file " + file + " is damaged", reason, RESTORE, cause);
  }

  private static boolean isNoSpace(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or directory";
    }
    if (cause instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getFile() + ": " + failed.getReason();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
