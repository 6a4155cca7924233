package dev.duckpond.duckdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Says how Parquet is written.
 *
 * @param compression codec of the pages
 * @param rowGroupRows rows in a row group; the engine rounds up to a multiple of 2048
 * @param metadata key-value metadata of the footer, in order
 */
public record ParquetOptions(
    Compression compression, long rowGroupRows, Map<String, String> metadata) {

  /** Codecs of Parquet pages. */
  public enum Compression {
    ZSTD,
    SNAPPY,
    LZ4_RAW,
    GZIP,
    UNCOMPRESSED
  }

  /** The engine's own size of a row group. */
  public static final long DEFAULT_ROW_GROUP_ROWS = 122_880;

  public ParquetOptions {
    Objects.requireNonNull(compression, "compression");
    if (rowGroupRows < 1) {
      throw new IllegalArgumentException("rows in a row group: " + rowGroupRows);
    }
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Returns Zstandard, row groups of the default size, no metadata. */
  public static ParquetOptions defaults() {
    return new ParquetOptions(Compression.ZSTD, DEFAULT_ROW_GROUP_ROWS, Map.of());
  }

  /** Returns these options with another codec. */
  public ParquetOptions withCompression(Compression codec) {
    return new ParquetOptions(codec, rowGroupRows, metadata);
  }

  /** Returns these options with another size of row groups. */
  public ParquetOptions withRowGroupRows(long rows) {
    return new ParquetOptions(compression, rows, metadata);
  }

  /** Returns these options with other metadata. */
  public ParquetOptions withMetadata(Map<String, String> keyValues) {
    return new ParquetOptions(compression, rowGroupRows, keyValues);
  }
}
