package dev.duckpond.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.export.ExportRequest.Option;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ranges of time, rows without a time, and times far away. */
final class ExportTimesTest extends ExportScene {
  @Test
  void run_afterAppendWithoutAnyTime_rewritesTheRowsWithoutTimeAlone() {
    pond.series("/a.series", ROWS);
    pond.run(pond.monthly("/*.series").nullTime(NullTimePolicy.PARTITION));
    pond.series(
        "/a.series", Sql.of("SELECT NULL::TIMESTAMP AS timestamp, 1 AS site FROM range(3)"));

    ExportReport report = pond.run(pond.monthly("/*.series").nullTime(NullTimePolicy.PARTITION));

    assertThat(ExportFixture.written(report))
        .containsExactly(
            "a/year=__HIVE_DEFAULT_PARTITION__/month=__HIVE_DEFAULT_PARTITION__/data.parquet");
    Map<String, String> incremental = pond.tree();
    pond.run(pond.monthly("/*.series").nullTime(NullTimePolicy.PARTITION).with(Option.FULL));
    assertThat(pond.tree()).isEqualTo(incremental);
  }

  @Test
  void run_timeRange_isHalfOpen() {
    pond.series("/a.series", ROWS);
    TimeRange range =
        TimeRange.between(
            Optional.of(Instant.parse("2023-11-01T03:00:00Z")),
            Optional.of(Instant.parse("2023-12-01T03:00:00Z")));

    ExportReport report = pond.run(pond.monthly("/*.series").range(range));

    assertThat(report.files().map(ExportReport.FileReport::rows).toList())
        .containsExactly(239L, 1L);
  }

  @Test
  void run_nullTimes_followThePolicy() {
    pond.series(
        "/a.series",
        Sql.of(
            "SELECT CASE WHEN i % 5 = 0 THEN NULL ELSE make_timestamp(1696118400000000 + i) END"
                + " AS timestamp, i AS v FROM range(20) t(i)"));

    ExportReport failed = pond.run(pond.monthly("/*.series"));
    assertThat(failed.findFailure().orElseThrow())
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("4 rows have no time")
        .hasMessageContaining("--null-time skip");
    assertThat(pond.tree()).containsOnlyKeys("/", ".pond-export.json");

    ExportReport skipped = pond.run(pond.monthly("/*.series").nullTime(NullTimePolicy.SKIP));
    assertThat(skipped.files().map(ExportReport.FileReport::rows).toList()).containsExactly(16L);

    ExportReport apart = pond.run(pond.monthly("/*.series").nullTime(NullTimePolicy.PARTITION));
    assertThat(ExportFixture.written(apart))
        .containsExactly(
            "a/year=__HIVE_DEFAULT_PARTITION__/month=__HIVE_DEFAULT_PARTITION__/data.parquet");
    assertThat(apart.files().map(ExportReport.FileReport::rows).toList()).containsExactly(16L, 4L);
  }

  @Test
  void run_nullTimesOfAWholeFile_followThePolicyAnew() {
    pond.series(
        "/a.series",
        Sql.of(
            "SELECT CASE WHEN i % 5 = 0 THEN NULL ELSE make_timestamp(1696118400000000 + i) END"
                + " AS timestamp, i AS v FROM range(20) t(i)"));
    pond.run(pond.request("/*.series").nullTime(NullTimePolicy.SKIP));

    ExportReport all = pond.run(pond.request("/*.series").nullTime(NullTimePolicy.PARTITION));

    assertThat(all.files().map(ExportReport.FileReport::rows).toList()).containsExactly(20L);
    assertThat(pond.number(Sql.of("SELECT count(*) FROM ").plus(pond.parquet("a/data.parquet"))))
        .isEqualTo(20);
  }

  @Test
  void run_rangeAndNullTimes_areNotDroppedSilently() {
    Sql rows =
        Sql.of(
            "SELECT CASE WHEN i % 5 = 0 THEN NULL ELSE TIMESTAMP '2023-10-01' + INTERVAL (i) DAY"
                + " END AS timestamp, i AS v FROM range(50) t(i)");
    pond.series("/a.series", rows);
    pond.table("/t.table", rows);
    TimeRange range =
        TimeRange.between(Optional.of(Instant.parse("2023-11-01T00:00:00Z")), Optional.empty());

    for (ExportRequest.Builder request : List.of(pond.monthly("/*"), pond.request("/*"))) {
      assertThat(pond.run(request.range(range)).targets().map(target -> target.failure().get()))
          .allSatisfy(failure -> assertThat(failure).hasMessageContaining("10 rows have no time"));
      ExportReport skipped = pond.run(request.nullTime(NullTimePolicy.SKIP));
      assertThat(skipped.files().mapToLong(ExportReport.FileReport::rows).sum()).isEqualTo(2 * 16);
      ExportReport apart = pond.run(request.nullTime(NullTimePolicy.PARTITION));
      assertThat(apart.findFailure()).isEmpty();
      assertThat(apart.files().mapToLong(ExportReport.FileReport::rows).sum()).isEqualTo(2 * 26);
      assertThat(pond.inversions("a.series/**/*.parquet")).isZero();
      assertThat(
              pond.number(
                  Sql.of("SELECT count(*) FROM ")
                      .plus(pond.parquet("a.series/**/*.parquet"))
                      .plus(" WHERE timestamp IS NULL OR timestamp >= TIMESTAMP '2023-11-01'")))
          .isEqualTo(26);
    }
  }

  @Test
  void run_timesBefore1970AndAt1970_areFiledThere() {
    pond.series(
        "/a.series",
        Sql.of(
            "SELECT unnest([TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '1970-01-01',"
                + " TIMESTAMP '2025-10-17 12:00:00']) AS timestamp, 1 AS v"));

    ExportReport report =
        pond.run(pond.request("/*.series").temporal(TemporalLevel.parse("year,month,day,hour")));

    assertThat(ExportFixture.written(report))
        .containsExactly(
            "a/year=1969/month=12/day=31/hour=23/data.parquet",
            "a/year=1970/month=1/day=1/hour=0/data.parquet",
            "a/year=2025/month=10/day=17/hour=12/data.parquet");
  }

  @Test
  void run_timesAtTheEndsOfTimestamp_areExported() {
    pond.series(
        "/a.series",
        Sql.of(
            "SELECT unnest([make_timestamp(-9223372022400000000), TIMESTAMP '2024-01-01',"
                + " make_timestamp(9223372036854775806)]) AS timestamp, 1 AS v"));

    for (String levels : List.of("year", "year,month", "year,month,day,hour,minute,second")) {
      ExportReport report =
          pond.run(pond.request("/*.series").temporal(TemporalLevel.parse(levels)));

      assertThat(report.findFailure()).isEmpty();
      assertThat(report.files().map(ExportReport.FileReport::rows).toList())
          .containsExactly(1L, 1L, 1L);
      assertThat(ExportFixture.written(report))
          .anyMatch(path -> path.startsWith("a/year=-290308/"))
          .anyMatch(path -> path.startsWith("a/year=294247/"));
      assertThat(ExportSummary.text(report)).contains("294247");
    }
  }
}
