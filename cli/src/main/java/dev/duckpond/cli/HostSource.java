package dev.duckpond.cli;

import dev.duckpond.query.PondUrl;
import dev.duckpond.query.PondUrl.Compression;
import dev.duckpond.query.PondUrl.Format;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A file or directory of this machine that is to go into the pond.
 *
 * @param label how the user wrote it, for messages
 * @param format of text that becomes Parquet
 * @param compression of such text, which is unpacked on the way
 * @param options of the reader, when the source was a URL with options
 */
record HostSource(
    Path path,
    CopyAs as,
    String label,
    Format format,
    Compression compression,
    Map<String, String> options) {
  HostSource {
    options = Map.copyOf(options);
  }

  /**
   * Reads a source of {@code copy}: a URL of this machine or a local path.
   *
   * @param usual what becomes of a local path
   */
  static HostSource parse(CommandContext context, String text, CopyAs usual) {
    if (!PondUrl.looksLikeUrl(text)) {
      return new HostSource(
          context.hostPath(text), usual, text, Format.CSV, packing(text, usual), Map.of());
    }
    PondUrl url = PondUrl.parse(text);
    if (url.place() != PondUrl.Place.HOST) {
      throw new PondException.Usage(
          "'" + text + "' is in the pond",
          "copy goes from this machine into the pond, or from the pond to host:///",
          "End with 'host:///DIR' to copy out, or use mv to rename.");
    }
    CopyAs as = as(url);
    if (url.compression() != Compression.NONE && !as.isText()) {
      throw new PondException.Usage(
          "'" + text + "' cannot be copied unpacked",
          "only text that becomes a table or series is unpacked on the way",
          "Unpack it first, or copy it as it is with 'host:///…'.");
    }
    return new HostSource(
        context.hostPath(url.path()), as, text, url.format(), url.compression(), url.options());
  }

  /** Answers how messages call something inside this directory. */
  String child(Path relative) {
    return label + (label.endsWith("/") ? "" : "/") + relative;
  }

  /** Answers a file inside this directory, to be taken in like it. */
  HostSource inside(Path file, String name) {
    Compression packing = compression == Compression.NONE ? packing(name, as) : compression;
    return new HostSource(file, as, name, format, packing, options);
  }

  private static Compression packing(String text, CopyAs as) {
    if (!as.isText()) {
      return Compression.NONE;
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      return Compression.GZIP;
    }
    if (name.endsWith(".bz2")) {
      return Compression.BZIP2;
    }
    return name.endsWith(".zst") ? Compression.ZSTD : Compression.NONE;
  }

  private static CopyAs as(PondUrl url) {
    boolean series = url.treatment() == PondUrl.Treatment.SERIES;
    return switch (url.format()) {
      case FILE ->
          switch (url.treatment()) {
            case ANY -> CopyAs.DATA;
            case TABLE -> CopyAs.TABLE;
            case SERIES -> CopyAs.SERIES;
          };
      case DATA -> CopyAs.DATA;
      case TABLE -> CopyAs.TABLE;
      case SERIES -> CopyAs.SERIES;
      case PARQUET -> series ? CopyAs.SERIES : CopyAs.TABLE;
      case CSV, NDJSON, JSONLOGS, WEBLOG, OTELJSON, EXCELHTML ->
          series ? CopyAs.TEXT_SERIES : CopyAs.TEXT_TABLE;
    };
  }
}
