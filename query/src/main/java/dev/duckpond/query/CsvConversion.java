package dev.duckpond.query;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns CSV into Parquet: the same rows in the same order, with types that fit every line.
 *
 * <p>The same CSV gives the same bytes. Whether a column holds the time is for {@link
 * RelationInspector} to say of the result. One thread only.
 */
public final class CsvConversion {
  private final DuckSession duck;

  /** Converts through a session that may read the files, which stays the caller's. */
  public CsvConversion(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Converts one file of this machine.
   *
   * @param csv a URL of format {@code csv}, with its options
   * @param target a path that the session may write; a failure leaves a broken file there
   * @throws PondException.Invalid naming the line where the file is not CSV, or is not in the
   *     encoding it should be
   */
  public WrittenParquet convert(PondUrl csv, Path target) {
    return convert(csv, target, Map.of());
  }

  /**
   * Converts a file for a series. When it has no rows, nothing in it tells the types of its
   * columns, and they are those of the series.
   *
   * @param csv a URL of format {@code csv}, with its options
   * @param target a path that the session may write; a failure leaves a broken file there
   * @param label what errors call the file
   * @throws PondException.Invalid when it is not CSV, or has no rows and the series none either
   */
  public WrittenParquet convert(PondUrl csv, Path target, SeriesTarget series, String label) {
    WrittenParquet written = convert(csv, target);
    if (written.rows() > 0) {
      return written;
    }
    if (series.versions().isEmpty()) {
      throw new PondException.Invalid(
          "'" + label + "' has no rows",
          "a new series takes its types and its time from rows",
          "Copy it when there are some.");
    }
    return convert(csv, target, types(target, series));
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

  private WrittenParquet convert(PondUrl csv, Path target, Map<String, String> types) {
    Path file =
        csv.findHostFile()
            .orElseThrow(() -> new IllegalArgumentException(csv + " is no file of this machine"));
    return QueryErrors.translating(
        "converting '" + file + "'",
        () -> {
          Sql files = ParquetSource.paths(duck, new ParquetSource.VariableNames(), List.of(file));
          Sql source =
              new CsvSource(duck, files, csv.compression(), csv.options(), file.toString(), types)
                  .source();
          return duck.copyToParquet(
              Sql.of("SELECT * FROM ").plus(source), target, ParquetOptions.defaults());
        });
  }
}
