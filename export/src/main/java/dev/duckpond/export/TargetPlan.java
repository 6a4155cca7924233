package dev.duckpond.export;

import java.util.List;

/**
 * Every file that a target is to have, in the order of partitions.
 *
 * @param fingerprint of the whole target
 */
record TargetPlan(ExportTarget target, String fingerprint, List<PlannedFile> files) {
  TargetPlan {
    files = List.copyOf(files);
  }

  List<PlannedFile> toWrite() {
    return files.stream().filter(file -> file.kept().isEmpty()).toList();
  }

  long rowsToWrite() {
    return toWrite().stream().mapToLong(PlannedFile::rows).sum();
  }
}
