package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How times may be written in files, and which of them nobody can tell for sure. */
final class InboxTimesTest {
  private static final String LOCAL = "timezone: America/Los_Angeles";

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  private CollectPond.Ran take(String more, String... times) throws IOException {
    StringBuilder text = new StringBuilder("time,a\n");
    for (String time : times) {
      text.append(time).append(",1\n");
    }
    Path file = inbox.resolve("a.csv");
    Files.writeString(file, text.toString());
    Files.setLastModifiedTime(file, FileTime.from(CollectPond.START.minusSeconds(3600)));
    return inbox
        .pond()
        .run(
            "inbox",
            "sources: [{pattern: '%s/*', format: csv, to: /a, %s}]".formatted(inbox.path(), more));
  }

  private void assertInstant(String more, String time, String instant) throws IOException {
    take(more, time).requireDone();
    assertThat(inbox.pond().rows("/a").keySet())
        .as(time)
        .isEqualTo(Set.of(Instant.parse(instant).getEpochSecond()));
  }

  private String problem(String more, String... times) throws IOException {
    return take(more, times).failure().orElseThrow().problem();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-06-01 12:00:00 UTC",
        "2024-06-01 12:00 utc",
        "2024-06-01T12:00:00GMT",
        "2024-06-01 12:00:00 Z",
        "2024-06-01 12:00:00z",
        "2024-06-01 12:00:00+00:00:00",
        "2024-06-01 12:00:00 +00:00",
        "2024-06-01 05:00:00 -0700",
        "2024/06/01 05:00:00-07",
        "2024-06-01 06:00:00.0 America/Denver",
        "2024-06-01 05:00:00 Etc/GMT+7",
        "2024-06-01 05:00:00"
      })
  void take_timeWithOneKindOfZoneInTheWholeFile_isReadByThatZone(String time) throws IOException {
    assertInstant(LOCAL, time, "2024-06-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PDT", "PST", "CST", "BST", "EST", "(PDT)", "UTC+7", "GMT-7"})
  void take_timeWithAnAbbreviation_isAnErrorWithItsLineAndAdvice(String word) throws IOException {
    String expected =
        ", line 3: '2024-06-01 12:00:00 "
            + word
            + "' ends in a word that is not clear: abbreviations of zones stand for several; UTC,"
            + " GMT, Z, offsets such as -07:00 and names such as America/Denver for one.";

    assertThat(problem(LOCAL, "2024-06-01 11:00:00", "2024-06-01 12:00:00 " + word))
        .contains(expected);
    assertThat(problem("as: series", "2024-06-01 11:00:00", "2024-06-01 12:00:00 " + word))
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-06-01 01:00:00 PM", "2024-06-01 01:00pm", "2024-06-01 1:00 a.m."})
  void take_timeOfAClockOfTwelveHours_isAnErrorWithAdviceForIt(String time) throws IOException {
    assertThat(problem("as: series", "2024-06-01 11:00:00", time))
        .contains(", line 3: '" + time + "' is of a clock of twelve hours")
        .contains("with 'options: {timestampformat: ")
        .contains("%I:%M %p")
        .doesNotContain("zones");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6/1/2024 1:00 PM",
        "01/02/2024 12:00:00 am",
        "01/02/2024 12:00",
        "13/02/2024 12:00:00",
        "1.2.2024",
        "03/04/24",
        "24-03-04 10:00",
        "20240601",
        "202406011200",
        "20240601120000"
      })
  void take_dateThatMayBeReadInSeveralWays_isAnErrorWithItsLineAndAdvice(String time)
      throws IOException {
    assertThat(problem("as: series", time))
        .contains(", line 2: '" + time + "' can be read in several ways")
        .contains("with 'options: {timestampformat: ");
  }

  @ParameterizedTest
  @CsvSource({
    "%d/%m/%Y %H:%M, 01/02/2024 12:00, 2024-02-01T12:00:00Z",
    "%m/%d/%Y %H:%M, 01/02/2024 12:00, 2024-01-02T12:00:00Z",
    "%d.%m.%y, 03.04.24, 2024-04-03T00:00:00Z",
    "%Y%m%d, 20240601, 2024-06-01T00:00:00Z",
    "%Y%m%d%H, 2024060112, 2024-06-01T12:00:00Z",
    "%Y-%m-%d %I:%M %p, 2024-06-01 01:00 PM, 2024-06-01T13:00:00Z"
  })
  void take_timeWhoseFormatIsGiven_isReadByIt(String format, String time, String instant)
      throws IOException {
    assertInstant("options: {timestampformat: '" + format + "'}", time, instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"as: series", "as: table", "time_column: seen", "time_column: seen, as: table"})
  void take_formatOfDigitsAlone_leavesOtherNumbersAsTheyAre(String more) throws IOException {
    String name = more.contains("seen") ? "seen" : "time";
    Files.writeString(inbox.resolve("a.csv"), name + ",id,day\n20240601,10010101,20240602\n");
    inbox
        .pond()
        .run(
            "inbox",
            "sources: [{pattern: '%s/*', format: csv, to: /a, options: {timestampformat: '%%Y%%m%%d'}, %s}]"
                .formatted(inbox.path(), more))
        .requireDone();

    String time = more.contains("table") ? name : "timestamp";
    assertThat(inbox.pond().number("/a", "SELECT id + day + 1000 * day(" + time + ") FROM source"))
        .isEqualTo(10010101 + 20240602 + 1000);
  }

  @Test
  void take_dateThatDoesNotFitTheGivenFormat_isAnErrorWithItsLine() throws IOException {
    assertThat(problem("options: {timestampformat: '%d/%m/%Y'}", "01/02/2024", "01/13/2024"))
        .contains("01/13/2024");
  }

  @ParameterizedTest
  @ValueSource(strings = {"infinity", "-infinity", "epoch", "12:00:00"})
  void take_wordThatTheEngineTakesForATime_isAnErrorWithItsLine(String time) throws IOException {
    assertThat(problem("as: series", "2024-06-01 12:00:00", time))
        .contains(", line 3: '" + time + "' is no time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+99:00", "-18:01", "+19", "+05:60", "+0560", "+05:30:60"})
  void take_offsetThatThereIsNot_isAnErrorWithItsLine(String offset) throws IOException {
    for (String more : new String[] {"as: series", "as: table"}) {
      assertThat(problem(more, "2024-06-01T12:00:00+18:00", "2024-06-01T00:00:00" + offset))
          .contains(", line 3: '2024-06-01T00:00:00" + offset + "' is no time");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"01-Jun-2024 12:00:00", "2024.06.01 12:00", "1 June 2024", "2024-06-01 12h30"})
  void take_timeThatOnlyAFormatCouldRead_isAnErrorWithThatAdvice(String time) throws IOException {
    assertThat(problem("as: series", time))
        .contains(", line 2: '" + time + "' is no time")
        .contains("with 'options: {timestampformat: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n/a", "2024-13-01", "2024-06-01 12:00:00,5"})
  void take_whatNoFormatCouldRead_isAnErrorWithoutThatAdvice(String time) throws IOException {
    assertThat(problem("as: series", "2024-06-01", "\"" + time + "\""))
        .contains(", line 3: '" + time + "' is no time. Correct the line")
        .doesNotContain("timestampformat");
  }

  @Test
  void take_blanksAroundATime_areNoPartOfIt() throws IOException {
    assertInstant("as: series", "\t2024-06-01 12:00 \u00a0", "2024-06-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024060112", "2030123123", "20240601.5", "45444.5"})
  void take_numberThatMayBeADate_isAnErrorWithItsLineAndAdvice(String time) throws IOException {
    assertThat(problem("as: series", time, time))
        .contains(", line 2: '" + time + "' can be read in several ways")
        .contains("with 'options: {timestampformat: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"45444", "45444.0", "2023", "120", "2460462"})
  void take_smallNumbersAlone_areNoTimesUntilTheConfigurationSaysSo(String time)
      throws IOException {
    assertThat(problem("as: series", time, "0"))
        .contains(
            ", line 2: '" + time + "' is near the beginning of 1970, as all times of the file")
        .contains("'options: {time_unit: s}'");
  }

  @Test
  void take_smallNumbersAmongProperTimes_areTheInstantsThatTheyCount() throws IOException {
    take("as: series", "120", "1717243200").requireDone();

    assertThat(inbox.pond().rows("/a").keySet()).isEqualTo(Set.of(120L, 1717243200L));
  }

  @ParameterizedTest
  @CsvSource({
    "s, 120, 120000000",
    "s, 0.5, 500000",
    "ms, 120000, 120000000",
    "us, 120.0, 120",
    "ns, 5000, 5",
    "s, 20240601, 20240601000000"
  })
  void take_numbersWhoseUnitIsGiven_areReadByIt(String unit, String time, long micros)
      throws IOException {
    take("options: {time_unit: " + unit + "}", time).requireDone();

    assertThat(inbox.pond().number("/a", "SELECT epoch_us(timestamp) FROM source"))
        .isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "1717243200.5, 2024-06-01T12:00:00.500Z",
    "1717243200.000001, 2024-06-01T12:00:00.000001Z",
    "1717243200123.25, 2024-06-01T12:00:00.123250Z",
    "1717243200, 2024-06-01T12:00:00Z"
  })
  void take_countFrom1970_mayHaveAFraction(String time, Instant instant) throws IOException {
    take("as: series", time).requireDone();

    assertThat(inbox.pond().number("/a", "SELECT epoch_us(timestamp) FROM source"))
        .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }

  @Test
  void take_bytesOfUtf16InTheOtherOrder_areAnErrorThatSaysSo() throws IOException {
    Files.writeString(inbox.resolve("a.csv"), "time,a\n2024-06-01,1\n", StandardCharsets.UTF_16);
    String problem =
        inbox
            .pond()
            .run(
                "inbox",
                "sources: [{pattern: '%s/*', format: csv, to: /a, options: {encoding: utf-16}}]"
                    .formatted(inbox.path()))
            .failure()
            .orElseThrow()
            .problem();

    assertThat(problem).contains("it is UTF-16 with the bytes in the order that");
  }

  @Test
  void take_namesAlone_saysThatThereIsNoSeries() throws IOException {
    CollectPond.Ran ran = take("as: series");
    ran.requireDone();

    assertThat(ran.printed())
        .anyMatch(line -> line.startsWith("/a: not made, as there are no rows"));
  }

  private CollectPond.Ran takeObjects(String more, String... times) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String time : times) {
      text.append("{\"time\": ").append(time).append(", \"a\": {\"b\": [1]}, \"c\": 2}\n");
    }
    Files.writeString(inbox.resolve("a.ndjson"), text.toString());
    return inbox
        .pond()
        .run(
            "inbox",
            "sources: [{pattern: '%s/*', format: ndjson, to: /a, %s}]"
                .formatted(inbox.path(), more));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"03-04-2024\"",
        "\"24-06-01\"",
        "\"03-04-2024 10:00:00\"",
        "\"03/04/2024\"",
        "20240601",
        "2024060112"
      })
  void take_objectWhoseTimeMayBeReadInSeveralWays_isAnErrorWithItsRow(String time)
      throws IOException {
    for (String more : new String[] {"as: series", LOCAL, "as: table"}) {
      if (more.equals("as: table") && (time.contains("/") || time.equals("20240601"))) {
        // It stays what it is, and no time column.
        continue;
      }
      CollectPond.Ran ran = takeObjects(more, time, time);

      assertThat(ran.failure()).as(more).isPresent();
      assertThat(ran.failure().orElseThrow().problem())
          .contains("row 1: '" + time.replace("\"", "") + "' can be read in several ways");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2024-06-01T12:00:00Z\"",
        "\"2024-06-01T05:00:00.000-07:00\"",
        "\"2024-06-01 05:00:00\"",
        "\"2024-06-01T05:00\"",
        "1717243200",
        "1717243200.0"
      })
  void take_objectWithAnOrdinaryTime_isReadByIt(String time) throws IOException {
    takeObjects(LOCAL, time).requireDone();

    assertThat(
            inbox.pond().number("/a", "SELECT epoch(timestamp)::BIGINT + c + a.b[1] FROM source"))
        .isEqualTo(Instant.parse("2024-06-01T12:00:00Z").getEpochSecond() + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"03/04/2024 10:00:00", "24-03-04 10:00", "2024-06-01 12:00:00 PST", "2024060112"})
  void take_tableWhoseTimeMayBeReadInSeveralWays_isAnErrorWithItsLine(String time)
      throws IOException {
    assertThat(problem("as: table", time, time)).contains(", line 2: '" + time + "' ");
  }

  private CollectPond.Ran takeDate(String more, String date) throws IOException {
    Files.writeString(inbox.resolve("d.csv"), "date,a\n" + date + ",1\n");
    return inbox
        .pond()
        .run(
            "inbox",
            "sources: [{pattern: '%s/*', format: csv, to: /a, as: table, %s}]"
                .formatted(inbox.path(), more));
  }

  @Test
  void take_tableWithAnotherDateThatMayBeReadInSeveralWays_isAnErrorUntilAFormatReadsIt()
      throws IOException {
    String unclear = ", line 2: '01/02/2024' can be read in several ways";

    assertThat(takeDate("", "01/02/2024").failure().orElseThrow().problem()).contains(unclear);
    assertThat(
            takeDate("options: {timestampformat: '%m/%d/%Y %H:%M'}", "01/02/2024")
                .failure()
                .orElseThrow()
                .problem())
        .contains(unclear);
    CollectPond.Ran ran = takeDate("options: {timestampformat: '%m/%d/%Y'}", "01/02/2024");
    ran.requireDone();
    assertThat(ran.printed()).anyMatch(line -> line.startsWith("/a: 1 row, from "));
    assertThat(inbox.pond().number("/a", "SELECT month(date) FROM source")).isOne();
  }

  @Test
  void take_tableWithOrdinaryTimes_keepsAllItsRowsAndTheirTimes() throws IOException {
    take("as: table", "2024-06-01 12:00:00", "2024-06-01 12:00:00", "", "2024-06-01T14:00:00+02:00")
        .requireDone();

    assertThat(
            inbox
                .pond()
                .number(
                    "/a",
                    "SELECT count(*) + 10 * count(time) + 100 * count(DISTINCT time) FROM source"))
        .isEqualTo(134);
  }

  @Test
  void take_tableWhoseTimesAreOfADay_keepsThem() throws IOException {
    take("as: table", "12:00:00", "13:00:00").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE time > '12:30:00'"))
        .isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "1717243200::INTEGER, as: series",
    "1717243200::UINTEGER, as: series",
    "1717243200000::UBIGINT, as: series",
    "1717243200::INTEGER, 'options: {time_unit: s}'",
    "1717243200::UINTEGER, 'options: {time_unit: s}'"
  })
  void take_parquetWhoseTimesAreNarrowNumbers_isReadByThem(
      String time, String more, @TempDir Path spill) throws IOException {
    int colons = time.indexOf(':');
    Sql sql =
        new SqlBuilder()
            .text("SELECT 1 AS a, TRY_CAST(")
            .literal(time.substring(0, colons))
            .text(" AS ")
            .identifier(time.substring(colons + 2))
            .text(") AS time")
            .build();
    try (DuckSession duck =
        DuckSession.open(DuckOptions.builder(spill).allowDirectory(inbox.path()).build())) {
      duck.copyToParquet(sql, inbox.resolve("a.parquet"), ParquetOptions.defaults());
    }
    inbox
        .pond()
        .run(
            "inbox",
            "sources: [{pattern: '%s/*', format: parquet, to: /a, %s}]"
                .formatted(inbox.path(), more))
        .requireDone();

    assertThat(inbox.pond().rows("/a").keySet()).isEqualTo(Set.of(1717243200L));
  }
}
