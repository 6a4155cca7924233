package dev.duckpond.cli;

import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file or directory of this machine that is to go into the pond.
 *
 * @param label how the user wrote it, for messages
 * @param options of the reader, when the source was a URL with options
 */
record HostSource(Path path, Intake intake, String label, Map<String, String> options) {
  /** What becomes of a file. */
  enum Intake {
    /** The bytes as they are. */
    DATA,
    /** Parquet, replaced as a whole. */
    TABLE,
    /** Parquet with a time, appended. */
    SERIES,
    /** CSV that becomes a table. */
    CSV_TABLE,
    /** CSV that becomes a series. */
    CSV_SERIES,
    /** Whatever the content is: a series, a table or data. */
    AUTO
  }

  HostSource {
    options = Map.copyOf(options);
  }

  /**
   * Reads a source of {@code copy}: a URL of this machine or a local path.
   *
   * @param usual what becomes of a local path
   */
  static HostSource parse(CommandContext context, String text, Intake usual) {
    if (!PondUrl.looksLikeUrl(text)) {
      return new HostSource(context.hostPath(text), usual, text, Map.of());
    }
    PondUrl url = PondUrl.parse(text);
    if (url.place() != PondUrl.Place.HOST) {
      throw new PondException.Usage(
          "'" + text + "' is in the pond",
          "copy goes from this machine into the pond, or from the pond to host:///",
          "End with 'host:///DIR' to copy out, or use mv to rename.");
    }
    if (url.compression() != PondUrl.Compression.NONE) {
      throw new PondException.Usage(
          "'" + text + "' cannot be copied as it is packed",
          "",
          "Unpack it first, or copy it as data.");
    }
    return new HostSource(context.hostPath(url.path()), intake(url), text, url.options());
  }

  private static Intake intake(PondUrl url) {
    boolean series = url.treatment() == PondUrl.Treatment.SERIES;
    return switch (url.format()) {
      case FILE ->
          switch (url.treatment()) {
            case ANY -> Intake.DATA;
            case TABLE -> Intake.TABLE;
            case SERIES -> Intake.SERIES;
          };
      case DATA -> Intake.DATA;
      case TABLE -> Intake.TABLE;
      case SERIES -> Intake.SERIES;
      case PARQUET -> series ? Intake.SERIES : Intake.TABLE;
      case CSV -> series ? Intake.CSV_SERIES : Intake.CSV_TABLE;
      case NDJSON ->
          throw new PondException.Usage(
              "NDJSON cannot become a table by copying",
              "",
              "Copy it as data and read it with 'ndjson:///PATH'.");
    };
  }
}
