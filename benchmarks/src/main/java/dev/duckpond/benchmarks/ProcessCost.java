package dev.duckpond.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a whole process took.
 *
 * @param time from start to end, as a clock on the wall shows
 * @param processor that it used, as of at most {@link #LOOK_EVERY} before its end
 * @param peakKilobytes its largest resident size, as Linux counts it
 */
record ProcessCost(Duration time, Duration processor, long peakKilobytes) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final double KILOBYTES_PER_MEGABYTE = 1000;
  private static final double MILLIS_PER_SECOND = 1000;

  /** Runs a command to its end; what it prints is thrown away. */
  static ProcessCost of(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long peak = 0;
    Duration processor = Duration.ZERO;
    while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakKilobytes(process.pid()));
      processor = process.info().totalCpuDuration().orElse(processor);
    }
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
    }
    return new ProcessCost(Duration.ofNanos(System.nanoTime() - start), processor, peak);
  }

  /** Runs a case of {@link EngineProcess}. */
  static ProcessCost ofEngine(Path work, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + System.getProperty("java.library.path"),
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                work.resolve("spill").toString(),
                work.toString()));
    command.addAll(Arrays.asList(words));
    return of(command);
  }

  /** Answers the largest resident size so far; 0 once the process has ended. */
  private static long peakKilobytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return 0;
    } catch (IOException e) {
      // It ended between the two looks.
      return 0;
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.2f s (%.2f s of processors) %.0f MB",
        time.toMillis() / MILLIS_PER_SECOND,
        processor.toMillis() / MILLIS_PER_SECOND,
        peakKilobytes / KILOBYTES_PER_MEGABYTE);
  }
}
