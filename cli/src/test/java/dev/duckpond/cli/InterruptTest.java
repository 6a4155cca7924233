package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.oplog.ControlRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, and what ends services, in the middle of real work: it stops cleanly. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
final class InterruptTest {
  /** So large that nobody reads it to its end within the time of this test. */
  private static final long LARGE_BYTES = 3L << 30;

  private static final long BEGUN_BYTES = 1 << 20;

  /** Hours, so that an export by day has hundreds of files to write. */
  private static final int ROWS = 4_800;

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void copy_stoppedWithinALargeFile_leavesThePondAsItWas(String signal, int status)
      throws IOException {
    Harbours pond = Harbours.create(home);
    pond.require("mkdir", "/before");
    Path large = pond.makeSparseFile("large", LARGE_BYTES);
    try (PondProcess copy = PondProcess.pond(pond.home(), "copy", large.toString(), "/large")) {
      copy.require(() -> isBegun(pond));
      copy.signal(signal);

      assertThat(copy.exitCode()).isEqualTo(status);
      assertThat(copy.out()).isEmpty();
      assertThat(copy.err()).isEqualTo("pond: interrupted\n");
    }
    assertThat(pond.paths()).containsExactly("/before");
    assertThat(pond.isWriterNamed()).isFalse();
    assertThat(pond.runDirectories()).isEmpty();
    assertThat(pond.audit().getFirst().outcome()).isEqualTo(ControlRow.Outcome.FAILED);
    assertThat(pond.audit().getFirst().error().orElseThrow()).startsWith("interrupted");
    assertThat(pond.require("recover")).isEqualTo("nothing to recover\n");
    pond.require("mkdir", "/after");
    assertThat(pond.requireLinearHistory()).isEqualTo(3);
  }

  /** Tells whether some of a large file has been taken in. */
  private static boolean isBegun(Harbours pond) {
    try (Stream<Path> all =
        Files.find(
            pond.layout().tmp(),
            3,
            (file, facts) -> facts.isRegularFile() && facts.size() > BEGUN_BYTES)) {
      return all.findAny().isPresent();
    } catch (IOException | UncheckedIOException e) {
      // A directory went away meanwhile.
      return false;
    }
  }

  @Test
  void export_stopped_publishesNothingUnfinishedAndGoesOnWhenRunAgain() throws IOException {
    Harbours pond = Harbours.create(home);
    Path series = home.resolve("series");
    pond.makeSeries(series, ROWS, 1);
    pond.require("copy", series.toString(), "/series");
    Path out = home.resolve("out");
    try (PondProcess export = PondProcess.pond(pond.home(), exportInto(out))) {
      export.require(() -> Files.exists(HostFiles.staging(out)));
      export.signal("INT");

      assertThat(export.exitCode()).isEqualTo(130);
      assertThat(export.err()).isEqualTo("pond: interrupted\n");
    }
    assertThat(HostFiles.tree(out)).containsOnlyKeys("/", ".pond-export.json");
    pond.require(exportInto(out));
    Path whole = home.resolve("whole");
    pond.require(exportInto(whole));
    assertThat(HostFiles.tree(out))
        .hasSizeGreaterThanOrEqualTo(ROWS / 24)
        .isEqualTo(HostFiles.tree(whole));
  }

  private static String[] exportInto(Path directory) {
    return new String[] {
      "export", "-p", "/*", "-d", directory.toString(), "--temporal", "year,month,day"
    };
  }
}
