package dev.duckpond.benchmarks;

import dev.duckpond.cli.CliEnvironment;
import dev.duckpond.cli.PondCli;
import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.SqlBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a long history costs: a series to which many transactions appended a small version each.
 *
 * <p>Arguments: the launcher of the distribution, an empty directory to work in, and the numbers of
 * transactions to look at, rising.
 */
public final class HistoryBenchmark {
  private static final String SERIES = "/well.series";
  private static final long ROWS_PER_VERSION = 24;
  private static final long SECONDS_PER_ROW = 3600;

  private HistoryBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path work = Path.of(args[1]).toAbsolutePath();
    List<Integer> counts = Arrays.stream(args).skip(2).map(Integer::valueOf).toList();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path pond = work.resolve("pond");
    run(work, List.of("--pond", pond.toString(), "init"));
    out.printf(
        Locale.ROOT,
        "%-14s%12s%12s%12s%12s%12s%12s%n",
        "transactions",
        "list ms",
        "status ms",
        "cat ms",
        "sql ms",
        "log ms",
        "append ms");
    int done = 0;
    for (int count : counts) {
      long start = System.nanoTime();
      for (; done < count; done++) {
        append(work, pond, done);
      }
      Duration made = Duration.ofNanos(System.nanoTime() - start);
      WholeProcess process = new WholeProcess(launcher, pond);
      List<Duration> times = new ArrayList<>();
      times.add(process.median("list"));
      times.add(process.median("status"));
      times.add(process.median("cat", SERIES, "--format", "csv"));
      times.add(process.median("sql", "SELECT count(*) FROM \"" + SERIES + "\""));
      times.add(process.median("log", "-q"));
      // Last, since it makes the history longer.
      times.add(process.once("-q", "copy", version(work, done++).toString(), SERIES));
      out.printf(Locale.ROOT, "%-14d", count);
      times.forEach(time -> out.printf(Locale.ROOT, "%12d", time.toMillis()));
      out.printf(Locale.ROOT, "   (made in %d s)%n", made.toSeconds());
    }
  }

  private static void append(Path work, Path pond, int number) throws IOException {
    run(
        work,
        List.of("--pond", pond.toString(), "-q", "copy", version(work, number).toString(), SERIES));
  }

  private static Path version(Path work, int number) throws IOException {
    Path file = work.resolve("version.parquet");
    Files.deleteIfExists(file);
    long from = 1_700_000_000L + number * ROWS_PER_VERSION * SECONDS_PER_ROW;
    try (DuckSession session =
        DuckSession.open(
            DuckOptions.builder(work.resolve("spill")).allowDirectory(work).threads(1).build())) {
      session.copyToParquet(
          new SqlBuilder()
              .text("SELECT ")
              .literal(from)
              .text(" + range * ")
              .literal(SECONDS_PER_ROW)
              .text(" AS timestamp, sin(range) AS \"Level.m\", 12.5 + range AS \"Temperature.C\"")
              .text(" FROM range(")
              .literal(ROWS_PER_VERSION)
              .text(")")
              .build(),
          file,
          ParquetOptions.defaults());
    }
    return file;
  }

  private static void run(Path work, List<String> words) {
    CliEnvironment environment =
        CliEnvironment.in(work).stderr(System.err).userName("benchmark").build();
    int status = PondCli.run(words, environment);
    if (status != 0) {
      throw new IllegalStateException(String.join(" ", words) + " ended with " + status);
    }
  }
}
