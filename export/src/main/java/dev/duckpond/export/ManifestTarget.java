package dev.duckpond.export;

import java.util.List;

/**
 * Lists what one target of one pattern left in the directory.
 *
 * @param fingerprint of the whole target; empty when it is not complete, or nobody can tell
 */
record ManifestTarget(
    TargetKey key, List<String> captures, String fingerprint, List<ExportedFile> files) {
  ManifestTarget {
    captures = List.copyOf(captures);
    files = List.copyOf(files);
  }
}
