package dev.duckpond.oplog;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns what the machine or stored data did to us into errors that users understand. */
public final class Trouble {
  private static final String FREE_SPACE = "Free some space and run the command again.";
  private static final String RESTORE = "Restore the file from a backup.";

  private static final String COPY_AGAIN =
      "Copy the same content into the pond once more, which heals it, or restore the file from a"
          + " backup.";

  private Trouble() {}

  /** Answers the error for a failed write: no space, no permission, or another failure. */
  public static PondException of(String problem, IOException cause) {
    return of(
        problem,
        cause,
        "the directory cannot be written",
        "Give this user write permission on the pond's directory, or use a writable copy.");
  }

  /** Answers the error for a failed read: no permission, or another failure. */
  public static PondException ofReading(String problem, IOException cause) {
    return of(
        problem,
        cause,
        "it cannot be read",
        "Give this user read permission on the pond's directory and all that is in it.");
  }

  private static PondException of(
      String problem, IOException cause, String denied, String permission) {
    String reason = reason(cause);
    if (isNoSpace(reason)) {
      return new PondException.NoSpace(problem, "the disk is full", FREE_SPACE, cause);
    }
    if (cause instanceof AccessDeniedException
        || reason.toLowerCase(Locale.ROOT).contains("read-only file system")) {
      return new PondException.Failed(problem, denied + ": " + reason, permission, cause);
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

  /** Answers the error for a stored file that the SQL engine cannot read. */
  static PondException ofReading(Path file, DuckException cause) {
    return switch (cause.kind()) {
      case NO_SPACE, OUT_OF_MEMORY, PERMISSION, INTERRUPTED ->
          of("the pond's file " + file + " cannot be read", cause);
      case SYNTAX,
          BINDING,
          CATALOG,
          CONVERSION,
          IO,
          MISSING_FILE,
          NOT_PARQUET,
          TRUNCATED_PARQUET,
          OTHER ->
          corrupt(file, message(cause), cause);
    };
  }

  /** Work that makes sense of what a stored file holds. */
  interface Decoding<T> {
    T run() throws IOException;
  }

  /**
   * Runs work that decodes a stored file: whatever it stumbles over, of any kind, is damage of that
   * file. Trouble of the machine, and damage that has been named already, passes as it is.
   */
  static <T> T decoding(Path file, String problem, Decoding<T> work) throws IOException {
    try {
      return work.run();
    } catch (CharacterCodingException e) {
      throw corrupt(file, problem + ": it is not UTF-8", e);
    } catch (PondException.Corrupt | PondException.NoSpace | PondException.Failed e) {
      throw e;
    } catch (DuckException e) {
      throw ofReading(file, e);
    } catch (RuntimeException e) {
      throw corrupt(file, problem + ": " + message(e), e);
    }
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  /** Answers the error for a stored file that is missing or is not what was written. */
  static PondException.Corrupt corrupt(Path file, String reason) {
    return new PondException.Corrupt("the pond's file " + file + " is damaged", reason, RESTORE);
  }

  static PondException.Corrupt corrupt(Path file, String reason, Throwable cause) {
    return new PondException.Corrupt(
        "the pond's file " + file + " is damaged", reason, RESTORE, cause);
  }

  /**
   * Answers the error for a content that is missing or is not what was written.
   *
   * @param name what the user knows it as
   */
  static PondException.Corrupt corruptContent(String name, Path file, String reason) {
    return new PondException.Corrupt(
        name + " is damaged", reason + ", in the pond's file " + file, COPY_AGAIN);
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
    return message(cause);
  }
}
