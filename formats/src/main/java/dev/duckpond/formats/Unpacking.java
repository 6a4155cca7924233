package dev.duckpond.formats;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ExactPath;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Unpacks files, and refuses those that unpack to far more than they are.
 *
 * <p>Zstandard goes through the SQL engine, line by line, since the platform has no decoder; so it
 * is for text in UTF-8 only, and lines end in a newline afterwards. One thread only.
 */
public final class Unpacking {
  /** What any file may unpack to. */
  static final long UNSUSPICIOUS_BYTES = 64L << 20;

  /** How many times its size a larger one may unpack to. */
  static final int MAX_RATIO = 500;

  /** What no file may unpack to. */
  static final long MAX_UNPACKED_BYTES = 64L << 30;

  /** How many times its size a gzip file unpacks to at most, by its format. */
  private static final int MAX_GZIP_RATIO = 1032;

  private static final int BUFFER_BYTES = 1 << 16;

  private final DuckSession duck;

  /** Unpacks through a session that may read the files, which stays the caller's. */
  public Unpacking(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Unpacks a file.
   *
   * @param label what errors call it
   * @param target is replaced; a failure leaves a part of it
   * @throws dev.duckpond.tinyfs.PondException.Invalid when it is not packed that way, is damaged,
   *     or unpacks to too much
   */
  public void unpack(Path file, Packing packing, String label, Path target) throws IOException {
    if (packing == Packing.ZSTD) {
      unpackLines(file, label, target);
      return;
    }
    try (InputStream in = open(file, packing, label);
        OutputStream out = Files.newOutputStream(target)) {
      in.transferTo(out);
    }
  }

  /**
   * Reads a gzip file to its end, if it is so large that it might unpack to too much.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid like {@link #unpack}
   */
  public static void requireModestGzip(Path file, String label) throws IOException {
    if (Files.size(file) > UNSUSPICIOUS_BYTES / MAX_GZIP_RATIO) {
      try (InputStream in = open(file, Packing.GZIP, label)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /**
   * Requires that a Zstandard file ends where a frame of it ends, and walks over its frames for
   * that: the engine takes one that is cut short for a whole one. What is in them is not looked at.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid like {@link #unpack}
   */
  public static void requireWholeZstd(Path file, String label) throws IOException {
    Optional<String> fault = ZstdFrames.findFault(file);
    if (fault.isPresent()) {
      throw UnpackedStream.damaged(Packing.ZSTD, label, new IOException(fault.get()));
    }
  }

  /**
   * Opens a file that is not packed with Zstandard; the caller closes the stream.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid here or in reading, like {@link #unpack}
   */
  static InputStream open(Path file, Packing packing, String label) throws IOException {
    InputStream packed = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    boolean isOpen = false;
    try {
      InputStream stream =
          switch (packing) {
            case NONE -> packed;
            case GZIP ->
                new UnpackedStream(
                    new GZIPInputStream(packed, BUFFER_BYTES), packing, label, maxBytes(file));
            case BZIP2 ->
                new UnpackedStream(
                    new BufferedInputStream(
                        new BZip2CompressorInputStream(packed, true), BUFFER_BYTES),
                    packing,
                    label,
                    maxBytes(file));
            case ZSTD -> throw new IllegalArgumentException("zstd is unpacked to a file first");
          };
      isOpen = true;
      return stream;
    } catch (IOException e) {
      throw UnpackedStream.damaged(packing, label, e);
    } finally {
      if (!isOpen) {
        packed.close();
      }
    }
  }

  private static long maxBytes(Path file) throws IOException {
    long size = Math.min(Files.size(file), MAX_UNPACKED_BYTES / MAX_RATIO);
    return Math.max(UNSUSPICIOUS_BYTES, size * MAX_RATIO);
  }

  private void unpackLines(Path file, String label, Path target) throws IOException {
    requireWholeZstd(file, label);
    Sql query =
        new SqlBuilder()
            .text("SELECT coalesce(line, '') FROM read_csv(")
            .append(ExactPath.literal(file))
            .text(", auto_detect = false, columns = {'line': 'VARCHAR'}, delim = chr(1)")
            .text(", quote = '', escape = '', header = false, hive_partitioning = false")
            .text(", compression = 'zstd', max_line_size = ")
            .literal(BoundedLines.MAX_LINE_BYTES)
            .text(")")
            .build();
    long maxBytes = maxBytes(file);
    long bytes = 0;
    try (Rows rows = duck.query(query);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER_BYTES)) {
      while (rows.next()) {
        byte[] line = rows.text(0).getBytes(StandardCharsets.UTF_8);
        bytes += line.length + 1L;
        if (bytes > maxBytes) {
          throw UnpackedStream.tooMuch(label, maxBytes);
        }
        out.write(line);
        out.write('\n');
      }
    }
  }
}
