package dev.duckpond.query;

import dev.duckpond.formats.Packing;
import dev.duckpond.formats.TextFormat;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names something to read: {@code [host+]format[+compression][+type]:///path[?option=value&…]}.
 *
 * <p>A bare path means {@code file:///} and stands as it is: nothing in it is decoded, and a
 * question mark belongs to it. In a URL, {@code %XX} stands for a byte of UTF-8, in the path and in
 * the options; the first {@code ?} begins the options, so a wildcard of that kind is written {@code
 * %3F}; {@code +} and {@code #} stand for themselves. {@code host:///path} is short for {@code
 * host+file:///path}.
 *
 * @param path absolute; a path or pattern of the pond, or a file of this machine
 * @param options checked for the format, in the order written
 */
public record PondUrl(
    Place place,
    Format format,
    Compression compression,
    Treatment treatment,
    String path,
    Map<String, String> options) {

  /** Where the path leads. */
  public enum Place {
    POND,
    HOST
  }

  /** How the bytes are read. */
  public enum Format {
    /** Whatever the node is; for a file of this machine, its bytes. */
    FILE,
    TABLE,
    SERIES,
    DATA,
    CSV,
    NDJSON,
    JSONLOGS,
    WEBLOG,
    OTELJSON,
    EXCELHTML,
    PARQUET;

    /** Answers the word that URLs use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds the conversion to Parquet that reading needs; empty when the engine reads it itself.
     */
    Optional<TextFormat> conversion() {
      return switch (this) {
        case JSONLOGS -> Optional.of(TextFormat.JSONLOGS);
        case WEBLOG -> Optional.of(TextFormat.WEBLOG);
        case OTELJSON -> Optional.of(TextFormat.OTELJSON);
        case EXCELHTML -> Optional.of(TextFormat.EXCELHTML);
        case FILE, TABLE, SERIES, DATA, CSV, NDJSON, PARQUET -> Optional.empty();
      };
    }

    /** Tells whether it is text, whatever its node is. */
    boolean isText() {
      return this == CSV || this == NDJSON || conversion().isPresent();
    }
  }

  /** How the bytes are packed. */
  public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    BZIP2;

    /** Answers the word that URLs use. */
    public String word() {
      return packing().word();
    }

    Packing packing() {
      return Packing.valueOf(name());
    }
  }

  /** How the rows are treated. */
  public enum Treatment {
    /** As they are: with a time column when there is one. */
    ANY,
    /** As rows, whatever their times. */
    TABLE,
    /** As a series, which must have a time column. */
    SERIES
  }

  public PondUrl {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path of a URL is absolute: " + path);
    }
  }

  /**
   * Reads a URL or a bare path.
   *
   * @throws PondException.Usage when it is neither, with the known words
   */
  public static PondUrl parse(String text) {
    return new PondUrlParser(text).parse();
  }

  /** Tells whether a text is meant as a URL and not as a bare path. */
  public static boolean looksLikeUrl(String text) {
    return text.contains("://");
  }

  /** Answers the URL of a path as it is. */
  public static PondUrl ofPath(String path) {
    return new PondUrl(Place.POND, Format.FILE, Compression.NONE, Treatment.ANY, path, Map.of());
  }

  /** Answers the URL of a file of this machine. */
  public static PondUrl ofHostFile(Format format, Path file) {
    String path = file.toAbsolutePath().normalize().toString();
    return new PondUrl(Place.HOST, format, Compression.NONE, Treatment.ANY, path, Map.of());
  }

  /** Answers this URL with a value for an option, whether it has one or not. */
  public PondUrl with(String option, String value) {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.put(option, value);
    return new PondUrl(place, format, compression, treatment, path, all);
  }

  /** Finds the file of this machine that the URL names. */
  public Optional<Path> findHostFile() {
    return place == Place.HOST ? Optional.of(Path.of(path)) : Optional.empty();
  }

  /** Answers the URL as text that {@link #parse} reads back; a plain path stays plain. */
  @Override
  public String toString() {
    return PondUrlParser.text(this);
  }
}
