package dev.duckpond.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.export.ExportRequest.Option;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Exports of tables and series: what is written, and when it is written again. */
final class ExporterTest extends ExportScene {
  @Test
  void run_byMonth_conservesAndSortsRows() {
    pond.series("/sites/north/temp.series", ROWS);

    ExportReport report = pond.run(pond.monthly("/sites/*/*.series"));

    assertThat(report.findFailure()).isEmpty();
    assertThat(report.files().mapToLong(ExportReport.FileReport::rows).sum()).isEqualTo(2000);
    assertThat(ExportFixture.written(report))
        .hasSize(9)
        .startsWith(
            "north/temp/year=2023/month=10/data.parquet",
            "north/temp/year=2023/month=11/data.parquet",
            "north/temp/year=2023/month=12/data.parquet",
            "north/temp/year=2024/month=1/data.parquet");
    assertThat(pond.number(Sql.of("SELECT count(*) FROM ").plus(pond.parquet("**/*.parquet"))))
        .isEqualTo(2000);
    assertThat(pond.inversions("**/*.parquet")).isZero();
    assertThat(
            pond.number(
                Sql.of("SELECT count(*) FROM ")
                    .plus(pond.parquet("**/*.parquet"))
                    .plus(" WHERE year(timestamp) <> year OR month(timestamp) <> month")))
        .isZero();
  }

  @Test
  void run_patternWithoutWildcards_usesPathWithoutExtension() {
    pond.series("/sites/north/temp.series", ROWS);

    ExportReport report = pond.run(pond.request("/sites/north/temp.series"));

    assertThat(ExportFixture.written(report)).containsExactly("sites/north/temp/data.parquet");
    assertThat(pond.tree())
        .containsOnlyKeys(
            "/",
            ".pond-export.json",
            "sites/",
            "sites/north/",
            "sites/north/temp/",
            "sites/north/temp/data.parquet");
  }

  @Test
  void run_again_writesNothing() throws IOException {
    pond.series("/a.series", ROWS);
    pond.data("/notes.txt", "hello");
    pond.run(pond.monthly("/*"));
    Map<String, String> before = pond.tree();
    Object stamp = Files.getLastModifiedTime(pond.out().resolve(".pond-export.json"));
    Object directoryStamp = Files.getLastModifiedTime(pond.out());

    ExportReport again = pond.run(pond.monthly("/*"));

    assertThat(ExportFixture.written(again)).isEmpty();
    assertThat(again.files().count()).isEqualTo(10);
    assertThat(again.files().mapToLong(ExportReport.FileReport::rows).sum()).isEqualTo(2000);
    assertThat(pond.tree()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(pond.out().resolve(".pond-export.json"))).isEqualTo(stamp);
    assertThat(Files.getLastModifiedTime(pond.out())).isEqualTo(directoryStamp);
  }

  @Test
  void run_afterAppendToOneMonth_rewritesThatMonthAlone() {
    pond.series("/a.series", ROWS);
    pond.run(pond.monthly("/*.series"));
    // Late and out of order, and a tie with a row that is there.
    pond.series(
        "/a.series",
        Sql.of(
            "SELECT TIMESTAMP '2023-12-05 00:00:00' - INTERVAL (i) HOUR AS timestamp,"
                + " -1.0 AS \"probe.temp.C\", i AS site FROM range(10) t(i)"));

    ExportReport third = pond.run(pond.monthly("/*.series"));

    assertThat(ExportFixture.written(third)).containsExactly("a/year=2023/month=12/data.parquet");
    assertThat(pond.inversions("**/*.parquet")).isZero();
    assertThat(pond.number(Sql.of("SELECT count(*) FROM ").plus(pond.parquet("**/*.parquet"))))
        .isEqualTo(2010);
    Map<String, String> incremental = pond.tree();
    assertThat(ExportFixture.written(pond.run(pond.monthly("/*.series").with(Option.FULL))))
        .as("a full export makes the same bytes")
        .isEmpty();
    assertThat(pond.tree()).isEqualTo(incremental);
  }

  @Test
  void run_sumsOfIntegers_areExact() {
    pond.series(
        "/a.series",
        Sql.of("SELECT TIMESTAMP '2024-01-01' AS timestamp, 9223372036854775807::BIGINT AS n"));
    pond.series(
        "/a.series",
        Sql.of("SELECT TIMESTAMP '2024-01-02' AS timestamp, 18446744073709551615::UBIGINT AS n"));
    pond.sameRows("/same", "/a.series");

    assertThat(pond.run(pond.monthly("/*")).findFailure()).isEmpty();

    for (String place : List.of("a.series", "same")) {
      assertThat(
              pond.duck()
                  .list(
                      Sql.of("SELECT sum(n)::VARCHAR || typeof(any_value(n)) FROM ")
                          .plus(pond.parquet(place + "/**/*.parquet")),
                      row -> row.text(0)))
          .containsExactly("27670116110564327422DECIMAL(38,0)");
    }
  }

  @Test
  void run_fileLostOrResized_isWrittenAgain() throws IOException {
    pond.series("/a.series", ROWS);
    pond.run(pond.monthly("/*.series"));
    Map<String, String> before = pond.tree();
    Files.delete(pond.out().resolve("a/year=2023/month=11/data.parquet"));
    Files.writeString(pond.out().resolve("a/year=2024/month=2/data.parquet"), "oops");

    ExportReport again = pond.run(pond.monthly("/*.series"));

    assertThat(ExportFixture.written(again))
        .containsExactly("a/year=2023/month=11/data.parquet", "a/year=2024/month=2/data.parquet");
    assertThat(pond.tree()).isEqualTo(before);
  }

  @Test
  void run_targetRemoved_removesItsFilesAndNobodyElses() throws IOException {
    pond.series("/x/a.series", ROWS);
    pond.series("/x/b.series", ROWS);
    pond.series("/y/c.series", ROWS);
    pond.run(pond.monthly("/y/*.series"));
    pond.run(pond.monthly("/x/*.series"));
    Files.writeString(pond.out().resolve("a/mine.txt"), "keep me");
    pond.pond()
        .commit((edit, write) -> {
          edit.remove(PondPath.of("/x/a.series"));
        });

    ExportReport report = pond.run(pond.monthly("/x/*.series"));

    assertThat(report.removed()).hasSize(9).allMatch(path -> path.startsWith("a/year="));
    assertThat(pond.tree().keySet())
        .contains(
            "a/mine.txt", "b/year=2023/month=10/data.parquet", "c/year=2023/month=10/data.parquet")
        .noneMatch(path -> path.startsWith("a/year="));
  }

  @Test
  void run_otherLevels_replacesTheOldLayout() {
    pond.series("/a.series", ROWS);
    pond.run(pond.monthly("/*.series"));

    ExportReport report = pond.run(pond.request("/*.series").temporal(TemporalLevel.parse("year")));

    assertThat(ExportFixture.written(report))
        .containsExactly("a/year=2023/data.parquet", "a/year=2024/data.parquet");
    assertThat(report.removed()).hasSize(9);
    assertThat(pond.number(Sql.of("SELECT count(*) FROM ").plus(pond.parquet("**/*.parquet"))))
        .isEqualTo(2000);
  }

  @Test
  void run_targetWithAMistakeOfOurs_failsAlone() {
    pond.series("/a.series", ROWS);
    pond.sameRows("/b.broken", SameRowsFactory.BROKEN);

    ExportReport report = pond.run(pond.monthly("/*"));

    assertThat(report.findFailure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining("1 of 2 targets failed")
        .hasMessageContaining("an error in pond itself: a factory's mistake");
    assertThat(ExportFixture.written(report)).hasSize(9);
  }

  @Test
  void run_partitionBy_putsColumnsInThePath() {
    pond.series(
        "/a.series",
        Sql.of(
            "SELECT make_timestamp(1696118400000000 + i) AS timestamp, CASE i % 4 WHEN 0 THEN NULL"
                + " WHEN 1 THEN 'a/b=c' WHEN 2 THEN '' ELSE '__HIVE_DEFAULT_PARTITION__' END AS"
                + " site, i AS v FROM range(40) t(i)"));

    ExportReport report =
        pond.run(
            pond.request("/*.series")
                .partitionBy(List.of("site"))
                .temporal(TemporalLevel.parse("year")));

    assertThat(report.findFailure()).isEmpty();
    assertThat(ExportFixture.written(report))
        .containsExactlyInAnyOrder(
            "a/site=/year=2023/data.parquet",
            "a/site=%5F_HIVE_DEFAULT_PARTITION__/year=2023/data.parquet",
            "a/site=__HIVE_DEFAULT_PARTITION__/year=2023/data.parquet",
            "a/site=a%2Fb%3Dc/year=2023/data.parquet");
    assertThat(
            pond.number(
                Sql.of("SELECT count(*) FROM ")
                    .plus(pond.parquet("a/site=a*/**/*.parquet"))
                    .plus(" WHERE site = 'a/b=c' AND v % 4 = 1")))
        .isEqualTo(10);
    assertThat(columns("a/site=a%2Fb%3Dc/year=2023/data.parquet"))
        .containsExactly("timestamp", "v");
  }

  @Test
  void run_keepPartitionColumns_writesThemToo() {
    pond.series("/a.series", ROWS);

    pond.run(
        pond.monthly("/*.series").partitionBy(List.of("site")).with(Option.KEEP_PARTITION_COLUMNS));

    assertThat(columns("a/site=1/year=2024/month=1/data.parquet"))
        .containsExactly("timestamp", "probe.temp.C", "site", "year", "month");
  }

  private List<String> columns(String path) {
    return pond.duck().readParquetSchema(pond.out().resolve(path)).columns().stream()
        .map(column -> column.name())
        .toList();
  }

  @Test
  void run_metadata_namesSourceTransactionCapturesAndUnits() {
    pond.series("/sites/a.series", ROWS);

    pond.run(pond.request("/sites/*.series"));

    Map<String, String> metadata =
        pond.duck().readParquetSchema(pond.out().resolve("a/data.parquet")).metadata();
    assertThat(metadata)
        .containsEntry("duckpond.pond", pond.pond().identity().id().toString())
        .containsEntry("duckpond.source", "/sites/a.series")
        .containsEntry("duckpond.transaction", "2")
        .containsEntry("duckpond.captures", "[\"a\"]")
        .containsEntry("duckpond.units", "{\"probe.temp.C\":\"C\"}");
  }

  @Test
  void run_schemaGrows_writesAllPartitionsWithAllColumns() {
    pond.series("/a.series", ROWS);
    pond.run(pond.monthly("/*.series"));
    pond.series(
        "/a.series",
        Sql.of("SELECT TIMESTAMP '2024-01-05' AS timestamp, 7 AS \"probe.temp.C\", 2.5 AS extra"));

    ExportReport report = pond.run(pond.monthly("/*.series"));

    assertThat(ExportFixture.written(report)).hasSize(9);
    assertThat(columns("a/year=2023/month=10/data.parquet"))
        .containsExactly("timestamp", "probe.temp.C", "site", "extra");
  }

  @Test
  void run_data_copiesBytes() throws IOException {
    pond.data("/docs/notes.txt", "hello");

    pond.run(pond.request("/docs/notes.txt"));
    pond.run(pond.request("/docs/*.txt"));

    assertThat(Files.readString(pond.out().resolve("notes.txt"))).isEqualTo("hello");
    assertThat(Files.readString(pond.out().resolve("notes"))).isEqualTo("hello");
  }

  @Test
  void run_dryRun_writesNothingAndTellsThePlan() {
    pond.series("/a.series", ROWS);

    ExportReport report = pond.run(pond.monthly("/*.series").with(Option.DRY_RUN));

    assertThat(report.files().count()).isEqualTo(9);
    assertThat(report.files()).allMatch(file -> file.outcome() == ExportReport.Outcome.PLANNED);
    assertThat(report.files().mapToLong(ExportReport.FileReport::rows).sum()).isEqualTo(2000);
    assertThat(pond.out()).doesNotExist();
  }

  @Test
  void run_oneTargetFails_publishesTheOthers() {
    pond.series("/a.series", ROWS);
    pond.series("/b.series", Sql.of("SELECT NULL::TIMESTAMP AS timestamp, 1 AS v"));

    ExportReport report = pond.run(pond.monthly("/*.series"));

    assertThat(report.findFailure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining("1 of 2 targets failed")
        .hasMessageContaining("1 row has no time");
    assertThat(ExportFixture.written(report)).hasSize(9);
    // In planning already, before anything is published.
    assertThatThrownBy(() -> pond.run(pond.monthly("/*.series").with(Option.FAIL_FAST)))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("1 row has no time");
  }

  @Test
  void run_emptySeriesWithoutLevels_leavesAFileWithColumns() {
    pond.series("/a.series", Sql.of("SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS v LIMIT 0"));

    pond.run(pond.request("/a.series"));

    assertThat(columns("a/data.parquet")).containsExactly("timestamp", "v");
  }
}
