package dev.duckpond.benchmarks;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * What the SQL engine does on its own, as a process to measure.
 *
 * <p>Arguments: a directory to spill to, one that it may use, and then {@code generate ROWS
 * ordered|shuffled FILE}, {@code copy FILE DIRECTORY month|day}, {@code check DIRECTORY ROWS},
 * {@code seconds FROM ROWS FILE}, {@code hourly DIRECTORY} or {@code nothing}.
 *
 * <p>The copy is what anybody would write: a connection with the engine's own settings but for the
 * memory limit, and one COPY with partitions, sorted within each.
 */
public final class EngineProcess {
  /** The days that the rows span; 579 files when cut by day. */
  private static final long DAYS = 579;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** The first of January 2023. */
  private static final long FIRST_MICROS = 1_672_531_200_000_000L;

  private static final long FIRST_SECOND = 1_672_531_200;

  private EngineProcess() {}

  /** Runs one case. */
  public static void main(String[] args) throws SQLException {
    Path spill = Path.of(args[0]);
    switch (args[2]) {
      case "generate" -> {
        DuckOptions options = DuckOptions.builder(spill).allowDirectory(Path.of(args[1])).build();
        try (DuckSession duck = DuckSession.open(options)) {
          generate(duck, Long.parseLong(args[3]), args[4].equals("shuffled"), Path.of(args[5]));
        }
      }
      case "copy" -> copy(spill, Path.of(args[3]), Path.of(args[4]), args[5].equals("day"));
      case "check" -> check(spill, Path.of(args[3]), Long.parseLong(args[4]));
      case "seconds" -> seconds(spill, Long.parseLong(args[3]), Long.parseLong(args[4]), args[5]);
      case "hourly" -> hourly(spill, Path.of(args[3]));
      case "nothing" -> connect(spill).close();
      default -> throw new IllegalArgumentException("no case " + args[2]);
    }
  }

  /** Connects past everything of ours. */
  private static Connection connect(Path spill) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", DuckOptions.DEFAULT_MEMORY_LIMIT_BYTES + "B");
    properties.setProperty("temp_directory", spill.toString());
    return DriverManager.getConnection("jdbc:duckdb:", properties);
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

  private static void copy(Path spill, Path source, Path directory, boolean byDay)
      throws SQLException {
    SqlBuilder copy =
        new SqlBuilder()
            .text("COPY (SELECT *, year(timestamp) AS year, month(timestamp) AS month")
            .append(byDay ? Sql.of(", day(timestamp) AS day") : Sql.of(""))
            .text(" FROM read_parquet(")
            .literal(source.toString())
            .text(")) TO ")
            .literal(directory.toString())
            .text(" (FORMAT parquet, COMPRESSION zstd, ORDER_BY (timestamp), PARTITION_BY ")
            .append(byDay ? Sql.of("(year, month, day))") : Sql.of("(year, month))"));
    try (Connection connection = connect(spill);
        Statement statement = connection.createStatement()) {
      statement.execute(copy.build().toString());
    }
  }

  /** Requires that a directory holds so many rows, sorted by time in each of its files. */
  private static void check(Path spill, Path directory, long rows) throws SQLException {
    SqlBuilder query =
        new SqlBuilder()
            .text("SELECT count(*), count(*) FILTER (down) FROM (SELECT timestamp <")
            .text(" lag(timestamp) OVER (PARTITION BY filename ORDER BY file_row_number) AS down")
            .text(" FROM read_parquet(")
            .literal(directory + "/**/*.parquet")
            .text(", filename = true, file_row_number = true))");
    try (Connection connection = connect(spill);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.build().toString())) {
      result.next();
      if (result.getLong(1) != rows || result.getLong(2) != 0) {
        throw new IllegalStateException(
            directory
                + " has "
                + result.getLong(1)
                + " rows of "
                + rows
                + ", "
                + result.getLong(2)
                + " of them out of order");
      }
    }
  }

  /** Writes a row for each second, as instruments do: epoch seconds and two doubles. */
  private static void seconds(Path spill, long from, long rows, String file) throws SQLException {
    SqlBuilder copy =
        new SqlBuilder()
            .text("COPY (SELECT ")
            .literal(FIRST_SECOND + from)
            .text(" + i AS timestamp, 10 + 5 * sin((")
            .literal(from)
            .text(" + i) / 86400.0) + hash(i) / 2e19 AS v, hash(i + 5) / 2e17 AS w FROM range(")
            .literal(rows)
            .text(") t(i)) TO ")
            .literal(file)
            .text(" (FORMAT parquet, COMPRESSION zstd)");
    try (Connection connection = connect(spill);
        Statement statement = connection.createStatement()) {
      statement.execute(copy.build().toString());
    }
  }

  /**
   * Reduces what {@link #seconds} wrote to hours, with the fastest of several ways to say it: whole
   * seconds divided, and made times after they are grouped.
   */
  private static void hourly(Path spill, Path directory) throws SQLException {
    SqlBuilder query =
        new SqlBuilder()
            .text(
                "SELECT make_timestamp(k * 3600000000), a, b, c, d FROM (SELECT timestamp // 3600")
            .text(" AS k, avg(v) AS a, min(v) AS b, max(v) AS c, count(v) AS d FROM read_parquet(")
            .literal(directory + "/*.parquet")
            .text(") GROUP BY 1) ORDER BY 1");
    try (Connection connection = connect(spill);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.build().toString())) {
      long rows = 0;
      while (result.next()) {
        rows += result.getLong(5);
      }
      if (rows == 0) {
        throw new IllegalStateException("no rows in " + directory);
      }
    }
  }
}
