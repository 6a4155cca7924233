package dev.duckpond.export;

import java.util.List;

/**
 * Lists what one target of one pattern left in the directory.
 *
 * @param place of the directory that holds its files, or of the one file of data, with {@code /}
 *     between names
 * @param pipeline stands for the pipeline that it is of; empty for what none says
 * @param fingerprint of the whole target; empty when it is not complete, or nobody can tell
 */
record ManifestTarget(
    TargetKey key,
    String place,
    List<String> captures,
    String pipeline,
    String fingerprint,
    List<ExportedFile> files) {
  ManifestTarget {
    captures = List.copyOf(captures);
    files = List.copyOf(files);
  }
}
