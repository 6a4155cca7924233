package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kills writing processes at random instants: the pond is as before or as after. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
@Timeout(600)
final class CrashTest {
  private static final int KILLED_COPIES = 24;
  private static final int KILLED_LOOPS = 8;
  private static final long LONGEST_LOOP_NANOS = Duration.ofMillis(700).toNanos();

  /** So much longer than a copy writes: some kills come when all is done. */
  private static final double LAST_KILL = 1.1;

  private final long seed = Long.getLong("duckpond.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir Path home;

  @Test
  void copy_killedAtRandomInstants_leavesThePondAsBeforeOrAsAfter() throws IOException {
    System.out.println("CrashTest copies: -Dduckpond.seed=" + seed);
    Harbours pond = Harbours.create(home);
    Path input = home.resolve("in");
    Map<String, ContentHash> files = pond.makeInput(input, seed);
    Map<String, ContentHash> expected = new TreeMap<>();
    long writingNanos = timed(pond, input, "/whole");
    expect(expected, "/whole", files);
    int committed = 0;
    for (int i = 0; i < KILLED_COPIES; i++) {
      String target = "/run-" + i;
      long nanos = (long) (writingNanos * LAST_KILL * random.nextDouble());
      try (PondProcess copy = PondProcess.pond(pond.home(), "copy", input.toString(), target)) {
        copy.require(pond::isWriterNamed);
        pause(nanos);
        copy.kill();
      }
      if (pond.paths().contains(target)) {
        committed++;
        expect(expected, target, files);
      }
      assertThat(pond.contents())
          .as("kill %d after %d ns of seed %d", i, nanos, seed)
          .isEqualTo(expected);
      nextCommandWorks(pond, i, expected);
    }
    pond.requireSettled();
    System.out.printf("CrashTest copies: %d of %d were through%n", committed, KILLED_COPIES);
  }

  /** Whatever comes next works without a word from the user, and shows what is there. */
  private static void nextCommandWorks(Harbours pond, int round, Map<String, ContentHash> expected)
      throws IOException {
    switch (round % 3) {
      case 0 ->
          assertThat(pond.require("list", "/**/small-*").lines())
              .hasSize((int) expected.keySet().stream().filter(p -> p.contains("/small-")).count());
      case 1 ->
          assertThat(pond.require("sql", "SELECT count(*) AS n FROM pond('/*/s0.parquet')"))
              .isEqualTo(
                  "n\n%d\n"
                      .formatted(
                          1_000
                              * expected.keySet().stream()
                                  .filter(p -> p.endsWith("/s0.parquet"))
                                  .count()));
      default -> {
        pond.require("copy", pond.home().resolve("in/small-1").toString(), "/after-" + round);
        expected.put("/after-" + round, pond.contents().get("/whole/small-1"));
      }
    }
  }

  /** Measures from the instant a copy names itself in the lock file to its end. */
  private static long timed(Harbours pond, Path input, String target) throws IOException {
    try (PondProcess copy = PondProcess.pond(pond.home(), "copy", input.toString(), target)) {
      copy.require(pond::isWriterNamed);
      long start = System.nanoTime();
      copy.requireDone();
      return System.nanoTime() - start;
    }
  }

  private static void expect(
      Map<String, ContentHash> expected, String target, Map<String, ContentHash> files) {
    files.forEach((name, hash) -> expected.put(target + "/" + name, hash));
  }

  @Test
  void loopOfCommits_killedAtRandomInstants_losesNoAcknowledgedTransaction() throws IOException {
    System.out.println("CrashTest loops: -Dduckpond.seed=" + seed);
    Harbours pond = Harbours.create(home);
    int acknowledged = 0;
    for (int round = 0; round < KILLED_LOOPS; round++) {
      String prefix = "/round-" + round + "-";
      List<String> told;
      try (PondProcess loop =
          PondProcess.start(pond.home(), CommittingProcess.class, prefix, "1000000")) {
        loop.require(() -> !loop.lines().isEmpty());
        pause(random.nextLong(LONGEST_LOOP_NANOS));
        loop.kill();
        told = loop.lines();
        assertThat(loop.err()).isEmpty();
      }
      acknowledged += told.size();
      Set<String> paths = pond.paths();
      assertThat(told).as("seed %d", seed).isNotEmpty();
      assertThat(paths).as("seed %d", seed).containsAll(told);
      long made = paths.stream().filter(path -> path.startsWith(prefix)).count();
      // What was killed before it could tell may be there, too, but no more than that.
      assertThat(made).isBetween((long) told.size(), told.size() + 1L);
      pond.contents();
      assertThat(pond.requireLinearHistory()).isEqualTo(1 + paths.size());
    }
    pond.requireSettled();
    System.out.printf("CrashTest loops: %d acknowledged transactions are there%n", acknowledged);
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
