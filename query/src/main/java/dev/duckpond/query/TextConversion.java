package dev.duckpond.query;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.formats.ConversionOptions;
import dev.duckpond.formats.Converted;
import dev.duckpond.formats.FormatConverter;
import dev.duckpond.formats.Packing;
import dev.duckpond.formats.Rejected;
import dev.duckpond.formats.TextFormat;
import dev.duckpond.formats.Unpacking;
import dev.duckpond.query.PondUrl.Compression;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Turns text into Parquet: the same rows in the same order, with types that fit every line.
 *
 * <p>The same text gives the same bytes. Whether a column holds the time is for {@link
 * RelationInspector} to say of the result. One thread only.
 */
public final class TextConversion {
  private static final Rejected NOTHING = new Rejected(0, 0, List.of());

  private final DuckSession duck;

  /** Converts through a session that may read the files, which stays the caller's. */
  public TextConversion(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Converts one file of this machine.
   *
   * @param url of a format of text, with its options
   * @param target a path that the session may write; a failure leaves broken files there and beside
   *     it
   * @throws PondException.Invalid naming the line where the file is not of the format, or is not in
   *     the encoding it should be
   */
  public Converted convert(PondUrl url, Path target) {
    Path file = hostFile(url);
    return convert(url, List.of(file), file.toString(), target);
  }

  /**
   * Converts one file of this machine that lies in another place than users know.
   *
   * @param types columns of CSV or NDJSON whose types are known already
   * @param label what errors call it
   * @param target as above
   * @throws PondException.Invalid as above
   */
  public Converted convert(PondUrl url, Map<String, String> types, String label, Path target) {
    List<Path> files = List.of(hostFile(url));
    return url.format() == PondUrl.Format.CSV || url.format() == PondUrl.Format.NDJSON
        ? QueryErrors.translating(
            "converting '" + label + "'", () -> byEngine(url, files, label, types, target))
        : convert(url, files, label, target);
  }

  /**
   * Asks for something of the values of a CSV file of this machine as they are written; no types
   * are told, so that this costs less than a conversion.
   *
   * @param label what errors call the file
   * @param target a path that the session may write, for what is unpacked
   * @param question is given what stands after FROM: each column as text
   */
  public <T> T ofTexts(PondUrl url, String label, Path target, Function<Sql, T> question) {
    return QueryErrors.translating(
        "reading '" + label + "'",
        () ->
            byPlainFiles(
                url,
                List.of(hostFile(url)),
                label,
                target,
                (plain, compression) -> {
                  Sql paths = ParquetSource.paths(duck, new ParquetSource.VariableNames(), plain);
                  return question.apply(
                      csv(url, paths, plain, compression, label, Map.of()).texts());
                }));
  }

  /**
   * Finds the line in which a row of a CSV file of this machine begins.
   *
   * @param row counted from 0, as the conversion gives them
   * @param label what errors call the file
   * @param target a path that the session may write, for what is unpacked
   * @return counted from 1; empty when the engine cannot tell the lines apart
   */
  public OptionalLong findLine(PondUrl url, long row, String label, Path target) {
    List<Path> files = List.of(hostFile(url));
    try {
      return byPlainFiles(
          url,
          files,
          label,
          target,
          (plain, compression) ->
              new CsvLines(
                      duck,
                      ParquetSource.paths(duck, new ParquetSource.VariableNames(), plain),
                      compression,
                      url.options())
                  .find(row));
    } catch (DuckException e) {
      return OptionalLong.empty();
    }
  }

  private static Path hostFile(PondUrl url) {
    return url.findHostFile()
        .orElseThrow(() -> new IllegalArgumentException(url + " is no file of this machine"));
  }

  /**
   * Converts a file of this machine for a series. When it has no rows, nothing in it tells the
   * types of its columns, and they are those of the series.
   *
   * @param target a path that the session may write; a failure leaves broken files there and beside
   *     it
   * @param label what errors call the file
   * @throws PondException.Invalid when it is not of its format, or has no rows and the series none
   *     either
   */
  public Converted convert(PondUrl text, Path target, SeriesTarget series, String label) {
    PondUrl url = timed(text, series);
    Converted converted = convert(url, target);
    if (converted.rows() > 0) {
      return converted;
    }
    if (series.versions().isEmpty()) {
      throw new PondException.Invalid(
          "'" + label + "' has no rows",
          "a new series takes its types and its time from rows",
          "Copy it when there are some.");
    }
    if (url.format() != PondUrl.Format.CSV) {
      return converted;
    }
    Map<String, String> types = types(target, series);
    return QueryErrors.translating(
        "converting '" + label + "'",
        () -> byEngine(url, List.of(hostFile(url)), label, types, target));
  }

  /** Answers a URL that names the column that the series takes its time from, if it names none. */
  private static PondUrl timed(PondUrl url, SeriesTarget series) {
    boolean isNamed = url.options().containsKey(ConversionOptions.TIME_COLUMN);
    if (url.format() != PondUrl.Format.CSV || isNamed) {
      return url;
    }
    return series
        .findTimeColumn()
        .map(column -> url.with(ConversionOptions.TIME_COLUMN, column))
        .orElse(url);
  }

  private Map<String, String> types(Path empty, SeriesTarget series) {
    Shapes shapes = new Shapes(duck, series.contents());
    Map<String, String> stored = new HashMap<>();
    for (NodeVersion version : series.versions()) {
      for (RelationColumn column : shapes.require(version, series.path()).columns()) {
        stored.put(column.name().toLowerCase(Locale.ROOT), column.type());
      }
    }
    Map<String, String> types = new LinkedHashMap<>();
    for (Column column : duck.readParquetOutline(empty).columns()) {
      String type = stored.get(column.name().toLowerCase(Locale.ROOT));
      if (type != null) {
        types.put(column.name(), type);
      }
    }
    return types;
  }

  /**
   * Converts files as one.
   *
   * @param files of which a format that this machine's engine does not know takes only one
   * @param label what errors call them
   */
  Converted convert(PondUrl url, List<Path> files, String label, Path target) {
    return QueryErrors.translating(
        "converting '" + label + "'",
        () -> {
          Optional<TextFormat> format = url.format().conversion();
          return format.isPresent()
              ? new FormatConverter(duck)
                  .convert(
                      one(files),
                      label,
                      format.get(),
                      url.compression().packing(),
                      ConversionOptions.of(url.options()),
                      target)
              : byEngine(url, files, label, Map.of(), target);
        });
  }

  private static Path one(List<Path> files) {
    if (files.size() != 1) {
      throw new IllegalArgumentException(files.size() + " files to be converted as one");
    }
    return files.getFirst();
  }

  private Converted byEngine(
      PondUrl url, List<Path> files, String label, Map<String, String> types, Path target) {
    return byPlainFiles(
        url,
        files,
        label,
        target,
        (plain, compression) -> copied(url, plain, compression, label, types, target));
  }

  /** Reads files that the engine can unpack. */
  private interface Reading<T> {
    T read(List<Path> files, Compression compression);
  }

  private <T> T byPlainFiles(
      PondUrl url, List<Path> files, String label, Path target, Reading<T> reading) {
    List<Path> unpacked = new ArrayList<>();
    try {
      if (url.compression() != Compression.BZIP2) {
        return reading.read(files, url.compression());
      }
      for (Path file : files) {
        Path plain = target.resolveSibling(target.getFileName() + ".plain-" + unpacked.size());
        unpacked.add(plain);
        new Unpacking(duck).unpack(file, Packing.BZIP2, label, plain);
      }
      return reading.read(unpacked, Compression.NONE);
    } catch (IOException e) {
      throw new PondException.Failed(
          "'" + label + "' cannot be unpacked", String.valueOf(e.getMessage()), "", e);
    } finally {
      unpacked.forEach(TextConversion::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It lies in a directory that goes as a whole.
    }
  }

  private Converted copied(
      PondUrl url,
      List<Path> files,
      Compression compression,
      String label,
      Map<String, String> types,
      Path target) {
    for (Path file : files) {
      requireUnpackable(file, compression, label);
    }
    Sql source = source(url, files, compression, label, types, new ParquetSource.VariableNames());
    long rows =
        duck.copyToParquet(Sql.of("SELECT * FROM ").plus(source), target, ParquetOptions.defaults())
            .rows();
    return new Converted(rows, NOTHING);
  }

  /**
   * Answers what stands after FROM for text that the engine reads itself.
   *
   * @param files of which each is {@link #requireUnpackable}
   * @param types of columns of CSV or NDJSON whose types are known already
   */
  Sql source(
      PondUrl url,
      List<Path> files,
      Compression compression,
      String label,
      Map<String, String> types,
      ParquetSource.VariableNames names) {
    Sql paths = ParquetSource.paths(duck, names, files);
    return switch (url.format()) {
      case CSV -> {
        try {
          yield csv(url, paths, files, compression, label, types).source();
        } catch (DuckException e) {
          requireOneLineEnd(url, files, compression, label, e);
          throw e;
        }
      }
      case NDJSON -> ndjson(paths, compression, files.size(), types);
      case FILE, TABLE, SERIES, DATA, JSONLOGS, WEBLOG, OTELJSON, EXCELHTML, PARQUET ->
          throw new IllegalArgumentException("the engine does not read " + url.format().word());
    };
  }

  private CsvSource csv(
      PondUrl url,
      Sql paths,
      List<Path> files,
      Compression compression,
      String label,
      Map<String, String> types) {
    Map<String, String> options =
        files.size() == 1
            ? CsvBeginning.skipped(duck, paths, compression, url.options())
            : url.options();
    return new CsvSource(duck, paths, compression, options, label, types);
  }

  /** Names the line where lines end in two ways, which the engine cannot. */
  private static void requireOneLineEnd(
      PondUrl url, List<Path> files, Compression compression, String label, DuckException cause) {
    if (!QueryErrors.mayBeOfLineEnds(cause)
        || compression != Compression.NONE
        || url.options().getOrDefault("encoding", "").equals("utf-16")) {
      return;
    }
    for (Path file : files) {
      try {
        Optional<LineEnds> two = LineEnds.findTwo(file, url.options());
        if (two.isPresent()) {
          throw new PondException.Invalid(
              "'" + label + "' cannot be read",
              two.get().sentence(),
              QueryErrors.REMEDY_OF_LINE_ENDS,
              cause);
        }
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private Sql ndjson(Sql paths, Compression compression, int files, Map<String, String> types) {
    Sql source = NdjsonSource.of(paths, compression, files);
    if (types.isEmpty()) {
      return source;
    }
    Map<String, String> all = new LinkedHashMap<>();
    for (Column column : duck.columns(Sql.of("FROM ").plus(source))) {
      all.put(column.name(), types.getOrDefault(column.name(), column.type()));
    }
    return NdjsonSource.of(paths, compression, all);
  }

  /**
   * Requires of a packed file what the engine does not look at when it unpacks.
   *
   * @throws PondException.Invalid when it unpacks to far more than it is, or is cut short
   */
  static void requireUnpackable(Path file, Compression compression, String label) {
    try {
      switch (compression) {
        case GZIP -> Unpacking.requireModestGzip(file, label);
        case ZSTD -> Unpacking.requireWholeZstd(file, label);
        case NONE, BZIP2 -> {}
      }
    } catch (IOException e) {
      throw new PondException.Failed(
          "'" + label + "' cannot be read", String.valueOf(e.getMessage()), "", e);
    }
  }
}
