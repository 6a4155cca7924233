package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says what went wrong with files of this machine; the platform often says their names alone. */
final class HostFailure {
  private HostFailure() {}

  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "it may not be read, or not be changed";
      case NoSuchFileException gone -> "it is gone";
      default -> {
        String message = e.getMessage();
        yield message == null ? e.getClass().getSimpleName() : message;
      }
    };
  }

  static PondException of(String problem, IOException e) {
    String remedy =
        e instanceof AccessDeniedException ? "Look whose it is, and who may read it." : "";
    return new PondException.Failed(problem, reason(e), remedy, e);
  }
}
