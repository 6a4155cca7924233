package dev.duckpond.cli;

import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Says how to name a file of this machine where a path of the pond was expected. */
final class HostHint {
  private static final Map<String, PondUrl.Format> FORMATS =
      Map.of(
          ".csv", PondUrl.Format.CSV,
          ".tsv", PondUrl.Format.CSV,
          ".ndjson", PondUrl.Format.NDJSON,
          ".jsonl", PondUrl.Format.NDJSON,
          ".parquet", PondUrl.Format.PARQUET);

  private HostHint() {}

  /**
   * Answers the error with a better remedy when this machine has a file of that name.
   *
   * @param path what is not there in the pond, as it was written
   */
  static PondException of(PondException.NotFound missing, Path workingDirectory, String path) {
    try {
      Path file = workingDirectory.resolve(path).normalize();
      if (!Files.isRegularFile(file)) {
        return missing;
      }
      return new PondException.NotFound(
          missing.problem() + " in the pond",
          "it is a file of this machine",
          "Write '" + PondUrl.ofHostFile(format(path), file) + "' to read it.");
    } catch (InvalidPathException e) {
      // What cannot be a file of this machine is none.
      return missing;
    }
  }

  private static PondUrl.Format format(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return FORMATS.entrySet().stream()
        .filter(known -> name.endsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(PondUrl.Format.FILE);
  }
}
