package dev.duckpond.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times whole processes of the distribution, as a user or a cron job pays for them. */
final class WholeProcess {
  private static final int WARM_UP_RUNS = 2;
  private static final int RUNS = 7;

  private final Path launcher;
  private final Path pond;

  WholeProcess(Path launcher, Path pond) {
    this.launcher = launcher;
    this.pond = pond;
  }

  /** Answers the median of several runs of a command line, after a warm-up. */
  Duration median(String... words) throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      once(words);
    }
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      times.add(once(words));
    }
    times.sort(null);
    return times.get(RUNS / 2);
  }

  /** Runs a command line once. */
  Duration once(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "--pond", pond.toString()));
    command.addAll(List.of(words));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
