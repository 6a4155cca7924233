package dev.duckpond.benchmarks;

import dev.duckpond.cli.CliEnvironment;
import dev.duckpond.cli.PondCli;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads a series of a row per second, downsampled to an hour: against the engine's own query over
 * the same files, a second time, after 10 000 rows were appended, and at a tenth of the history.
 * And lists a directory of 500 computed nodes.
 *
 * <p>Arguments: the launcher of the distribution, an empty directory to work in, the number of
 * rows. All are whole processes but where it says "within". What a process takes before it has
 * anything to read is measured too, by a query that reads nothing, and taken off where it says
 * "net".
 */
public final class ReduceBenchmark {
  private static final int FILES = 50;
  private static final int APPENDED = 10_000;
  private static final int NODES = 500;
  private static final int RUNS = 5;
  private static final int WARMING_READS = 5;
  private static final String REDUCED = "/r/a/res=1h.series";

  private static final String REDUCE =
      """
      in_pattern: /in/*.series
      out_pattern: $0
      resolutions: [1h]
      aggregations:
        - {type: avg, columns: [v]}
        - {type: min, columns: [v]}
        - {type: max, columns: [v]}
        - {type: count, columns: [v]}
      """;

  private final Path launcher;
  private final Path work;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private ReduceBenchmark(Path launcher, Path work) {
    this.launcher = launcher;
    this.work = work;
  }

  /** Runs all cases and prints a line for each. */
  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path work = Path.of(args[1]).toAbsolutePath();
    new ReduceBenchmark(launcher, work).run(Long.parseLong(args[2]));
  }

  private void run(long rows) throws Exception {
    Path files = work.resolve("files");
    Path small = make("small", files.resolve("small"), rows / 10);
    ProcessCost smallCold = cold(small);
    Path pond = make("large", files.resolve("large"), rows);
    ProcessCost engine =
        best(() -> ProcessCost.ofEngine(work, "hourly", files.resolve("large").toString()));
    ProcessCost engineStart = best(() -> ProcessCost.ofEngine(work, "nothing"));
    ProcessCost start = best(() -> pond(pond, "-q", "sql", "SELECT 1"));
    ProcessCost cold = cold(pond);
    ProcessCost again = best(() -> read(pond));
    append(pond, rows);
    ProcessCost appended = read(pond);
    Within within = within(small, pond, rows + APPENDED);
    print("start of pond", start);
    print("start of the engine alone", engineStart);
    print("engine, hand-written", engine);
    print("pond, cold", cold);
    print("pond, again", again);
    print("pond, after " + APPENDED + " more rows", appended);
    print("pond, cold, a tenth of the history", smallCold);
    ratio("whole processes, cold / engine", cold.time(), engine.time());
    ratio("net of start, cold / engine", minus(cold, start), minus(engine, engineStart));
    ratio("net of start, after append / cold", minus(appended, start), minus(cold, start));
    ratio(
        "within a warm process, net of a query of nothing, after append / cold",
        within.appended().minus(within.nothing()),
        within.cold().minus(within.nothing()));
    out.printf(
        Locale.ROOT,
        "memory at ten times the history: %.2f%n",
        (double) cold.peakKilobytes() / smallCold.peakKilobytes());
    nodes();
  }

  private static Duration minus(ProcessCost whole, ProcessCost start) {
    return whole.time().minus(start.time());
  }

  private void print(String what, ProcessCost cost) {
    out.println(what + ": " + cost);
  }

  private void ratio(String what, Duration one, Duration other) {
    out.printf(
        Locale.ROOT,
        "%s: %d ms / %d ms = %.3f%n",
        what,
        one.toMillis(),
        other.toMillis(),
        (double) one.toMillis() / other.toMillis());
  }

  /** Something to measure. */
  private interface Case {
    ProcessCost run() throws IOException, InterruptedException;
  }

  /** Answers the fastest of several runs: what others do on the machine only ever adds. */
  private static ProcessCost best(Case some) throws IOException, InterruptedException {
    ProcessCost best = some.run();
    for (int i = 1; i < RUNS; i++) {
      ProcessCost next = some.run();
      best = next.time().compareTo(best.time()) < 0 ? next : best;
    }
    return best;
  }

  /** Makes a pond with a series of as many versions as files, and a reduction of it. */
  private Path make(String name, Path files, long rows) throws Exception {
    Path pond = work.resolve(name);
    Files.createDirectories(files);
    pond(pond, "init");
    pond(pond, "-q", "mkdir", "/in");
    for (int i = 0; i < FILES; i++) {
      Path file = files.resolve(String.format(Locale.ROOT, "%03d.parquet", i));
      long each = rows / FILES;
      ProcessCost.ofEngine(
          work, "seconds", Long.toString(i * each), Long.toString(each), file.toString());
      pond(pond, "-q", "copy", "host+series://" + file, "/in/a.series");
    }
    Path yaml = work.resolve("reduce.yaml");
    Files.writeString(yaml, REDUCE);
    pond(pond, "-q", "mknod", "temporal-reduce", "/r", "--config-path", yaml.toString());
    // Content is checked when it is first used on a machine.
    read(pond);
    return pond;
  }

  /**
   * What commands take in this process, when the virtual machine has loaded and compiled them: the
   * work alone, which is lost in the start and the printing of a whole process.
   */
  private record Within(Duration nothing, Duration cold, Duration appended) {}

  private Within within(Path small, Path pond, long rows) throws IOException, InterruptedException {
    for (int i = 0; i < WARMING_READS; i++) {
      remove(small.resolve("cache/rollups"));
      sum(small);
      sum(small);
    }
    List<Duration> nothing = new ArrayList<>();
    List<Duration> cold = new ArrayList<>();
    List<Duration> appended = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      nothing.add(within(pond, "sql", "SELECT 1"));
      remove(pond.resolve("cache/rollups"));
      cold.add(sum(pond));
      append(pond, rows + (long) i * APPENDED);
      appended.add(sum(pond));
    }
    return new Within(Collections.min(nothing), Collections.min(cold), Collections.min(appended));
  }

  /** Reads all of the reduction, and prints one row. */
  private static Duration sum(Path pond) {
    return within(
        pond,
        "sql",
        "SELECT sum(\"v.avg\"), min(\"v.min\"), max(\"v.max\"), sum(\"v.count\") FROM \""
            + REDUCED
            + "\"");
  }

  private static Duration within(Path pond, String... words) {
    CliEnvironment environment =
        CliEnvironment.in(pond).processors(Runtime.getRuntime().availableProcessors()).build();
    List<String> line = new ArrayList<>(List.of("--pond", pond.toString(), "-q"));
    line.addAll(List.of(words));
    long start = System.nanoTime();
    int status = PondCli.run(line, environment);
    if (status != 0) {
      throw new IllegalStateException(String.join(" ", line) + " ended with " + status);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void append(Path pond, long rows) throws IOException, InterruptedException {
    Path file = work.resolve("more.parquet");
    ProcessCost.ofEngine(
        work, "seconds", Long.toString(rows), Integer.toString(APPENDED), file.toString());
    pond(pond, "-q", "copy", "host+series://" + file, "/in/a.series");
  }

  private ProcessCost cold(Path pond) throws IOException, InterruptedException {
    return best(() -> {
      remove(pond.resolve("cache/rollups"));
      return read(pond);
    });
  }

  private ProcessCost read(Path pond) throws IOException, InterruptedException {
    return pond(pond, "-q", "cat", REDUCED, "--format", "csv");
  }

  private void nodes() throws IOException, InterruptedException {
    Path pond = work.resolve("nodes");
    StringBuilder documents = new StringBuilder("kind: mkdir\nmetadata: {path: /n}\n");
    for (int i = 0; i < NODES; i++) {
      documents.append(
          """
          ---
          kind: mknod
          metadata: {path: /n/%d}
          spec:
            factory: sql-derived-table
            config: {patterns: {a: /rows.table}, query: SELECT * FROM a}
          """
              .formatted(i));
    }
    Path file = work.resolve("nodes.yaml");
    Files.writeString(file, documents);
    pond(pond, "init");
    pond(pond, "-q", "copy", "host+table://" + work.resolve("more.parquet"), "/rows.table");
    pond(pond, "-q", "apply", "-f", file.toString());
    print("list of " + NODES + " computed nodes", best(() -> pond(pond, "list", "/n/*")));
  }

  private ProcessCost pond(Path pond, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "--pond", pond.toString()));
    command.addAll(List.of(words));
    return ProcessCost.of(command);
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = new ArrayList<>(walk.toList());
    }
    for (Path path : all.reversed()) {
      Files.delete(path);
    }
  }
}
