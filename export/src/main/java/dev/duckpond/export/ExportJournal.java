package dev.duckpond.export;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names the files that are about to be published, before they are, so that a run after an
 * interrupted one knows them for its own. One JSON object a line; a line that was cut off names
 * nothing that was published. See {@code docs/format/export-manifest.md}.
 */
final class ExportJournal {
  /** A file that a target published, or was about to. */
  record Entry(
      TargetKey key, String place, List<String> captures, String pipeline, ExportedFile file) {}

  private final ExportDirectory directory;
  private final Path path;
  private final FileOperations files;

  ExportJournal(ExportDirectory directory, FileOperations files) {
    this.directory = directory;
    this.path = directory.journal();
    this.files = files;
  }

  /** Lists what is in the journal; nothing when the last run ended as it should. */
  List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    String text = ExportDirectory.findText(path).orElse("");
    for (String line : text.lines().toList()) {
      read(line).ifPresent(entries::add);
    }
    return entries;
  }

  /** Reads a line; one that was cut off while it was written names nothing published yet. */
  private static Optional<Entry> read(String line) {
    try {
      JsonObject json = Json.parse(line).asObject();
      return Optional.of(
          new Entry(
              ManifestJson.key(json),
              ManifestJson.place(json),
              ManifestJson.captures(json),
              ManifestJson.pipeline(json),
              ManifestJson.file(json.require("file"))));
    } catch (JsonException | IllegalArgumentException | PondException e) {
      return Optional.empty();
    }
  }

  /** Adds entries; they are durable on return. */
  void add(List<Entry> entries) throws IOException {
    // Begins with a line end, so that a cut-off line before does not swallow the first.
    List<String> lines = new ArrayList<>(List.of(""));
    for (Entry entry : entries) {
      lines.add(
          ManifestJson.head(entry.key(), entry.place(), entry.captures(), entry.pipeline())
              .put("file", ManifestJson.json(entry.file()))
              .build()
              .toText());
    }
    files.append(path, lines);
    files.syncDirectories(List.of(directory.root()));
  }

  /** Ends the journal: what it names is in the manifest. */
  void clear() throws IOException {
    if (Files.exists(path)) {
      files.delete(path);
    }
  }
}
