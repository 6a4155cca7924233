package dev.duckpond.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops an export before every single one of its file operations. */
final class InterruptedExportTest {
  private static final Sql ROWS =
      Sql.of(
          "SELECT make_timestamp(1696118400000000 + i * 10800000000) AS timestamp, i AS v"
              + " FROM range(300) t(i)");
  private static final Sql MORE =
      Sql.of(
          "SELECT TIMESTAMP '2023-11-05' + INTERVAL (i) HOUR AS timestamp, i AS v FROM range(9) t(i)");

  @TempDir private Path temp;

  @Test
  void run_stoppedAnywhere_leavesWholeFilesAndEndsAsIfItHadNot() throws IOException {
    try (ExportFixture pond = new ExportFixture(temp)) {
      pond.series("/a.series", ROWS);
      pond.series("/gone.series", ROWS);
      pond.data("/notes.txt", "first");
      pond.run(request(pond.out()));
      Map<String, String> first = ExportFixture.tree(pond.out());
      Path start = temp.resolve("start");
      copy(pond.out(), start);

      pond.series("/a.series", MORE);
      pond.data("/notes.txt", "second");
      pond.series("/new.series", ROWS);
      pond.pond().commit((edit, write) -> edit.remove(PondPath.of("/gone.series")));
      pond.run(request(pond.out()));
      Map<String, String> second = ExportFixture.tree(pond.out());

      long stops = 0;
      for (boolean whole = false; !whole; stops++) {
        Path out = temp.resolve("stopped").resolve("run" + stops);
        copy(start, out);
        StoppingFileOperations files = new StoppingFileOperations(stops);
        try {
          pond.run(request(out), files, 2);
          whole = true;
        } catch (StoppingFileOperations.Stopped e) {
          requireOldOrNew(out, first, second);
        }
        pond.run(request(out));
        assertThat(ExportFixture.tree(out)).as("stopped after %d", stops).isEqualTo(second);
        assertThat(ExportFixture.written(pond.run(request(out)))).isEmpty();
      }
      assertThat(stops).isGreaterThan(20);
    }
  }

  @Test
  void run_stoppedBetweenTargets_keepsWhatIsFinished() {
    try (ExportFixture pond = new ExportFixture(temp)) {
      pond.series("/a.series", ROWS);
      pond.series("/b.series", ROWS);
      Path out = temp.resolve("stopped");
      long stops = 0;
      Set<String> kept = new HashSet<>();
      while (kept.isEmpty()) {
        stops++;
        try {
          pond.run(request(out), new StoppingFileOperations(stops), 2);
          break;
        } catch (StoppingFileOperations.Stopped e) {
          pond.run(request(out))
              .files()
              .filter(file -> file.outcome() == ExportReport.Outcome.KEPT)
              .forEach(file -> kept.add(file.path()));
          if (kept.isEmpty()) {
            out = temp.resolve("stopped" + stops);
          }
        }
      }
      assertThat(kept).isNotEmpty().allMatch(path -> path.startsWith("a.series/"));
    }
  }

  @Test
  void run_renameFailsInOneTarget_knowsWhatItRenamedForItsOwn() throws IOException {
    try (ExportFixture pond = new ExportFixture(temp)) {
      pond.series("/a.series", ROWS);
      pond.series("/b.series", ROWS);
      Path fresh = temp.resolve("fresh");
      Path out = temp.resolve("failed");
      AtomicInteger renames = new AtomicInteger();
      FileOperations failing =
          new DurableFileOperations() {
            @Override
            public void rename(Path from, Path to) throws IOException {
              if (renames.incrementAndGet() == 2) {
                throw new IOException("Input/output error");
              }
              super.rename(from, to);
            }
          };

      ExportReport failed = pond.run(request(out), failing, 2);

      assertThat(failed.findFailure().orElseThrow())
          .isInstanceOf(PondException.PartlyDone.class)
          .hasMessageContaining("Input/output error");
      assertThat(Files.readString(out.resolve(".pond-export.json")))
          .contains("a.series/year=2023/month=10/data.parquet")
          .contains("b.series/year=2023/month=10/data.parquet");
      assertThat(pond.run(request(out)).findFailure()).isEmpty();
      pond.run(request(fresh));
      assertThat(ExportFixture.tree(out)).isEqualTo(ExportFixture.tree(fresh));
    }
  }

  @Test
  void run_diskFull_isNoSpaceAndLeavesNothingUnfinished() {
    try (ExportFixture pond = new ExportFixture(temp)) {
      pond.series("/a.series", ROWS);
      FileOperations full =
          new DurableFileOperations() {
            @Override
            public void append(Path file, List<String> lines) throws IOException {
              throw new IOException("No space left on device");
            }
          };

      assertThat(pond.run(request(pond.out()), full, 2).findFailure().orElseThrow())
          .isInstanceOf(PondException.NoSpace.class)
          .hasMessageContaining("the disk is full")
          .hasMessageContaining("it goes on where it stopped");
      assertThat(pond.tree()).containsOnlyKeys("/", ".pond-export.json");
      assertThat(pond.run(request(pond.out())).findFailure()).isEmpty();
    }
  }

  @Test
  void run_diskFullAtTheSecondTarget_reportsTheFirst() {
    try (ExportFixture pond = new ExportFixture(temp)) {
      pond.series("/a.series", ROWS);
      pond.series("/b.series", ROWS);
      pond.series("/c.series", ROWS);
      AtomicInteger targets = new AtomicInteger();
      FileOperations full =
          new DurableFileOperations() {
            @Override
            public void append(Path file, List<String> lines) throws IOException {
              if (targets.incrementAndGet() == 2) {
                throw new IOException("No space left on device");
              }
              super.append(file, lines);
            }
          };

      ExportReport report = pond.run(request(pond.out()), full, 2);

      assertThat(report.stopped().orElseThrow()).isInstanceOf(PondException.NoSpace.class);
      assertThat(report.findFailure()).isEqualTo(report.stopped());
      assertThat(ExportFixture.written(report))
          .isNotEmpty()
          .allMatch(path -> path.startsWith("a.series/"));
      assertThat(ExportSummary.text(report))
          .contains("a.series/year=2023/month=10/data.parquet".substring("a.series/".length()))
          .contains("    b.series     failed: ")
          .contains("  stopped   ")
          .doesNotContain("c.series");
    }
  }

  @Test
  void run_cancelledBetweenTargets_endsBeforeTheNext() {
    try (ExportFixture pond = new ExportFixture(temp)) {
      // Data, for which no statement runs that could be stopped.
      pond.data("/a.txt", "a");
      pond.data("/b.txt", "b");

      ExportReport report =
          pond.run(
              pond.request("/*.txt"),
              session ->
                  new ExportListener() {
                    @Override
                    public void ended(PondPath target, Optional<PondException> failure) {
                      session.cancel();
                    }
                  });

      assertThat(report.stopped().orElseThrow()).hasMessageContaining("it was stopped");
      assertThat(ExportFixture.written(report)).containsExactly("a");
      assertThat(ExportFixture.written(pond.run(pond.request("/*.txt")))).containsExactly("b");
    }
  }

  private static ExportRequest.Builder request(Path out) {
    return ExportFixture.request(out, "/*").temporal(TemporalLevel.parse("year,month"));
  }

  private static void requireOldOrNew(
      Path out, Map<String, String> first, Map<String, String> second) {
    ExportFixture.tree(out)
        .forEach((path, hash) -> {
          if (!path.startsWith(".pond-export") && !path.endsWith("/")) {
            assertThat(hash).as(path).isIn(first.get(path), second.get(path));
          }
        });
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
