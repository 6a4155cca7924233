package dev.duckpond.formats;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * One file on its way to Parquet.
 *
 * @param file plain, or packed in a way that the platform unpacks
 * @param label what errors call it
 * @param target what is written
 */
record Conversion(
    DuckSession duck,
    Path file,
    Packing packing,
    String label,
    ConversionOptions options,
    Path target) {

  /** Opens the unpacked bytes; the caller closes the stream. */
  InputStream open() throws IOException {
    return Unpacking.open(file, packing, label);
  }

  /** Writes the rows of a query, with what is to be remembered of the lines left out. */
  Converted write(Sql select, Rejected rejected) {
    Map<String, String> metadata =
        rejected.isEmpty() ? Map.of() : Map.of(Rejected.METADATA_KEY, rejected.toText());
    long rows =
        duck.copyToParquet(select, target, ParquetOptions.defaults().withMetadata(metadata)).rows();
    return new Converted(rows, rejected);
  }
}
