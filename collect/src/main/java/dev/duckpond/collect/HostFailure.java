package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Says what went wrong with files of this machine; the platform often says their names alone. */
final class HostFailure {
  private static final String FULL = "the disk of the pond is full";
  private static final String FREE_SPACE = "Free some space; the next run goes on.";

  private HostFailure() {}

  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "it may not be read, or not be changed";
      case NoSuchFileException gone -> "it is gone";
      case FileAlreadyExistsException file -> "a file is in the way";
      case FileSystemException failed when failed.getReason() != null ->
          String.valueOf(failed.getReason());
      default -> {
        String message = e.getMessage();
        yield message == null ? e.getClass().getSimpleName() : message;
      }
    };
  }

  static PondException of(String problem, IOException e) {
    if (isFull(e)) {
      return new PondException.NoSpace(problem, FULL, FREE_SPACE, e);
    }
    String remedy =
        e instanceof AccessDeniedException ? "Look whose it is, and who may read it." : "";
    return new PondException.Failed(problem, reason(e), remedy, e);
  }

  /** Answers the same error as one of a full disk, when that is what is behind it. */
  static PondException orFull(PondException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io && isFull(io)) {
        return new PondException.NoSpace(e.problem(), FULL, FREE_SPACE, e);
      }
    }
    return e;
  }

  private static boolean isFull(IOException e) {
    String text = reason(e).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded");
  }
}
