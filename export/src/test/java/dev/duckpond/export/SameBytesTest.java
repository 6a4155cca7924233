package dev.duckpond.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows give the same bytes, whatever the number of threads. */
final class SameBytesTest {
  @TempDir private Path temp;

  @Test
  void run_orderedSource_isTheSameAtAllThreads() {
    requireSame(
        Sql.of(
            "SELECT make_timestamp(1696118400000000 + (i // 3) * 30000000) AS timestamp, i AS v,"
                + " CASE WHEN i % 7 = 0 THEN NULL WHEN i % 5 = 0 THEN 'nan'::DOUBLE ELSE i / 3 END"
                + " AS x, 'text ' || (i % 100) AS s FROM range(700000) t(i)"));
  }

  @Test
  void run_shuffledSourceWithTies_isTheSameAtAllThreads() {
    requireSame(
        Sql.of(
            "SELECT make_timestamp(1696118400000000 + (hash(i) % 100000)::BIGINT * 90000000)"
                + " AS timestamp, i AS v, CASE WHEN i % 7 = 0 THEN NULL WHEN i % 5 = 0 THEN"
                + " 'nan'::DOUBLE WHEN i % 3 = 0 THEN -0.0 ELSE 0.0 END AS x, 'text ' || (i % 100)"
                + " AS s FROM range(600000) t(i)"));
  }

  @Test
  void run_computedRowsByKeyAndMonth_areSortedOnceAndTheSameAtAllThreads() {
    try (ExportFixture pond = new ExportFixture(temp)) {
      pond.series(
          "/a.series",
          Sql.of(
              "SELECT CASE WHEN i % 1000 = 3 THEN NULL ELSE make_timestamp(1696118400000000 +"
                  + " (hash(i) % 100000)::BIGINT * 90000000) END AS timestamp, i % 50000 AS v,"
                  + " CASE WHEN i % 4 = 0 THEN NULL ELSE 'site ' || (i % 4) END AS site,"
                  + " 7 AS pond_ordinal FROM range(200000) t(i)"));
      pond.sameRows("/same", "/a.series");
      Set<Map<String, String>> trees = new LinkedHashSet<>();
      for (int threads : List.of(1, 2, 4)) {
        Path out = temp.resolve("out" + threads);
        ExportReport report =
            pond.run(
                ExportFixture.request(out, "/same")
                    .partitionBy(List.of("site"))
                    .temporal(TemporalLevel.parse("year,month"))
                    .nullTime(NullTimePolicy.PARTITION),
                new DurableFileOperations(),
                threads);
        assertThat(report.findFailure()).isEmpty();
        // Four sites; October to January, and rows of odd sites alone have no time.
        assertThat(ExportFixture.written(report)).hasSize(17);
        assertThat(pond.inversions(out + "/**/*.parquet")).isZero();
        assertThat(
                pond.number(
                    Sql.of("SELECT count(*) FROM ")
                        .plus(pond.parquet(out + "/**/*.parquet"))
                        .plus(
                            " WHERE year IS NOT DISTINCT FROM year(timestamp) AND pond_ordinal = 7")))
            .isEqualTo(200_000);
        trees.add(ExportFixture.tree(out));
      }
      assertThat(trees).hasSize(1);
    }
  }

  private void requireSame(Sql rows) {
    try (ExportFixture pond = new ExportFixture(temp)) {
      pond.series("/a.series", rows);
      // Late rows, tied with earlier ones, and pieces of uneven size.
      pond.series(
          "/a.series",
          Sql.of("SELECT * REPLACE (v + 1000000 AS v) FROM (")
              .plus(rows)
              .plus(") WHERE hash(v) % 10 = 0"));
      Set<Map<String, String>> trees = new LinkedHashSet<>();
      for (int threads : List.of(1, 2, 4)) {
        Path out = temp.resolve("out" + threads);
        ExportReport report =
            pond.run(
                ExportFixture.request(out, "/*.series")
                    .temporal(TemporalLevel.parse("year,month"))
                    .nullTime(NullTimePolicy.SKIP),
                new DurableFileOperations(),
                threads);
        assertThat(report.findFailure()).isEmpty();
        trees.add(ExportFixture.tree(out));
        assertThat(pond.inversions(out + "/**/*.parquet")).isZero();
        assertThat(unstableTies(pond, out)).as("rows of one time keep their order").isZero();
      }
      assertThat(trees).hasSize(1);
    }
  }

  private static long unstableTies(ExportFixture pond, Path out) {
    return pond.number(
        Sql.of(
                "SELECT count(*) FROM (SELECT timestamp = lag(timestamp) OVER w AND v < lag(v)"
                    + " OVER w AS swapped FROM ")
            .plus(pond.parquet(out + "/**/*.parquet"))
            .plus(" WINDOW w AS (PARTITION BY filename ORDER BY file_row_number)) WHERE swapped"));
  }
}
