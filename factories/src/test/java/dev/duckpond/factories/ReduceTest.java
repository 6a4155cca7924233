package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reductions against plain SQL and against the calendar of the platform. */
class ReduceTest {
  private static final long MICROS = 1_000_000;

  @TempDir Path directory;
  private ComputedPond pond;

  @BeforeEach
  void open() {
    pond = new ComputedPond(directory);
  }

  @AfterEach
  void close() {
    pond.close();
  }

  private void reduce(String more) {
    pond.node("temporal-reduce", "/r", "in_pattern: /in/*.series\nout_pattern: $0\n" + more);
  }

  @Test
  void reduce_everyAggregate_equalsPlainSql() {
    pond.append(
        "/in/a.series",
        "SELECT TIMESTAMP '1969-12-31 20:00:00' + to_minutes(CAST(7 * i AS INTEGER)) AS timestamp,"
            + " CASE WHEN i % 5 = 3 THEN NULL ELSE sin(i) * 10 END AS x, i % 7 AS n, 'w' || i AS w"
            + " FROM range(200) r(i)");
    reduce(
        """
        resolutions: [2h]
        aggregations:
          - {type: avg}
          - {type: min, columns: [x, w]}
          - {type: max, columns: ['?']}
          - {type: sum, columns: [x, n]}
          - {type: count, columns: [x]}
          - {type: count, columns: ['*']}
          - {type: first, columns: [x, w]}
          - {type: last, columns: [x]}
          - {type: stddev, columns: [x]}
          - {type: median, columns: [x]}
          - {type: p05, columns: [x]}
          - {type: p95, columns: [x]}
        """);

    String expected =
        pond.csv(
            """
            SELECT b AS timestamp, avg(x) AS "x.avg", avg(n) AS "n.avg", min(x) AS "x.min",
              min(w) AS "w.min", max(x) AS "x.max", max(n) AS "n.max", sum(x) AS "x.sum",
              sum(n) AS "n.sum", count(x) AS "x.count", count(*) AS "timestamp.count",
              arg_min(x, timestamp) AS "x.first", arg_min(w, timestamp) AS "w.first",
              arg_max(x, timestamp) AS "x.last", stddev_samp(x) AS "x.stddev",
              median(x) AS "x.median", quantile_cont(x, 0.05) AS "x.p05",
              quantile_cont(x, 0.95) AS "x.p95"
            FROM (SELECT *, time_bucket(INTERVAL 2 hours, timestamp, TIMESTAMP '2000-01-01') AS b
                  FROM "/in/a.series") GROUP BY b ORDER BY b
            """);
    assertThat(pond.csv("SELECT * FROM \"/r/a/res=2h.series\" ORDER BY 1")).isEqualTo(expected);
    assertThat(expected.lines()).hasSize(13);
  }

  @Test
  void reduce_timeWeighted_valuesHoldUntilTheNext() {
    pond.append(
        "/in/a.series",
        """
        SELECT * FROM (VALUES (TIMESTAMP '2024-01-01 00:00:00', 1.0),
          (TIMESTAMP '2024-01-01 00:15:00', 3.0), (TIMESTAMP '2024-01-01 00:20:00', NULL),
          (TIMESTAMP '2024-01-01 01:30:00', 5.0)) t(timestamp, x)
        """);
    reduce("resolutions: [1h]\naggregations: [{type: time_weighted_avg}]\n");

    assertThat(pond.csv("SELECT * FROM \"/r/a/res=1h.series\" ORDER BY 1"))
        .isEqualTo(
            """
            timestamp,x.time_weighted_avg
            2024-01-01T00:00:00Z,2.5
            2024-01-01T01:00:00Z,5.0
            """);
  }

  @Test
  void reduce_timeWeightedIntegers_areTakenAsFractions() {
    pond.append(
        "/in/a.series",
        """
        SELECT TIMESTAMP '2024-01-01' + to_hours(CAST(i AS INTEGER)) AS timestamp,
          CAST(9000000000000000000 AS BIGINT) AS big, CAST(100 AS TINYINT) AS small,
          CAST(7 AS DECIMAL(18, 3)) AS exact, CAST(40 + i AS UINTEGER) AS x
        FROM range(2) r(i)
        """);
    reduce("resolutions: [1d]\naggregations: [{type: time_weighted_avg}]\n");

    // x is 40 for one hour and 41 for the other 23.
    assertThat(
            pond.csv(
                "SELECT * REPLACE (round(\"x.time_weighted_avg\", 6)"
                    + " AS \"x.time_weighted_avg\") FROM \"/r/a/res=1d.series\""))
        .isEqualTo(
            """
            timestamp,big.time_weighted_avg,small.time_weighted_avg,exact.time_weighted_avg,\
            x.time_weighted_avg
            2024-01-01T00:00:00Z,9.0E18,100.0,7.0,40.958333
            """);
  }

  @Test
  void reduce_switches_sumIsHowManyWereOn() {
    pond.append(
        "/in/a.series",
        """
        SELECT * FROM (VALUES (TIMESTAMP '2024-01-01 00:00:00', true),
          (TIMESTAMP '2024-01-01 00:10:00', false), (TIMESTAMP '2024-01-01 00:20:00', NULL),
          (TIMESTAMP '2024-01-01 00:30:00', true)) t(timestamp, pump)
        """);
    reduce(
        """
        resolutions: [1h]
        aggregations:
          - {type: sum, columns: [pump]}
          - {type: count, columns: [pump]}
          - {type: max, columns: [pump]}
          - {type: last, columns: [pump]}
        """);

    assertThat(pond.csv("SELECT * FROM \"/r/a/res=1h.series\""))
        .isEqualTo(
            """
            timestamp,pump.sum,pump.count,pump.max,pump.last
            2024-01-01T00:00:00Z,2,3,true,true
            """);
  }

  @Test
  void reduce_readingsOfOneInstant_countOnceInTheTimeWeightedMean() {
    pond.append(
        "/in/a.series",
        """
        SELECT * FROM (VALUES (TIMESTAMP '2024-01-01 00:00:00', 1.0),
          (TIMESTAMP '2024-01-01 00:30:00', 7.0), (TIMESTAMP '2024-01-01 00:30:00', 9.0))
          t(timestamp, x)
        """);
    reduce("resolutions: [1h]\naggregations: [{type: time_weighted_avg}]\n");

    assertThat(pond.csv("SELECT * FROM \"/r/a/res=1h.series\""))
        .isEqualTo("timestamp,x.time_weighted_avg\n2024-01-01T00:00:00Z,5.0\n");
  }

  @Test
  void reduce_columnsThatSomeSourcesLack_areLeftOutThere() {
    pond.append("/in/a.series", "SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS x, 2 AS y");
    pond.append("/in/b.series", "SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS x");
    reduce("resolutions: [1d]\naggregations: [{type: min, columns: [x, y]}]\n");

    assertThat(pond.csv("SELECT * FROM \"/r/b/res=1d.series\""))
        .isEqualTo("timestamp,x.min\n2024-01-01T00:00:00Z,1\n");
  }

  @Test
  void reduce_columnThatIsNowhere_isNamedWithTheNearest() {
    pond.append("/in/a.series", "SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS level");
    reduce("resolutions: [1d]\naggregations: [{type: min, columns: [levle]}]\n");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/r/a/res=1d.series\""))
        .hasMessageContaining(
            "/r:4:38: '/in/a.series' has no column 'levle'. Did you mean 'level'?");
  }

  @Test
  void reduce_columnThatNoSourceHas_isNamedBesideOnesThatAreThere() {
    pond.append("/in/a.series", "SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS x, 2 AS level");
    pond.append("/in/b.series", "SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS x");
    reduce("resolutions: [1d]\naggregations: [{type: min, columns: [x, levle, '*none*']}]\n");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/r/b/res=1d.series\""))
        .hasMessageContaining(
            "/r:4:41: none of the sources has a column 'levle'. Did you mean 'level'?");

    // It may come with a source that has no columns yet.
    pond.node("sql-derived-series", "/in/c.series", "patterns: {x: /later/*}");
    assertThat(pond.csv("SELECT * FROM \"/r/b/res=1d.series\""))
        .isEqualTo("timestamp,x.min\n2024-01-01T00:00:00Z,1\n");
  }

  @Test
  void reduce_sourcesWithOnePlace_areUnited() {
    pond.append("/in/a.series", "SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS x");
    pond.append("/in/b.series", "SELECT TIMESTAMP '2024-01-01 12:00:00' AS timestamp, 3 AS x");
    pond.node(
        "temporal-reduce",
        "/r",
        "{in_pattern: /in/*.series, out_pattern: all/of/them, resolutions: [1d],"
            + " aggregations: [{type: avg}]}");

    assertThat(pond.csv("SELECT * FROM \"/r/all/of/them/res=1d.series\""))
        .isEqualTo("timestamp,x.avg\n2024-01-01T00:00:00Z,2.0\n");
  }

  @Test
  void reduce_timeColumnOfUrl_isTheTimeOfStoredAndOfComputedSources() {
    pond.append(
        "/in/a.series",
        "SELECT TIMESTAMP '2024-01-01' AS timestamp, TIMESTAMP '2020-05-05 12:00:00' AS sent, 1 AS x");
    pond.node("sql-derived-series", "/same.series", "patterns: {source: /in/a.series}\n");
    for (String path : new String[] {"/in/a.series", "/same.series"}) {
      String node = "/reduced-" + path.length();
      pond.node(
          "temporal-reduce",
          node,
          "{in_pattern: 'series://"
              + path
              + "?time_column=sent', out_pattern: r, resolutions: [1d],"
              + " aggregations: [{type: sum, columns: [x]}]}");
      assertThat(pond.csv("SELECT * FROM \"" + node + "/r/res=1d.series\""))
          .isEqualTo("sent,x.sum\n2020-05-05T00:00:00Z,1\n");
    }
  }

  @Test
  void reduce_range_asksForTheRowsOfItsBucketsAlone() {
    pond.append(
        "/in/a.series",
        "SELECT TIMESTAMP '2024-01-01' + to_minutes(CAST(i AS INTEGER)) AS timestamp, i AS x"
            + " FROM range(600) r(i)");
    reduce("resolutions: [2h]\naggregations: [{type: count}]\n");

    assertThat(
            pond.csv("/r/a/res=2h.series", between("2024-01-01T03:00:00Z", "2024-01-01T06:30:00Z")))
        .isEqualTo("timestamp,x.count\n2024-01-01T04:00:00Z,120\n2024-01-01T06:00:00Z,120\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1d,America/Los_Angeles",
    "1d,Europe/Berlin",
    "1w,UTC",
    "1w,Australia/Lord_Howe",
    "1mo,America/Los_Angeles",
    "1q,UTC",
    "1y,Asia/Kathmandu",
    "7d,UTC",
    "3mo,Europe/Lisbon",
    "1d,+05:30",
    "7d,-08:00",
    "1w,+05:45",
    "1mo,-08:00",
    "1q,Etc/GMT+8",
    "1y,UTC-09:30"
  })
  void calendar_randomTimes_beginWhereThePlatformSays(String text, String zoneName) {
    ZoneId zone = ZoneId.of(zoneName);
    Resolution resolution = Resolution.parse(text, zone);
    long seed = Long.getLong("duckpond.seed", 20_260_301L);
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder values = new StringBuilder();
    StringBuilder expected = new StringBuilder("b\n");
    for (int i = 0; i < 200; i++) {
      long second = random.nextLong(-300_000_000L, 2_000_000_000L);
      values.append(i == 0 ? "" : ", ").append("(").append(second).append(")");
      Instant begin = begin(text, Instant.ofEpochSecond(second), zone);
      expected.append(begin).append('\n');
      long micros = begin.getEpochSecond() * MICROS;
      TimeRange widened = resolution.widened(new TimeRange(second * MICROS, second * MICROS + 1));
      assertThat(widened.fromMicros()).as("%s seed %d", text, seed).isEqualTo(micros);
      assertThat(widened.toMicros()).isGreaterThan(second * MICROS);
    }
    try (QuerySession session = pond.open()) {
      Sql rows =
          Sql.of("SELECT epoch_us(")
              .plus(resolution.begin(resolution.key(Sql.of("t"), TimeRange.ALL)))
              .plus(") // 1000000 AS b FROM (")
              .plus(
                  session
                      .duck()
                      .requireSelect(
                          "SELECT make_timestamp(CAST(s AS BIGINT) * 1000000) AS t FROM (VALUES "
                              + values
                              + ") v(s)"))
              .plus(")");
      List<String> found =
          session.duck().list(rows, row -> Instant.ofEpochSecond(row.longValue(0)).toString());
      assertThat(String.join("\n", found)).isEqualTo(expected.substring(2).strip());
    }
  }

  private static Instant begin(String text, Instant time, ZoneId zone) {
    ZonedDateTime day = time.atZone(zone).toLocalDate().atStartOfDay(zone);
    return switch (text) {
      case "1d" -> day.toInstant();
      case "7d" ->
          day.toLocalDate()
              .minusDays(Math.floorMod(day.toLocalDate().toEpochDay(), 7))
              .atStartOfDay(zone)
              .toInstant();
      case "1w" ->
          day.toLocalDate()
              .minusDays(day.getDayOfWeek().getValue() - 1)
              .atStartOfDay(zone)
              .toInstant();
      case "1mo" -> day.toLocalDate().withDayOfMonth(1).atStartOfDay(zone).toInstant();
      case "1y" -> day.toLocalDate().withDayOfYear(1).atStartOfDay(zone).toInstant();
      default -> {
        int month = (day.getMonthValue() - 1) / 3 * 3 + 1;
        yield day.toLocalDate().withMonth(month).withDayOfMonth(1).atStartOfDay(zone).toInstant();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"30s", "15m", "1h", "2h", "12h", "24h", "1d", "7d", "1w"})
  void fixed_widths_areMultiplesOfTheirLength(String text) {
    Resolution resolution = Resolution.parse(text, ZoneOffset.UTC);
    assertThat(resolution).isInstanceOf(FixedResolution.class);
    TimeRange widened = resolution.widened(new TimeRange(-1, 1));
    assertThat(widened.fromMicros()).isNegative();
    assertThat(widened.toMicros()).isPositive();
    assertThat(resolution.widened(TimeRange.ALL)).isEqualTo(TimeRange.ALL);
  }

  @Test
  void reduce_fixedOffset_daysBeginAtItsMidnight() {
    pond.append(
        "/in/a.series",
        "SELECT TIMESTAMP '2024-01-01' + to_minutes(CAST(30 * i AS INTEGER)) AS timestamp, i AS x"
            + " FROM range(96) r(i)");
    reduce(
        """
        resolutions: [1h, 1d, 1mo]
        aggregations: [{type: count}, {type: time_weighted_avg}]
        timezone: '+05:30'
        """);

    assertThat(pond.csv("SELECT * FROM \"/r/a/res=1d.series\" ORDER BY 1"))
        .isEqualTo(
            """
            timestamp,x.count,x.time_weighted_avg
            2023-12-31T18:30:00Z,37,18.0
            2024-01-01T18:30:00Z,48,60.5
            2024-01-02T18:30:00Z,11,93.85416666666667
            """);
    assertThat(pond.csv("SELECT timestamp, \"x.count\" FROM \"/r/a/res=1mo.series\""))
        .isEqualTo("timestamp,x.count\n2023-12-31T18:30:00Z,96\n");
  }

  @Test
  void calendar_everyZoneOfThePlatform_isKnownToTheEngine() {
    try (QuerySession session = pond.open()) {
      Sql time = Sql.of("TIMESTAMP '2024-01-01'");
      for (String zone : ZoneId.getAvailableZoneIds()) {
        Sql key = Resolution.parse("1d", ZoneId.of(zone)).key(time, TimeRange.ALL);
        assertThatCode(() -> session.duck().list(Sql.of("SELECT ").plus(key), row -> row.isNull(0)))
            .as(zone)
            .doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "999999999w,52142w",
    "365001d,365000d",
    "999999999y,1000y",
    "12001mo,12000mo",
    "999999999q,4000q",
    "999999999h,8760000h",
    "999999999m,525600000m"
  })
  void parse_longerThanAThousandYears_isRefusedWithTheLongest(String text, String longest) {
    assertThatThrownBy(() -> Resolution.parse(text, ZoneOffset.UTC))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage(
            "the resolution '%s' is longer than 1000 years. Write at most %s.", text, longest);
    assertThat(Resolution.parse(longest, ZoneId.of("Europe/Berlin")).text()).isEqualTo(longest);
  }

  @Test
  void reduce_aThousandYears_areOneBucket() {
    pond.append("/in/a.series", "SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS x");
    reduce("resolutions: [1000y, 365000d, 1d]\naggregations: [{type: count}]\n");

    assertThat(pond.csv("SELECT * FROM \"/r/a/res=1000y.series\""))
        .isEqualTo("timestamp,x.count\n2000-01-01T00:00:00Z,1\n");
    assertThat(pond.csv("SELECT * FROM \"/r/a/res=365000d.series\""))
        .isEqualTo("timestamp,x.count\n1970-01-01T00:00:00Z,1\n");
  }

  private static TimeRange between(String from, String to) {
    return TimeRange.between(Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to)));
  }
}
