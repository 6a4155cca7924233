package dev.duckpond.benchmarks;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a join of many series costs for each of them: the time of reading the whole join, as a
 * process of its own, against that of joining two.
 *
 * <p>Arguments: the launcher of the distribution, an empty directory to work in, the rows of each
 * series, the memory limit, and the numbers of series, the first of which is what the others are
 * compared with. A series has two columns; all have the same instants.
 */
public final class JoinBenchmark {
  private static final double MILLIS_PER_SECOND = 1000.0;

  private JoinBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path work = Path.of(args[1]).toAbsolutePath();
    long rows = Long.parseLong(args[2]);
    String memory = args[3];
    List<Integer> counts = new ArrayList<>();
    for (int i = 4; i < args.length; i++) {
      counts.add(Integer.parseInt(args[i]));
    }
    int most = counts.stream().max(Integer::compare).orElseThrow();
    WholeProcess process = new WholeProcess(launcher, work.resolve("pond"));
    process.once("init");
    process.once("-q", "copy", make(work, rows, most).toString(), "/in");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    double first = 0;
    for (int count : counts) {
      String joined = "/joined" + count;
      process.once("mknod", "timeseries-join", joined, "--config-path", join(work, count));
      StringBuilder sum = new StringBuilder("SELECT count(*)");
      for (int i = 1; i <= count; i++) {
        sum.append(", sum(\"S%d.a\") + sum(\"S%d.b\")".formatted(i, i));
      }
      Duration time =
          process.once("sql", sum + " FROM \"" + joined + "\"", "--memory-limit", memory);
      double each = time.toMillis() / MILLIS_PER_SECOND / count;
      first = first == 0 ? each : first;
      out.printf(
          Locale.ROOT,
          "%2d series of %d rows: %.1f s, %.2f s for each, ratio %.2f%n",
          count,
          rows,
          time.toMillis() / MILLIS_PER_SECOND,
          each,
          each / first);
    }
  }

  /** Writes series of a reading a minute, each with values of its own. */
  private static Path make(Path work, long rows, int count) throws IOException {
    Path directory = Files.createDirectories(work.resolve("in"));
    DuckOptions options = DuckOptions.builder(work.resolve("spill")).allowDirectory(work).build();
    try (DuckSession duck = DuckSession.open(options)) {
      for (int i = 1; i <= count; i++) {
        Sql select =
            new SqlBuilder()
                .text("SELECT 1700000000 + 60 * i AS timestamp, sin(i + ")
                .literal(i)
                .text(") AS a, cos(i * ")
                .literal(i)
                .text(") AS b FROM range(")
                .literal(rows)
                .text(") r(i)")
                .build();
        Path file = directory.resolve(i + ".series");
        duck.copyToParquet(select, file, ParquetOptions.defaults());
      }
    }
    return directory;
  }

  private static String join(Path work, int count) throws IOException {
    StringBuilder yaml = new StringBuilder("inputs:\n");
    for (int i = 1; i <= count; i++) {
      yaml.append("  - {pattern: /in/%d.series, scope: S%d}%n".formatted(i, i));
    }
    Path file = work.resolve("join" + count + ".yaml");
    Files.writeString(file, yaml);
    return file.toString();
  }
}
