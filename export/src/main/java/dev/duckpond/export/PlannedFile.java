package dev.duckpond.export;

import java.util.Optional;

/**
 * One file that a target is to have.
 *
 * @param count its rows; empty for a copy of data
 * @param kept what is in place and stays as it is; empty when the file is to be written
 */
record PlannedFile(
    String path, Optional<PartitionCount> count, String fingerprint, Optional<ExportedFile> kept) {
  long rows() {
    return kept.map(ExportedFile::rows).orElseGet(() -> count.map(PartitionCount::rows).orElse(0L));
  }
}
