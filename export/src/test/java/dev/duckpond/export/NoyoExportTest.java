package dev.duckpond.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.EntryType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports the real measurements of a harbour. */
@Tag("acceptance")
final class NoyoExportTest {
  private static final long ROWS = 92_843;

  @TempDir private Path temp;

  private static Path devices() {
    return Path.of(System.getProperty("duckpond.shared", "../../shared"), "noyo/hydrovu/devices")
        .toAbsolutePath()
        .normalize();
  }

  @Test
  void run_allSeries_conservesSortsAndGoesOnFromThere() throws IOException {
    // Files of the shared directory are read by a session that may read below 'temp' only.
    Path copies = Files.createDirectories(temp.resolve("copies"));
    try (ExportFixture pond = new ExportFixture(temp);
        Stream<Path> walk = Files.walk(devices())) {
      List<Path> files = walk.filter(path -> path.toString().endsWith(".series")).toList();
      assertThat(files).hasSize(7);
      for (Path file : files) {
        Path copy = copies.resolve(file.getFileName().toString());
        Files.copy(file, copy);
        pond.file("/devices/" + file.getFileName(), EntryType.TABLE_SERIES, copy);
      }

      ExportReport first = pond.run(pond.monthly("/devices/*.series"));

      assertThat(first.findFailure()).isEmpty();
      assertThat(first.targets().count()).isEqualTo(7);
      assertThat(first.files().mapToLong(ExportReport.FileReport::rows).sum()).isEqualTo(ROWS);
      assertThat(rows(pond)).isEqualTo(ROWS);
      assertThat(pond.inversions("**/*.parquet")).isZero();
      assertThat(ExportFixture.written(first))
          .filteredOn(path -> path.contains("/year=1970/month=1/"))
          // Three of the instruments began with a clock that was not set.
          .hasSize(3);
      assertThat(
              pond.number(
                  Sql.of("SELECT count(*) FROM ")
                      .plus(pond.parquet("**/*.parquet"))
                      .plus(" WHERE year(timestamp) <> year OR month(timestamp) <> month")))
          .isZero();

      assertThat(ExportFixture.written(pond.run(pond.monthly("/devices/*.series")))).isEmpty();

      String device = "NoyoCenterVulink_1_archive_20260209";
      pond.series(
          "/devices/" + device + ".series",
          Sql.of(
              "SELECT epoch(TIMESTAMP '2025-03-10') :: BIGINT + i AS timestamp FROM range(10) t(i)"));
      ExportReport third = pond.run(pond.monthly("/devices/*.series"));

      assertThat(ExportFixture.written(third))
          .containsExactly(device + "/year=2025/month=3/data.parquet");
      assertThat(rows(pond)).isEqualTo(ROWS + 10);
      assertThat(pond.inversions("**/*.parquet")).isZero();
    }
  }

  private static long rows(ExportFixture pond) {
    return pond.number(Sql.of("SELECT count(*) FROM ").plus(pond.parquet("**/*.parquet")));
  }
}
