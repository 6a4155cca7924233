package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Renamed and cast columns. */
class ColumnRenameTest {
  @TempDir Path directory;
  private ComputedPond pond;

  @BeforeEach
  void open() {
    pond = SmallHarbour.in(directory);
  }

  @AfterEach
  void close() {
    pond.close();
  }

  @Test
  void rename_firstRuleThatFits_counts() {
    pond.append(
        "/raw.series",
        "SELECT TIMESTAMP '2024-06-01' AS \"Date Time\", TIMESTAMP '2024-06-01' AS timestamp,"
            + " 1.5 AS \"Depth (ft)\", 2 AS Marked, 3 AS other");
    pond.node(
        "column-rename",
        "/etc/names",
        """
        rules:
          - {type: drop, pattern: '^(Marked|timestamp)$'}
          - {type: direct, from: Date Time, to: timestamp, cast: timestamp}
          - {type: pattern, pattern: '^(.+) \\((.+)\\)$', replacement: $1.$2}
        """);
    pond.node(
        "sql-derived-series", "/named", "patterns: {x: /raw.series}\ntransforms: [/etc/names]\n");

    assertThat(pond.csv("SELECT * FROM \"/named\""))
        .isEqualTo("timestamp,Depth.ft,other\n2024-06-01T00:00:00Z,1.5,3\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1717200000,0",
    "1717200000123,123000",
    "1717200000123456,123456",
    "1717200000123456789,123456"
  })
  void rename_integersCastToTimes_areTakenInTheUnitThatMakesDates(long first, long micros) {
    pond.append(
        "/raw.series",
        "SELECT TIMESTAMP '2024-05-01' AS timestamp, "
            + first
            + " AS seen, NULL::BIGINT AS never, 1 AS x");
    pond.node(
        "column-rename",
        "/names",
        """
        rules:
          - {type: direct, from: seen, to: first, cast: timestamp}
          - {type: direct, from: never, to: never, cast: timestamp}
        """);
    pond.node("sql-derived-series", "/n", "{patterns: {x: /raw.series}, transforms: [/names]}");

    assertThat(
            pond.csv(
                "SELECT timestamp, epoch_us(first) - 1717200000000000 AS us, typeof(never) AS t"
                    + " FROM \"/n\""))
        .isEqualTo("timestamp,us,t\n2024-05-01T00:00:00Z," + micros + ",TIMESTAMP\n");
    assertThat(pond.csv("/n", between("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z")))
        .isEqualTo("timestamp,first,never,x\n");
  }

  @Test
  void rename_integersCastToTimes_mayBeTheTime() {
    pond.append("/in/raw.series", "SELECT TIMESTAMP '2024-05-01' AS timestamp, 1717200000 AS seen");
    pond.node(
        "column-rename",
        "/names",
        """
        rules:
          - {type: drop, pattern: '^timestamp$'}
          - {type: direct, from: seen, to: timestamp, cast: timestamp}
        """);
    pond.node("sql-derived-series", "/n", "{patterns: {x: /in/raw.series}, transforms: [/names]}");

    assertThat(pond.csv("/n", between("2024-06-01T00:00:00Z", "2024-06-02T00:00:00Z")))
        .isEqualTo("timestamp\n2024-06-01T00:00:00Z\n");
  }

  @Test
  void rename_typeThatDoesNotBecomeTheOther_isRefused() {
    pond.append("/raw.series", "SELECT TIMESTAMP '2024-05-01' AS timestamp, 1.5::DOUBLE AS x");
    pond.node("column-rename", "/t", "rules: [{type: direct, from: x, to: y, cast: timestamp}]");
    pond.node(
        "column-rename", "/i", "rules: [{type: direct, from: timestamp, to: y, cast: int64}]");
    pond.node("sql-derived-series", "/a", "{patterns: {x: /raw.series}, transforms: [/t]}");
    pond.node("sql-derived-series", "/b", "{patterns: {x: /raw.series}, transforms: [/i]}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/a\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("'/t' cannot be applied to '/raw.series'")
        .hasMessageContaining("its column 'x' is DOUBLE, which does not become timestamp");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/b\""))
        .hasMessageContaining("its column 'timestamp' is TIMESTAMP, which does not become int64");
  }

  @ParameterizedTest
  @CsvSource({"timestamp", "float64", "int64"})
  void rename_valueThatCannotBeCast_isToldWithItsColumnAndNode(String cast) {
    pond.append(
        "/raw.series",
        "SELECT TIMESTAMP '2024-05-01' + to_days(CAST(i AS INTEGER)) AS timestamp,"
            + " [NULL, 'soon'][i + 1] AS \"Date Time\" FROM range(2) r(i)");
    pond.node(
        "column-rename",
        "/names",
        "rules: [{type: direct, from: Date Time, to: y, cast: " + cast + "}]");
    pond.node("sql-derived-series", "/n", "{patterns: {x: /raw.series}, transforms: [/names]}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/n\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "the query failed: 'soon' in the column 'Date Time' cannot be cast to %s, as '/names'"
                + " says. Correct the value, or leave the cast out and use try_cast(… AS …) in a"
                + " query, which gives NULL instead.",
            cast);
    assertThat(pond.csv("SELECT y FROM \"/n\" WHERE timestamp < TIMESTAMP '2024-05-02'"))
        .isEqualTo("y\n\"\"\n");
  }

  @Test
  void rename_casts_equalThoseOfSql() {
    pond.append(
        "/raw.series",
        "SELECT TIMESTAMP '2024-05-01' AS timestamp, '2024-05-02 03:04:05' AS a, '1.5' AS b,"
            + " 2.6 AS c, 7 AS d, true AS e, DATE '2024-05-03' AS f");
    pond.node(
        "column-rename",
        "/names",
        """
        rules:
          - {type: direct, from: a, to: a, cast: timestamp}
          - {type: direct, from: b, to: b, cast: float64}
          - {type: direct, from: c, to: c, cast: int64}
          - {type: direct, from: d, to: d, cast: utf8}
          - {type: direct, from: e, to: e, cast: int64}
          - {type: direct, from: f, to: f, cast: timestamp}
        """);
    pond.node("sql-derived-series", "/n", "{patterns: {x: /raw.series}, transforms: [/names]}");

    assertThat(pond.csv("SELECT * EXCLUDE timestamp FROM \"/n\""))
        .isEqualTo("a,b,c,d,e,f\n2024-05-02T03:04:05Z,1.5,3,7,1,2024-05-03T00:00:00Z\n");
  }

  @Test
  void rename_twoColumnsToOneName_isRefused() {
    pond.node(
        "column-rename",
        "/names",
        "rules: [{type: pattern, pattern: 'temp|level', replacement: x}]");
    pond.node("sql-derived-series", "/bad", "{patterns: {x: /in/a1.series}, transforms: [/names]}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/bad\""))
        .hasMessageContaining("both 'level' and 'temp' would be named 'x'");
  }

  private static TimeRange between(String from, String to) {
    return TimeRange.between(Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to)));
  }
}
