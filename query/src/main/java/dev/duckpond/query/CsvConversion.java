package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.List;

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
    Path file =
        csv.findHostFile()
            .orElseThrow(() -> new IllegalArgumentException(csv + " is no file of this machine"));
    return QueryErrors.translating(
        "converting '" + file + "'",
        () -> {
          Sql files = ParquetSource.paths(duck, new ParquetSource.VariableNames(), List.of(file));
          Sql source =
              new CsvSource(duck, files, csv.compression(), csv.options(), file.toString())
                  .source();
          return duck.copyToParquet(
              Sql.of("SELECT * FROM ").plus(source), target, ParquetOptions.defaults());
        });
  }
}
