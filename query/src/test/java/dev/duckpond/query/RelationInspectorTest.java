package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelationInspectorTest {
  @TempDir Path directory;
  private Harbour harbour;
  private RelationInspector inspector;

  @BeforeEach
  void open() {
    harbour = new Harbour(directory);
    inspector = new RelationInspector(harbour.duck());
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private ContentFacts series(Path file, TimeHints hints) {
    return inspector.inspectSeries(
        file, "f.parquet", SeriesTarget.of(PondPath.of("/s.series"), harbour.tree()), hints);
  }

  private ContentFacts series(String sql) {
    return series(harbour.parquet(sql), TimeHints.NONE);
  }

  @Test
  void inspectSeries_seconds_answersAllFacts() {
    ContentFacts facts =
        series(
            "SELECT * FROM (VALUES (1717200000::BIGINT, 1.5::DOUBLE), (3, 2.5), (NULL, 3.5))"
                + " t(timestamp, \"DO.mg/L\")");
    assertThat(facts.rowCount()).hasValue(3);
    assertThat(facts.timeColumn()).contains("timestamp");
    assertThat(facts.bounds()).contains(new EventBounds(3_000_000, 1_717_200_000_000_000L));
    assertThat(facts.attributes())
        .containsOnly(
            Map.entry("schema", "[[\"timestamp\",\"BIGINT\"],[\"DO.mg/L\",\"DOUBLE\"]]"),
            Map.entry("time_encoding", "epoch_s"),
            Map.entry("time_runs", "[[3000000,86399999999],[1717200000000000,1717200000000000]]"));
  }

  @Test
  void inspectSeries_rowsFarApart_areToldAsRuns() {
    ContentFacts facts =
        series(
            """
            SELECT TIMESTAMP '1969-12-30 12:00:00' + to_days(CAST(d AS INTEGER)) AS timestamp
            FROM (VALUES (0), (1), (30), (31), (61), (400)) t(d)
            """);

    assertThat(TimeRuns.of(facts))
        .containsExactly(
            bounds("1969-12-30T12:00:00Z", "1970-01-30T23:59:59.999999Z"),
            bounds("1970-03-01T00:00:00Z", "1970-03-01T23:59:59.999999Z"),
            bounds("1971-02-03T00:00:00Z", "1971-02-03T12:00:00Z"));
  }

  @Test
  void inspectSeries_manyGaps_theWidestPartRuns() {
    ContentFacts facts =
        series(
            """
            SELECT TIMESTAMP '2020-01-01' + to_days(CAST(i * 40 + CASE WHEN i > 5 THEN 9 ELSE 0 END AS INTEGER))
              AS timestamp FROM range(20) t(i)
            """);

    assertThat(TimeRuns.of(facts))
        .containsExactly(
            bounds("2020-01-01T00:00:00Z", "2020-07-19T23:59:59.999999Z"),
            bounds("2020-09-06T00:00:00Z", "2022-02-08T00:00:00Z"));
  }

  private static EventBounds bounds(String from, String to) {
    return new EventBounds(micros(from), micros(to));
  }

  private static long micros(String text) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
  }

  @Test
  void inspectSeries_noRows_isFine() {
    ContentFacts facts = series("SELECT 1::BIGINT AS timestamp, 2 AS v WHERE false");
    assertThat(facts.rowCount()).hasValue(0);
    assertThat(facts.bounds()).isEmpty();
    assertThat(facts.attributes()).containsEntry("time_encoding", "epoch_s");
  }

  @ParameterizedTest
  @CsvSource({
    "99999999999, epoch_s",
    "100000000000, epoch_ms",
    "99999999999999, epoch_ms",
    "100000000000000, epoch_us",
    "99999999999999999, epoch_us",
    "100000000000000000, epoch_ns",
    "-1717200000, epoch_s",
    "-1717200000000, epoch_ms"
  })
  void inspectSeries_integers_areDecidedByMagnitude(long value, String word) {
    assertThat(series("SELECT " + value + "::BIGINT AS ts").attributes())
        .containsEntry("time_encoding", word);
  }

  @Test
  void inspectSeries_tinyIntegers_followTheSeriesElseAreSeconds() {
    assertThat(series("SELECT 5000::BIGINT AS ts").attributes())
        .containsEntry("time_encoding", "epoch_s");
    harbour.append("/s.series", "SELECT 1717200000000::BIGINT AS ts");
    ContentFacts facts = series("SELECT 5000::BIGINT AS ts");
    assertThat(facts.attributes()).containsEntry("time_encoding", "epoch_ms");
    assertThat(facts.bounds()).contains(new EventBounds(5_000_000, 5_000_000));
  }

  @Test
  void inspectSeries_declaredUnit_goesBeforeMagnitude() {
    TimeHints hints = new TimeHints(Optional.empty(), Optional.of(TimeHints.requireUnit("us")));
    ContentFacts facts = series(harbour.parquet("SELECT 1717200000::BIGINT AS ts"), hints);
    assertThat(facts.bounds()).contains(new EventBounds(1_717_200_000L, 1_717_200_000L));
  }

  @Test
  void inspectSeries_secondsBeyondTimestamp_areAnError() {
    TimeHints hints = new TimeHints(Optional.empty(), Optional.of(TimeEncoding.EPOCH_S));
    Path file = harbour.parquet("SELECT unnest([0, 9223372036855])::BIGINT AS timestamp");
    assertThatThrownBy(() -> series(file, hints))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "the times in column 'timestamp' of 'f.parquet' cannot be used: its values, 0 to"
                + " 9223372036855, taken as epoch_s, are outside of what a TIMESTAMP can hold."
                + " Correct the values, or declare their unit.");
  }

  @Test
  void inspectSeries_infiniteTime_isAnError() {
    assertThatThrownBy(() -> series("SELECT 'infinity'::TIMESTAMP AS timestamp"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("it holds infinite times");
  }

  @Test
  void inspectSeries_names_arePreferredInOrder() {
    assertThat(series("SELECT 'x' AS timestamp, 1717200000 AS \"Time\"").timeColumn())
        .contains("Time");
    assertThat(series("SELECT 1717200000 AS \"Timestamp\", 1717200000 AS ts").timeColumn())
        .contains("Timestamp");
    assertThat(series("SELECT 1717200000 AS time, 1717200000 AS timestamp").timeColumn())
        .contains("timestamp");
    assertThat(series("SELECT 1.5 AS time, DATE '2024-01-01' AS \"Date_Time\"").timeColumn())
        .contains("Date_Time");
  }

  @Test
  void inspectSeries_noTimeColumn_isAnError() {
    assertThatThrownBy(() -> series("SELECT 1 AS a, 'x' AS Timestamp"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'f.parquet' has no time column: its column 'Timestamp' is of type VARCHAR, and a"
                + " series needs one of integers, timestamps or days. Copy it as a table, or write"
                + " its times as timestamps.");
    assertThatThrownBy(() -> series("SELECT 1 AS a, 'x' AS b"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'f.parquet' has no time column: a series needs a column named timestamp, time, ts,"
                + " datetime, date_time, event_time that holds integers, timestamps or days. Copy"
                + " it as a table, or rename the column.");
  }

  @Test
  void inspectSeries_severalTimeColumns_areAnErrorUnlessOneIsNamed() {
    Path file = harbour.parquet("SELECT 1717200000 AS ts, 1717200000 AS event_time");
    assertThatThrownBy(() -> series(file, TimeHints.NONE))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'f.parquet' has more than one time column: ts, event_time. Name the one that counts,"
                + " with --time-column or ?time_column=.");
    assertThat(
            series(file, new TimeHints(Optional.of("event_time"), Optional.empty())).timeColumn())
        .contains("event_time");
    assertThatThrownBy(
            () -> series(file, new TimeHints(Optional.of("event_tme"), Optional.empty())))
        .hasMessage(
            "'f.parquet' has no column 'event_tme' to take the time from. Did you mean"
                + " 'event_time'?");
  }

  @Test
  void inspectSeries_schemaGrowsByName_fits() {
    harbour.append("/s.series", "SELECT 1717200000::BIGINT AS timestamp, 1.5::DOUBLE AS v");
    harbour.append(
        "/s.series", "SELECT 1717200001::BIGINT AS timestamp, 1.5::DOUBLE AS v, 'n' AS n");
    harbour.append("/s.series", "SELECT 1717200002::BIGINT AS timestamp");
    harbour.append("/s.series", "SELECT 1717200003::BIGINT AS timestamp, 7::INTEGER AS v");
    assertThat(harbour.csv("/s.series", TimeRange.ALL))
        .isEqualTo(
            """
            timestamp,v,n
            2024-06-01T00:00:00Z,1.5,
            2024-06-01T00:00:01Z,1.5,n
            2024-06-01T00:00:02Z,,
            2024-06-01T00:00:03Z,7.0,
            """);
  }

  @Test
  void inspectSeries_textWhereANumberWas_namesColumnAndTypes() {
    harbour.append("/s.series", "SELECT 1717200000::BIGINT AS timestamp, 1.5::DOUBLE AS v");
    assertThatThrownBy(() -> series("SELECT 1717200001::BIGINT AS timestamp, 'high' AS V"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'f.parquet' does not fit '/s.series': its column 'V' is VARCHAR, there it is DOUBLE."
                + " Convert the column to DOUBLE, or give it another name.");
  }

  @Test
  void inspect_tableWithUnusableTimes_hasNoTimeColumn() {
    for (String sql :
        new String[] {
          "SELECT 'infinity'::TIMESTAMP AS timestamp",
          "SELECT 18446744073709551615::UBIGINT AS ts",
          "SELECT 'infinity'::DATE AS time",
          "SELECT 9000000000000000000::BIGINT AS ts",
          "SELECT 99999999999::BIGINT AS ts",
          "SELECT -1717200000::BIGINT AS ts"
        }) {
      Path file = harbour.parquet(sql);
      ContentFacts facts = inspector.inspect(file, "f.parquet", TimeHints.NONE);
      assertThat(facts.timeColumn()).as(sql).isEmpty();
      assertThat(facts.rowCount()).hasValue(1);
    }
    Path unset = harbour.parquet("SELECT unnest([0, 1717200000]) AS ts");
    assertThat(inspector.inspect(unset, "f.parquet", TimeHints.NONE).timeColumn()).contains("ts");
    Path late = harbour.parquet("SELECT 99999999999::BIGINT AS ts");
    TimeHints declared = new TimeHints(Optional.of("ts"), Optional.empty());
    assertThat(inspector.inspect(late, "f.parquet", declared).timeColumn()).contains("ts");
  }

  @Test
  void table_bigNumbersNamedTs_stayAsTheyAre() {
    harbour.table("/ids.table", "SELECT 7100000000000000001::BIGINT AS ts");
    assertThat(harbour.csv("FROM \"/ids.table\"")).isEqualTo("ts\n7100000000000000001\n");
  }

  @Test
  void inspectSeries_valuesBeyondBigint_areSaidToBeOutOfRange() {
    assertThatThrownBy(() -> series("SELECT 18446744073709551615::UBIGINT AS ts"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("the times in column 'ts' of 'f.parquet' cannot be used")
        .hasMessageContaining("out of range");
  }

  @Test
  void inspectSeries_decimalsBeyond38Digits_areRefusedNamingBothTypes() {
    harbour.append("/d.series", "SELECT 1717200000 AS timestamp, 1.5::DECIMAL(18,3) AS v");
    harbour.append("/d.series", "SELECT 1717200060 AS timestamp, 1.5::DECIMAL(30,10) AS v");
    harbour.append("/d.series", "SELECT 1717200120 AS timestamp, 7::BIGINT AS v");
    assertThatThrownBy(() ->
            harbour.append("/d.series", "SELECT 1717200180 AS timestamp, 1.5::DECIMAL(38,5) AS v"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining(
            "its column 'v' is DECIMAL(38,5), there it is DECIMAL(30,10), and both together need"
                + " more than 38 digits");
    harbour.append("/d.series", "SELECT 1717200240 AS timestamp, 2.25::DOUBLE AS v");
    assertThat(harbour.csv("SELECT sum(v) AS s FROM \"/d.series\"")).isEqualTo("s\n12.25\n");
  }

  @Test
  void inspectSeries_otherTimeColumn_isAConflict() {
    harbour.append("/s.series", "SELECT 1717200000::BIGINT AS timestamp");
    assertThatThrownBy(() -> series("SELECT 1717200001::BIGINT AS time"))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage(
            "'f.parquet' does not fit '/s.series': its time column is 'time', that of the series"
                + " is 'timestamp'. Rename the column to 'timestamp'.");
  }

  @Test
  void inspect_badFiles_areToldApart() throws IOException {
    Path whole = harbour.parquet("SELECT i AS timestamp FROM range(1000) r(i)");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = harbour.bytes("cut", Arrays.copyOf(bytes, bytes.length - 7));
    Path text = harbour.text("text", "timestamp,a\n1,2\n");
    byte[] broken = bytes.clone();
    Arrays.fill(broken, broken.length - 60, broken.length - 8, (byte) 0xff);
    Path damaged = harbour.bytes("damaged", broken);
    assertThatThrownBy(() -> series(cut, TimeHints.NONE))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'f.parquet' is a truncated Parquet file: it begins as Parquet and its footer is"
                + " missing. Get it again from where it came from.");
    assertThatThrownBy(() -> series(text, TimeHints.NONE))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'f.parquet' is not Parquet. When it is CSV, copy it with '--as-series', else as data with '--type data'.");
    assertThatThrownBy(() -> inspector.inspect(damaged, "f.parquet", TimeHints.NONE))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("'f.parquet'");
    assertThatThrownBy(() -> series(directory.resolve("files/none"), TimeHints.NONE))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage("'f.parquet' does not exist. Check the path.");
  }

  @Test
  void decideType_goesByContent() {
    Path series = harbour.parquet("SELECT 1717200000 AS \"Timestamp\", 1 AS v");
    Path table = harbour.parquet("SELECT 1 AS a");
    Path small = harbour.parquet("SELECT 15 AS time");
    Path data = harbour.text("x.csv", "timestamp,v\n1,2\n");
    assertThat(inspector.decideType(series, "f")).isEqualTo(EntryType.TABLE_SERIES);
    assertThat(inspector.decideType(table, "f")).isEqualTo(EntryType.TABLE);
    assertThat(inspector.decideType(small, "f")).isEqualTo(EntryType.TABLE);
    assertThat(inspector.decideType(data, "f")).isEqualTo(EntryType.DATA);
    assertThat(inspector.decideType(harbour.text("empty", ""), "f")).isEqualTo(EntryType.DATA);
    assertThatThrownBy(() -> inspector.decideType(harbour.text("cut", "PAR1xxxxxxxxxx"), "f"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("truncated");
  }
}
