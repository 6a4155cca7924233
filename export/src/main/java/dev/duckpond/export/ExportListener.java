package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.util.Optional;

/** Is told how an export goes on, by the thread that runs it. */
public interface ExportListener {
  /** Hears nothing. */
  ExportListener NONE = new ExportListener() {};

  /** The plan is made: what is to be written, and nothing has been yet. */
  default void planned(int targets, long files, long rows) {}

  /** A target with something to write begins. */
  default void began(PondPath target) {}

  /** A file of a target is staged; the path is below the directory of the export. */
  default void staged(PondPath target, String path, long rows, long sizeBytes) {}

  /** A target is published, or failed. */
  default void ended(PondPath target, Optional<PondException> failure) {}
}
