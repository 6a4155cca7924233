package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conditions on the time in users' queries reach the files below computed nodes, and change no
 * answer. The pond:
 *
 * <pre>
 * /in/a.series   ten days from 2024-05-28, each quarter of an hour, epoch seconds; x, y
 * /in/b.series   the same days, two versions of five days, TIMESTAMP; x; and rows of 1970
 * /in/c.series   a row without a time among few with one
 * /joined        a and b
 * /side          x of a and b
 * /r             a, b, and the join at 2h
 * </pre>
 */
class QueryRangeTest {
  private static final long FIRST = Instant.parse("2024-05-27T00:00:00Z").getEpochSecond();
  private static final int SECONDS = 12 * 24 * 3600;

  /** What a query ends with when its conditions shall stay where they stand. */
  private static final String AS_IT_STANDS = " -- now";

  @TempDir static Path directory;
  private static ComputedPond pond;

  @BeforeAll
  static void open() {
    pond = new ComputedPond(directory);
    pond.append(
        "/in/a.series",
        "SELECT 1716854400 + 900 * i AS timestamp, sin(i) AS x, i AS y FROM range(960) r(i)");
    for (int day : new int[] {28, 2}) {
      pond.append(
          "/in/b.series",
          "SELECT TIMESTAMP '2024-0%s 00:00:00' + to_minutes(CAST(10 * i AS INTEGER)) AS timestamp,"
                  .formatted(day == 28 ? "5-28" : "6-02")
              + " cos(i) AS x FROM range(720) r(i)");
    }
    pond.append("/in/b.series", "SELECT TIMESTAMP '1970-01-01' AS timestamp, 0.5 AS x");
    pond.append(
        "/in/c.series",
        "SELECT * FROM (VALUES (TIMESTAMP '2024-06-01', 1.0), (NULL, 2.0),"
            + " (TIMESTAMP '2024-06-03', NULL)) v(timestamp, x)");
    pond.node(
        "timeseries-join",
        "/joined",
        "inputs: [{pattern: /in/a.series, scope: A}, {pattern: /in/b.series, scope: B}]");
    pond.node("timeseries-pivot", "/side", "{pattern: '/in/[ab].series', columns: [x]}");
    pond.node(
        "temporal-reduce",
        "/r",
        "{in_pattern: '/in/[ab].series', out_pattern: $0, resolutions: [2h, 1d],"
            + " aggregations: [{type: avg}, {type: max}], timezone: America/Los_Angeles}");
    pond.node(
        "temporal-reduce",
        "/rj",
        "{in_pattern: /joined, out_pattern: j, resolutions: [2h],"
            + " aggregations: [{type: max}, {type: count, columns: ['*']}]}");
    pond.node(
        "sql-derived-series",
        "/sql",
        "{patterns: {a: /in/a.series, b: /r/b/res=2h.series}, query: 'SELECT timestamp, x, \"x.max\""
            + " FROM a LEFT JOIN b USING (timestamp)'}");
  }

  @AfterAll
  static void close() {
    pond.close();
  }

  @Test
  void where_onAReduction_reachesTheFiles() {
    String plan =
        pond.plan(
            "SELECT timestamp, \"x.max\" FROM \"/r/a/res=2h.series\""
                + " WHERE timestamp >= '2024-06-01 03:00:00' AND timestamp < '2024-06-02'");

    // Widened to whole buckets: 02:00 to 24:00.
    assertThat(plan).contains("timestamp >= 1717207200").contains("timestamp < 1717286400");
    assertThat(plan).doesNotContain(" y ");
  }

  @Test
  void where_onAReductionOfAJoin_leavesOutVersionsAndColumns() {
    String plan =
        pond.plan("SELECT \"B.x.max\" FROM \"/rj/j/res=2h.series\" WHERE timestamp > '2024-06-03'");

    assertThat(plan).contains("timestamp >= 1717372800").doesNotContain("A.x");
    assertThat(plan.split("READ_PARQUET", -1)).as(plan).hasSize(3);
  }

  @Test
  void where_besideANameThatIsLikeAFunctionOfTheClock_reachesTheFiles() {
    assertThat(
            pond.plan(
                "SELECT \"a.x\" AS \"current.now\", 1 AS current FROM \"/side\""
                    + " WHERE timestamp::DATE = '2024-06-01'"))
        .contains("timestamp >= 1717200000");
  }

  @Test
  void where_onAPivot_isTurnedIntoStoredSeconds() {
    assertThat(pond.plan("SELECT \"a.x\" FROM \"/side\" WHERE timestamp::DATE = '2024-06-01'"))
        .contains("timestamp >= 1717200000");
  }

  @Test
  void join_ofAPivotWithAReduction_narrowsBoth() {
    String plan =
        pond.plan(
            "SELECT s.\"a.x\", r.\"x.max\" FROM \"/side\" s JOIN \"/r/a/res=2h.series\" r"
                + " USING (timestamp) WHERE timestamp >= '2024-06-02'");

    assertThat(plan.split("timestamp >= 1717286400", -1)).as(plan).hasSize(3);
  }

  @Test
  void where_commentThatEndsInExplain_hidesNothing() {
    assertThat(
            pond.csv(
                """
                SELECT count(*) AS n FROM "/in/a.series"
                WHERE timestamp >= TIMESTAMP '2024-06-06' -- as they explain
                OR timestamp < TIMESTAMP '2024-05-29'\
                """))
        .isEqualTo("n\n192\n");
  }

  @Test
  void where_withTheClock_staysWhereItStands() {
    assertThat(
            pond.plan(
                "SELECT * FROM \"/side\" WHERE timestamp >= CAST(now() AS TIMESTAMP) - INTERVAL 1 DAY"))
        .doesNotContain("timestamp >=");
  }

  static List<String> queries() {
    return List.of(
        "SELECT * FROM %1$s WHERE timestamp >= %2$s",
        "SELECT * FROM %1$s WHERE timestamp > %2$s AND timestamp <= %3$s",
        "SELECT * FROM %1$s WHERE %2$s > timestamp",
        "SELECT * FROM %1$s WHERE timestamp BETWEEN %2$s AND %3$s",
        "SELECT * FROM %1$s WHERE timestamp = %4$s",
        "SELECT * FROM %1$s WHERE timestamp IN (%2$s, %4$s)",
        "SELECT * FROM %1$s WHERE timestamp < %2$s OR timestamp >= %3$s",
        "SELECT * FROM %1$s WHERE timestamp < %2$s OR timestamp IS NULL",
        "SELECT * FROM %1$s WHERE timestamp > %3$s -- which these words explain\n"
            + " OR timestamp < %2$s",
        "SELECT * FROM %1$s WHERE NOT (timestamp < %2$s)",
        "SELECT * FROM %1$s WHERE timestamp IS DISTINCT FROM %4$s",
        "SELECT * FROM %1$s WHERE timestamp IS NOT DISTINCT FROM %4$s",
        "SELECT * FROM %1$s WHERE coalesce(timestamp > %2$s, true)",
        "SELECT * FROM %1$s WHERE CASE WHEN timestamp > %2$s THEN true ELSE timestamp < %3$s END",
        "SELECT * FROM %1$s WHERE timestamp::DATE = %2$s::DATE",
        "SELECT * FROM %1$s WHERE date_trunc('day', timestamp) = date_trunc('day', %4$s)",
        "SELECT * FROM %1$s WHERE timestamp AT TIME ZONE 'UTC' >= %2$s::TIMESTAMPTZ",
        "SELECT * FROM %1$s WHERE timestamp >= %2$s::TIMESTAMP_NS",
        "SELECT * FROM %1$s WHERE timestamp + INTERVAL 1 HOUR > %2$s",
        "SELECT * FROM %1$s WHERE timestamp > %2$s AND timestamp < 'infinity'",
        "SELECT * FROM %1$s WHERE timestamp > %3$s AND timestamp < %2$s",
        "SELECT * FROM %1$s a JOIN %1$s b ON a.timestamp = b.timestamp WHERE a.timestamp > %2$s",
        "SELECT a.*, b.timestamp FROM %1$s a JOIN %1$s b ON a.timestamp = b.timestamp"
            + " + INTERVAL 2 HOURS WHERE a.timestamp > %2$s AND b.timestamp < %3$s",
        "SELECT * FROM %1$s a LEFT JOIN %5$s b USING (timestamp) WHERE timestamp > %2$s",
        "SELECT * FROM %1$s a LEFT JOIN %5$s b ON a.timestamp = b.timestamp AND b.timestamp > %2$s",
        "SELECT * FROM %1$s a LEFT JOIN %5$s b ON a.timestamp = b.timestamp AND a.timestamp > %2$s",
        "SELECT * FROM %1$s a RIGHT JOIN %5$s b USING (timestamp) WHERE a.timestamp > %2$s",
        "SELECT * FROM %1$s a FULL JOIN %5$s b ON a.timestamp = b.timestamp"
            + " WHERE a.timestamp > %2$s OR b.timestamp < %3$s",
        "SELECT * FROM %1$s a FULL JOIN %5$s b ON a.timestamp = b.timestamp AND a.timestamp > %2$s",
        "SELECT * FROM %1$s a FULL JOIN %5$s b USING (timestamp) WHERE timestamp > %2$s",
        "SELECT a.*, b.timestamp AS t FROM %1$s a ASOF JOIN %5$s b ON a.timestamp >= b.timestamp"
            + " WHERE a.timestamp > %2$s",
        "SELECT a.*, b.timestamp AS t FROM %1$s a ASOF LEFT JOIN %5$s b ON a.timestamp >= b.timestamp"
            + " WHERE a.timestamp < %2$s",
        "SELECT * FROM %1$s a SEMI JOIN %5$s b USING (timestamp) WHERE a.timestamp > %2$s",
        "SELECT * FROM %1$s a ANTI JOIN %5$s b USING (timestamp) WHERE a.timestamp > %2$s",
        "SELECT * FROM %1$s WHERE timestamp NOT IN (SELECT timestamp FROM %5$s"
            + " WHERE timestamp > %2$s)",
        "SELECT * FROM %1$s WHERE timestamp > (SELECT min(timestamp) FROM %5$s"
            + " WHERE timestamp > %2$s)",
        "SELECT *, (SELECT count(*) FROM %5$s b WHERE b.timestamp <= a.timestamp) AS n FROM %1$s a"
            + " WHERE timestamp > %2$s AND timestamp < %3$s",
        "SELECT * FROM (SELECT * FROM %1$s ORDER BY ALL LIMIT 20) WHERE timestamp > %2$s",
        "SELECT * FROM (SELECT * FROM %1$s ORDER BY ALL DESC LIMIT 20 OFFSET 3)"
            + " WHERE timestamp > %2$s",
        "SELECT * FROM %1$s WHERE timestamp > %2$s ORDER BY ALL LIMIT 3",
        "SELECT * FROM (SELECT *, min(timestamp) OVER (ORDER BY timestamp) AS l FROM %1$s)"
            + " WHERE timestamp > %2$s",
        "SELECT *, count(*) OVER (ORDER BY timestamp) AS n FROM %1$s WHERE timestamp > %2$s",
        "SELECT * FROM (SELECT *, count(*) OVER (PARTITION BY timestamp) AS n FROM %1$s)"
            + " WHERE timestamp > %2$s",
        "SELECT timestamp, count(*) OVER (ORDER BY timestamp) AS n FROM %1$s"
            + " QUALIFY timestamp > %2$s",
        "SELECT count(*), count(*) FILTER (WHERE timestamp > %2$s), min(timestamp) FROM %1$s",
        "SELECT timestamp::DATE AS d, count(*) AS n FROM %1$s GROUP BY d HAVING d > %2$s::DATE",
        "SELECT timestamp, count(*) AS n FROM %1$s GROUP BY timestamp HAVING timestamp > %2$s",
        "SELECT max(timestamp) AS m FROM %1$s HAVING m > %2$s",
        "WITH w AS MATERIALIZED (SELECT * FROM %1$s) SELECT * FROM w a JOIN w b USING (timestamp)"
            + " WHERE a.timestamp > %2$s UNION ALL SELECT * FROM w a JOIN w b USING (timestamp)"
            + " WHERE a.timestamp < %3$s",
        "WITH w AS (SELECT * FROM %1$s) SELECT count(*) FROM w WHERE timestamp > %2$s UNION ALL"
            + " SELECT count(*) FROM w",
        "SELECT timestamp FROM %1$s WHERE timestamp > %2$s EXCEPT SELECT timestamp FROM %5$s",
        "SELECT timestamp FROM %1$s EXCEPT SELECT timestamp FROM %5$s WHERE timestamp < %2$s",
        "SELECT timestamp FROM %1$s INTERSECT SELECT timestamp FROM %5$s WHERE timestamp > %2$s",
        "SELECT * FROM (FROM %1$s ORDER BY ALL) a POSITIONAL JOIN (FROM %5$s ORDER BY ALL) b WHERE a.timestamp > %2$s",
        "SELECT * FROM %1$s a, (VALUES (%2$s), (%3$s)) v(t) WHERE a.timestamp >= v.t",
        "SELECT * FROM %1$s a, (VALUES (%2$s), (%3$s)) v(t) WHERE a.timestamp = v.t",
        "SELECT * FROM %1$s a, LATERAL (SELECT max(timestamp) AS m FROM %5$s b"
            + " WHERE b.timestamp < a.timestamp) WHERE a.timestamp > %2$s",
        "WITH RECURSIVE s AS (SELECT max(timestamp) AS t FROM %1$s WHERE timestamp < %2$s UNION ALL"
            + " SELECT (SELECT max(timestamp) FROM %1$s WHERE timestamp < s.t) FROM s"
            + " WHERE s.t > %2$s - INTERVAL 6 HOURS) SELECT t AS timestamp FROM s",
        "SELECT timestamp FROM %1$s WHERE timestamp > %2$s AND EXISTS (SELECT 1 FROM %5$s b"
            + " WHERE b.timestamp > %3$s)");
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("queries")
  void answers_areThoseWithoutTheRanges(String query) {
    List<String> sources =
        List.of(
            "\"/in/a.series\"",
            "\"/in/b.series\"",
            "pond('/in/*.series')",
            "\"/joined\"",
            "\"/side\"",
            "\"/r/b/res=2h.series\"",
            "pond('/r/*/res=1d.series')",
            "\"/rj/j/res=2h.series\"",
            "\"/sql\"",
            "\"/in/c.series\"");
    long seed = Long.getLong("duckpond.seed", 20_261_121L);
    SplittableRandom random = new SplittableRandom(seed + query.hashCode());
    for (int i = 0; i < 3; i++) {
      long a = FIRST + random.nextInt(SECONDS);
      long b = FIRST + random.nextInt(SECONDS);
      String sql =
          query.formatted(
              sources.get(random.nextInt(sources.size())),
              time(Math.min(a, b)),
              time(Math.max(a, b)),
              time(a - Math.floorMod(a, 7200)),
              sources.get(random.nextInt(sources.size())));
      assertThat(rows(sql)).as("seed %d: %s", seed, sql).isEqualTo(rows(sql + AS_IT_STANDS));
    }
  }

  private List<String> rows(String sql) {
    return pond.csv(sql).lines().sorted().toList();
  }

  private static String time(long second) {
    return "TIMESTAMP '"
        + Instant.ofEpochSecond(second).toString().replace('T', ' ').replace("Z", "'");
  }
}
