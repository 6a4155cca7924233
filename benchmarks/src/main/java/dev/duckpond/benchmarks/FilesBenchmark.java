package dev.duckpond.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * What many files in one transaction cost.
 *
 * <p>Arguments: the launcher of the distribution, an empty directory to work in, the number of
 * files and the bytes of each.
 */
public final class FilesBenchmark {
  private static final int FILES_PER_DIRECTORY = 500;
  private static final long SEED = 20_260_101;

  private FilesBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path work = Path.of(args[1]).toAbsolutePath();
    int count = Integer.parseInt(args[2]);
    int sizeBytes = Integer.parseInt(args[3]);
    Path pond = work.resolve("pond");
    Path files = make(work.resolve("files"), count, sizeBytes);
    WholeProcess process = new WholeProcess(launcher, pond);
    process.once("init");
    Duration copy = process.once("-q", "copy", files.toString(), "/files");
    Duration list = process.median("list");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf(
        Locale.ROOT,
        "%d files of %d bytes: copy %.1f s, list %.2f s, %d data files in the log%n",
        count,
        sizeBytes,
        copy.toMillis() / 1000.0,
        list.toMillis() / 1000.0,
        // The first belongs to 'init'.
        logFiles(pond) - 1);
  }

  private static Path make(Path directory, int count, int sizeBytes) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    byte[] content = new byte[sizeBytes];
    for (int i = 0; i < count; i++) {
      Path home = directory.resolve("d" + i / FILES_PER_DIRECTORY);
      Files.createDirectories(home);
      random.nextBytes(content);
      Files.write(home.resolve("f" + i), content);
    }
    return directory;
  }

  private static long logFiles(Path pond) throws IOException {
    try (Stream<Path> files = Files.list(pond.resolve("data"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }
}
