package dev.duckpond.benchmarks;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.KeepPartitionColumns;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import java.nio.file.Path;
import java.util.List;

/**
 * What the SQL engine does on its own, as a process to measure.
 *
 * <p>Arguments: a directory to spill to, one that it may use, and then {@code generate ROWS
 * ordered|shuffled FILE} or {@code copy FILE DIRECTORY month|day}.
 */
public final class EngineProcess {
  /** The days that the rows span; 579 files when cut by day. */
  private static final long DAYS = 579;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** The first of January 2023. */
  private static final long FIRST_MICROS = 1_672_531_200_000_000L;

  private EngineProcess() {}

  /** Runs one case. */
  public static void main(String[] args) {
    DuckOptions options =
        DuckOptions.builder(Path.of(args[0])).allowDirectory(Path.of(args[1])).build();
    try (DuckSession duck = DuckSession.open(options)) {
      if (args[2].equals("generate")) {
        generate(duck, Long.parseLong(args[3]), args[4].equals("shuffled"), Path.of(args[5]));
      } else {
        copy(duck, Path.of(args[3]), Path.of(args[4]), args[5].equals("day"));
      }
    }
  }

  private static void generate(DuckSession duck, long rows, boolean shuffled, Path file) {
    Sql select =
        Sql.of("SELECT make_timestamp(")
            .plus(Sql.literal(FIRST_MICROS))
            .plus(" + i * ")
            .plus(Sql.literal(DAYS * MICROS_PER_DAY / rows))
            .plus(
                ") AS timestamp, sin(i / 1000.0) AS a, hash(i) / 1e19 AS b, i / 7.0 AS c,"
                    + " (i % 1000) / 10.0 AS d, hash(i + 5) / 1e19 AS e FROM range(")
            .plus(Sql.literal(rows))
            .plus(") t(i)");
    Sql ordered = shuffled ? select.plus(" ORDER BY hash(i)") : select;
    duck.copyToParquet(ordered, file, ParquetOptions.defaults());
  }

  private static void copy(DuckSession duck, Path source, Path directory, boolean byDay) {
    Sql from = Sql.of(" FROM read_parquet(").plus(Sql.literal(source.toString())).plus(")");
    Sql select =
        byDay
            ? Sql.of(
                "SELECT *, year(timestamp) AS year, month(timestamp) AS month, day(timestamp) AS"
                    + " day")
            : Sql.of("SELECT *, year(timestamp) AS year, month(timestamp) AS month");
    duck.copyPartitioned(
        select.plus(from),
        directory,
        byDay ? List.of("year", "month", "day") : List.of("year", "month"),
        List.of(Sql.of("timestamp")),
        ParquetOptions.defaults(),
        KeepPartitionColumns.IN_PATH_ONLY);
  }
}
