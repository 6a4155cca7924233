package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A pond with reductions, read once with what is kept of them and once without. */
final class KeptReductions implements AutoCloseable {
  static final long HOUR = Duration.ofHours(1).toSeconds();
  static final long DAY = Duration.ofDays(1).toSeconds();

  /** Where the series begin, in seconds. */
  static final long START = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

  private static final long LIMIT_BYTES = 1L << 30;

  static final String AGGREGATIONS =
      """
      aggregations:
        - {type: avg}
        - {type: min}
        - {type: max}
        - {type: sum}
        - {type: count}
        - {type: first}
        - {type: last}
        - {type: count, columns: ['*']}
      """;

  /** A few of them, for what is about other things. */
  static final String COUNTED = "aggregations: [{type: count}, {type: min}, {type: last}]\n";

  private final ComputedPond pond;

  KeptReductions(Path directory) {
    this.pond = new ComputedPond(directory);
  }

  ComputedPond pond() {
    return pond;
  }

  /** Rows every so many seconds; the values are quarters, whose sums are exact. */
  static String rows(long fromSecond, long stepSeconds, long rows, long salt) {
    return """
    SELECT make_timestamp((%d + i * %d) * 1000000) AS timestamp,
      CASE WHEN (i + %d) %% 11 = 0 THEN NULL ELSE ((i * 37 + %d) %% 400) / 4 END AS x,
      CAST((i * 13 + %d) %% 1000 AS INTEGER) AS n
    FROM range(%d) r(i)
    """
        .formatted(fromSecond, stepSeconds, salt, salt, salt, rows);
  }

  void append(String path, long fromSecond, long stepSeconds, long rows, long salt) {
    pond.append(path, rows(fromSecond, stepSeconds, rows, salt));
  }

  /** Appends a version with a quarter of an hour between rows for each of many days. */
  void appendDays(String path, int days) {
    for (int day = 0; day < days; day++) {
      append(path, START + day * DAY, HOUR / 4, 96, day);
    }
  }

  /** Makes {@code /r}, which reduces every series of {@code /in}. */
  void reduce(String resolutions, String more) {
    reduce("/in/*.series", resolutions, more);
  }

  void reduce(String pattern, String resolutions, String more) {
    pond.node(
        "temporal-reduce",
        "/r",
        "in_pattern: %s\nout_pattern: $0\nresolutions: [%s]\n%s"
            .formatted(pattern, resolutions, more));
  }

  String kept(String path, TimeRange range) {
    try (QuerySession session = pond.openKeeping(LIMIT_BYTES)) {
      return csv(session, path, range);
    }
  }

  static String csv(QuerySession session, String path, TimeRange range) {
    Sql rows = session.relation(PondUrl.parse(path)).select(range);
    return ComputedPond.csv(session, Sql.of("SELECT * FROM (").plus(rows).plus(") ORDER BY 1"));
  }

  void requireSame(String path) {
    assertThat(kept(path, TimeRange.ALL)).isEqualTo(pond.csv(path, TimeRange.ALL));
  }

  /** The names of the stored files that a read hands to the engine. */
  List<String> handed(String path) {
    try (QuerySession session = pond.openKeeping(LIMIT_BYTES)) {
      String all = csv(session, path, TimeRange.ALL);
      assertThat(all).isEqualTo(pond.csv(path, TimeRange.ALL));
      return session.handedFiles().stream().map(Path::toString).toList();
    }
  }

  /** Names the files of kept rows. */
  List<String> segments() throws IOException {
    try (Stream<Path> files = Files.walk(pond.rollups())) {
      return files.map(Path::toString).filter(name -> name.endsWith(".parquet")).sorted().toList();
    }
  }

  @Override
  public void close() {
    pond.close();
  }
}
