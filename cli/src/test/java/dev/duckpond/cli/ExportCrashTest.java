package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kills exporting processes at random instants: each file is whole, the old or the new one. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
@Timeout(600)
final class ExportCrashTest {
  private static final int KILLS = 14;

  /** So much longer than an export works: some kills come when all is done. */
  private static final double LAST_KILL = 1.05;

  private static final int ROWS = 17_000;
  private static final int MORE_ROWS = 18_000;

  private final long seed = Long.getLong("duckpond.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir Path home;

  @Test
  void export_killedAtRandomInstants_leavesWholeFilesAndTheNextEndsAsIfItHadNot()
      throws IOException {
    System.out.println("ExportCrashTest: -Dduckpond.seed=" + seed);
    Harbours pond = Harbours.create(home);
    Path first = exportFirst(pond);
    Path second = home.resolve("second");
    change(pond);
    long workingNanos = timed(pond, HostFiles.copy(first, second));
    Map<String, String> before = HostFiles.tree(first);
    Map<String, String> after = HostFiles.tree(second);
    assertThat(after).isNotEqualTo(before);
    requireRows(pond, second);
    int untouched = 0;
    int finished = 0;
    for (int i = 0; i < KILLS; i++) {
      Path out = HostFiles.copy(first, home.resolve("killed-" + i));
      long nanos = (long) (workingNanos * LAST_KILL * random.nextDouble());
      try (PondProcess export = PondProcess.pond(pond.home(), exportInto(out))) {
        export.require(() -> Files.exists(HostFiles.lock(out)));
        pause(nanos);
        export.kill();
      }
      String kill = "kill %d after %d ns of seed %d".formatted(i, nanos, seed);
      Map<String, String> left = HostFiles.tree(out);
      untouched += left.equals(before) ? 1 : 0;
      finished += left.equals(after) ? 1 : 0;
      left.forEach((path, hash) -> {
        if (HostFiles.isResult(path)) {
          assertThat(hash).as("%s: %s", kill, path).isIn(before.get(path), after.get(path));
        }
      });
      pond.require(exportInto(out));
      assertThat(HostFiles.tree(out)).as(kill).isEqualTo(after);
    }
    System.out.printf(
        "ExportCrashTest: of %d exports, %d had changed nothing and %d were through%n",
        KILLS, untouched, finished);
    pond.require("mkdir", "/next");
    assertThat(pond.runDirectories()).isEmpty();
  }

  /** Exports two series and a text, each by a name of its own. */
  private Path exportFirst(Harbours pond) throws IOException {
    Path input = Files.createDirectories(home.resolve("in"));
    pond.makeSeries(input.resolve("kept"), ROWS, 1);
    pond.makeSeries(input.resolve("grown"), ROWS, 2);
    pond.makeSeries(input.resolve("gone"), ROWS, 3);
    Files.writeString(input.resolve("notes"), "first");
    pond.require("copy", input.toString(), "/data");
    Path first = home.resolve("first");
    pond.require(exportInto(first));
    return first;
  }

  private void change(Harbours pond) throws IOException {
    Path input = home.resolve("in");
    pond.makeSeries(input.resolve("more"), MORE_ROWS, 2);
    Files.writeString(input.resolve("notes"), "second");
    pond.require("copy", input.resolve("more").toString(), "/data/grown");
    pond.require("copy", input.resolve("more").toString(), "/data/more");
    pond.require("copy", input.resolve("notes").toString(), "/data/notes");
    pond.require("rm", "/data/gone");
  }

  /** Reads every exported row back, from whole Parquet files. */
  private static void requireRows(Harbours pond, Path directory) {
    pond.require(
        "copy",
        directory.resolve("kept").toString(),
        directory.resolve("grown").toString(),
        directory.resolve("more").toString(),
        "/back/");
    assertThat(pond.require("sql", "SELECT count(*) AS n FROM pond('/back/**/*.parquet')"))
        .isEqualTo("n\n%d\n".formatted(2 * ROWS + 2 * MORE_ROWS));
  }

  private static String[] exportInto(Path directory) {
    return new String[] {
      "export", "-p", "/data/*", "-d", directory.toString(), "--temporal", "year,month"
    };
  }

  /** Measures from the instant an export takes its lock to its end. */
  private static long timed(Harbours pond, Path directory) throws IOException {
    try (PondProcess export = PondProcess.pond(pond.home(), exportInto(directory))) {
      export.require(() -> Files.exists(HostFiles.lock(directory)));
      long start = System.nanoTime();
      export.requireDone();
      return System.nanoTime() - start;
    }
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
