package dev.duckpond.formats;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Turns files of the formats of this room into Parquet.
 *
 * <p>The same bytes and options give the same rows in the same order. Memory is bounded by the
 * longest line and by the engine's own limit. One thread only.
 */
public final class FormatConverter {
  private final DuckSession duck;

  /** Converts through a session that may read and write the files, which stays the caller's. */
  public FormatConverter(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Converts one file.
   *
   * @param label what errors call it
   * @param target is replaced; a failure leaves a broken file there, and maybe one with {@code
   *     .unpacked} behind its name
   * @throws PondException.Invalid when it is not of the format
   * @throws dev.duckpond.duckdb.DuckException when the engine refuses
   */
  public Converted convert(
      Path file,
      String label,
      TextFormat format,
      Packing packing,
      ConversionOptions options,
      Path target) {
    try {
      if (packing != Packing.ZSTD) {
        return convert(format, new Conversion(duck, file, packing, label, options, target));
      }
      Path unpacked = target.resolveSibling(target.getFileName() + ".unpacked");
      new Unpacking(duck).unpack(file, packing, label, unpacked);
      try {
        return convert(
            format, new Conversion(duck, unpacked, Packing.NONE, label, options, target));
      } finally {
        Files.deleteIfExists(unpacked);
      }
    } catch (IOException e) {
      throw new PondException.Failed(
          "'" + label + "' cannot be read", String.valueOf(e.getMessage()), "", e);
    }
  }

  private static Converted convert(TextFormat format, Conversion conversion) throws IOException {
    return switch (format) {
      case JSONLOGS -> new JsonLogs(conversion).convert();
      case WEBLOG -> new WebLog(conversion).convert();
      case OTELJSON -> new OtelJson(conversion).convert();
      case EXCELHTML -> new ExcelHtml(conversion).convert();
    };
  }
}
