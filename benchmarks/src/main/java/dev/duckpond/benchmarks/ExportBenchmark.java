package dev.duckpond.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Compares {@code pond export} with the engine's own partitioned COPY of the same rows, both as
 * whole processes with the default memory limit, and checks what was exported: all rows, in order,
 * and the same bytes with 1, 2 and 4 threads.
 *
 * <p>Arguments: the launcher of the distribution, an empty directory to work in, the number of
 * rows, and {@code ordered} or {@code shuffled}. The rows are a timestamp and five doubles over 579
 * days.
 */
public final class ExportBenchmark {
  private final Path launcher;
  private final Path work;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private ExportBenchmark(Path launcher, Path work) {
    this.launcher = launcher;
    this.work = work;
  }

  /** Runs all cases and prints a line for each. */
  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path work = Path.of(args[1]).toAbsolutePath();
    new ExportBenchmark(launcher, work).run(args[2], args[3]);
  }

  private void run(String rows, String order) throws Exception {
    Path source = work.resolve("source.parquet");
    engine("generate", rows, order, source.toString());
    pond("init");
    pond("-q", "copy", source.toString(), "/rows.series");
    compare("month", source, rows);
    compare("day", source, rows);
  }

  private void compare(String levels, Path source, String rows) throws Exception {
    Path directory = work.resolve("pond-" + levels);
    String temporal = levels.equals("month") ? "year,month" : "year,month,day";
    Path engineDirectory = work.resolve("engine-" + levels);
    ProcessCost engine = engine("copy", source.toString(), engineDirectory.toString(), levels);
    remove(engineDirectory);
    String[] words = {
      "-q", "export", "/rows.series", "-d", directory.toString(), "--temporal", temporal
    };
    ProcessCost pond = pond(words);
    ProcessCost again = pond(words);
    long files = countParquet(directory);
    engine("check", directory.toString(), rows);
    requireSameBytes(directory, temporal);
    remove(directory);
    out.printf(
        Locale.ROOT,
        "by %s, %d files: engine %s, pond %s, ratio %.2f (%.2f of processors); again %s%n",
        levels,
        files,
        engine,
        pond,
        (double) pond.time().toMillis() / engine.time().toMillis(),
        (double) pond.processor().toMillis() / engine.processor().toMillis(),
        again);
  }

  /** Requires that other numbers of threads write the same files with the same bytes. */
  private void requireSameBytes(Path expected, String temporal) throws Exception {
    for (String threads : List.of("1", "2", "4")) {
      Path other = work.resolve("threads-" + threads);
      pond(
          "-q",
          "export",
          "/rows.series",
          "-d",
          other.toString(),
          "--temporal",
          temporal,
          "--threads",
          threads);
      List<Path> files = parquet(expected);
      if (!relative(expected, files).equals(relative(other, parquet(other)))) {
        throw new IllegalStateException("other files with " + threads + " threads");
      }
      for (Path file : files) {
        if (Files.mismatch(file, other.resolve(expected.relativize(file))) >= 0) {
          throw new IllegalStateException(file + " is another with " + threads + " threads");
        }
      }
      remove(other);
    }
  }

  private static List<Path> relative(Path directory, List<Path> files) {
    return files.stream().map(directory::relativize).toList();
  }

  private ProcessCost pond(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(launcher.toString(), "--pond", work.resolve("pond").toString()));
    command.addAll(Arrays.asList(words));
    return ProcessCost.of(command);
  }

  private ProcessCost engine(String... words) throws IOException, InterruptedException {
    return ProcessCost.ofEngine(work, words);
  }

  private static long countParquet(Path directory) throws IOException {
    return parquet(directory).size();
  }

  private static List<Path> parquet(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(path -> path.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = new ArrayList<>(walk.toList());
    }
    for (Path path : all.reversed()) {
      Files.delete(path);
    }
  }
}
