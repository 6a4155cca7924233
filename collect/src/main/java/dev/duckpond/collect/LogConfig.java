package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondPath;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Says which logs to take in.
 *
 * @param archived rotated files, which do not change any more, maybe compressed
 * @param active files that are being written
 * @param path the directory in the pond
 */
record LogConfig(HostGlob archived, HostGlob active, PondPath path, Duration staleAfter) {
  /**
   * Tells whether a file that the pattern of active files matches is a rotated one all the same: of
   * two patterns that match it, the one with more written out says what it is.
   */
  boolean isRotated(Path file) {
    return archived.literalLength() > active.literalLength() && archived.matches(file);
  }
}
