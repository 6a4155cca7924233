package dev.duckpond.export;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.TimeRange;
import java.util.Optional;

/**
 * Describes one file that an export has written.
 *
 * @param path below the directory of the export, with {@code /} between names
 * @param rows rows of a Parquet file, 0 for a copy of data
 * @param span the time that its partition stands for; empty when not cut by time, or without time
 * @param bounds earliest and latest time of its rows
 * @param fingerprint what the source was, and how it was written; empty when nobody can tell
 */
record ExportedFile(
    String path,
    long rows,
    long sizeBytes,
    ContentHash hash,
    Optional<TimeRange> span,
    Optional<EventBounds> bounds,
    String fingerprint) {

  boolean sameContent(ExportedFile other) {
    return sizeBytes == other.sizeBytes && hash.equals(other.hash);
  }
}
