package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What earlier runs left in a directory: the manifest, and on top of it the files that an
 * interrupted run published before it could say so there. Those count only when their bytes are
 * what the journal says.
 *
 * @param journaled all that the journal names; whatever is at those places is our own
 */
record Recovery(Manifest manifest, List<ExportJournal.Entry> journaled) {
  /**
   * Reads manifest and journal.
   *
   * @throws PondException.Corrupt when the manifest is damaged
   */
  static Recovery of(ExportDirectory directory, ExportJournal journal) throws IOException {
    Manifest manifest = new Manifest(List.of());
    Optional<String> text = ExportDirectory.findText(directory.manifest());
    if (text.isPresent()) {
      manifest = ManifestJson.parse(text.get(), directory.manifest());
    }
    List<ExportJournal.Entry> entries = journal.list();
    for (ExportJournal.Entry entry : entries) {
      ExportedFile file = entry.file();
      if (directory.holds(file)
          && StagingArea.hash(directory.resolve(file.path())).equals(file.hash())) {
        merge(manifest, entry);
      }
    }
    return new Recovery(manifest, entries);
  }

  private static void merge(Manifest manifest, ExportJournal.Entry entry) {
    List<ExportedFile> files = new ArrayList<>();
    manifest.find(entry.key()).ifPresent(known -> files.addAll(known.files()));
    files.removeIf(file -> file.path().equals(entry.file().path()));
    files.add(entry.file());
    manifest.put(
        new ManifestTarget(
            entry.key(),
            entry.place(),
            entry.captures(),
            entry.pipeline(),
            Fingerprint.UNKNOWN,
            files));
  }
}
