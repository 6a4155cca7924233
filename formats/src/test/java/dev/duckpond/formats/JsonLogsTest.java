package dev.duckpond.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLogsTest {
  @TempDir Path directory;
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop = new Workshop(directory);
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private List<String> rows(String... lines) {
    return workshop.rows(TextFormat.JSONLOGS, Map.of(), lines);
  }

  @Test
  void convert_linesOfAnyShape_makeAColumnForEachMember() {
    assertThat(
            rows(
                "{\"ts\":\"2024-06-01T12:00:00.25Z\",\"level\":\"info\",\"n\":1,\"ok\":true}",
                "",
                "{\"ts\":\"2024-06-01T14:00:01+02:00\",\"n\":2.5,\"who\":{\"a\":[1,"
                    + " 2]},\"ok\":null}"))
        .containsExactly(
            "timestamp TIMESTAMP|ts VARCHAR|level VARCHAR|n DOUBLE|ok BOOLEAN|who VARCHAR",
            "2024-06-01 12:00:00.25|2024-06-01T12:00:00.25Z|info|1.0|true|NULL",
            "2024-06-01 12:00:01|2024-06-01T14:00:01+02:00|NULL|2.5|NULL|{\"a\":[1,2]}");
    assertThat(workshop.last()).isEqualTo(new Converted(2, new Rejected(0, 2, List.of())));
  }

  @Test
  void convert_membersOfSeveralTypes_becomeText() {
    assertThat(rows("{\"a\":1,\"b\":true}", "{\"a\":\"x\",\"b\":7}", "{\"a\":[]}", "{\"a\":null}"))
        .containsExactly(
            "timestamp TIMESTAMP|a VARCHAR|b VARCHAR",
            "NULL|1|true",
            "NULL|x|7",
            "NULL|[]|NULL",
            "NULL|NULL|NULL");
  }

  @Test
  void convert_timestampMember_isReplaced() {
    assertThat(rows("{\"timestamp\":1717243200,\"a\":1}", "{\"timestamp\":\"soon\",\"a\":2}"))
        .containsExactly("timestamp TIMESTAMP|a BIGINT", "2024-06-01 12:00:00|1", "NULL|2");
  }

  @Test
  void convert_namesThatDifferInLettersOnly_areNumbered() {
    assertThat(rows("{\"Level\":1,\"level\":2,\"\":3,\"Timestamp\":\"x\"}"))
        .containsExactly(
            "timestamp TIMESTAMP|Level BIGINT|level_1 BIGINT|column BIGINT|Timestamp_1 VARCHAR",
            "NULL|1|2|3|x");
  }

  @Test
  void convert_journal_isInMicroseconds() {
    assertThat(
            rows("{\"__REALTIME_TIMESTAMP\":\"1717243200000001\",\"MESSAGE\":\"a\\u0000b\"}")
                .get(1))
        .startsWith("2024-06-01 12:00:00.000001|1717243200000001|a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "1717243200 ! 2024-06-01 12:00:00",
        "1717243200.5 ! 2024-06-01 12:00:00.5",
        "1717243200123 ! 2024-06-01 12:00:00.123",
        "1717243200123.75 ! 2024-06-01 12:00:00.12375",
        "1717243200123456789 ! 2024-06-01 12:00:00.123456",
        "1.7172432e9 ! 2024-06-01 12:00:00",
        "-1717243200 ! 1915-08-02 12:00:00",
        "1e99 ! NULL",
        "\"2024-06-01\" ! 2024-06-01 00:00:00",
        "\"2024/06/01 12:00\" ! 2024-06-01 12:00:00",
        "\"2024-06-01 12:00:00 UTC\" ! 2024-06-01 12:00:00",
        "\"2024-06-01t12:00:00,1234567-0130\" ! 2024-06-01 13:30:00.123456",
        "\"2024-02-30 12:00:00\" ! NULL",
        "\"99999999999999999999\" ! NULL",
        "true ! NULL"
      })
  void convert_timesAsWritten_areRead(String json, String expected) {
    assertThat(rows("{\"time\":" + json + "}", "{\"time\":\"2024-06-01T00:00:00Z\"}").get(1))
        .startsWith(expected + "|");
  }

  @Test
  void convert_declaredColumnUnitAndZone_areUsed() {
    assertThat(
            workshop.rows(
                TextFormat.JSONLOGS,
                Map.of("time_column", "when", "time_unit", "ms"),
                "{\"when\":1000,\"time\":5}"))
        .containsExactly(
            "timestamp TIMESTAMP|when BIGINT|time BIGINT", "1970-01-01 00:00:01|1000|5");
    assertThat(
            workshop
                .rows(
                    TextFormat.JSONLOGS,
                    Map.of("timezone", "America/Los_Angeles"),
                    "{\"time\":\"2024-06-01 05:00:00\"}")
                .get(1))
        .startsWith("2024-06-01 12:00:00|");
    assertThatThrownBy(() ->
            workshop.rows(TextFormat.JSONLOGS, Map.of("time_column", "wen"), "{\"when\":1000}"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage("'in.txt' has no member 'wen' to take the time from. Did you mean 'when'?");
    assertThatThrownBy(() ->
            workshop.rows(TextFormat.JSONLOGS, Map.of("time_column", "a"), "{\"a\":\"later\"}"))
        .hasMessage(
            "the member 'a' of 'in.txt' cannot be the time: none of its values is one. Times are"
                + " numbers, or text like '2024-06-01T12:00:00Z'.");
  }

  @Test
  void convert_localTimesAtAChangeOfClocks_needASide() {
    String twice = "{\"time\":\"2024-11-03 01:30:00\"}";
    Map<String, String> zone = Map.of("timezone", "America/Los_Angeles");
    assertThatThrownBy(() -> workshop.rows(TextFormat.JSONLOGS, zone, "{}", twice))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'in.txt', line 2: '2024-11-03T01:30' in America/Los_Angeles is two instants. Say which"
                + " is meant, with '?ambiguous=earlier' or '?ambiguous=later'.");
    assertThatThrownBy(
            () -> workshop.rows(TextFormat.JSONLOGS, zone, "{\"time\":\"2024-03-10 02:30:00\"}"))
        .hasMessageContaining("is no instant, the clocks skipped it");
    assertThat(side(twice, "earlier")).startsWith("2024-11-03 08:30:00|");
    assertThat(side(twice, "later")).startsWith("2024-11-03 09:30:00|");
    assertThat(side("{\"time\":\"2024-03-10 02:30:00\"}", "later"))
        .startsWith("2024-03-10 10:30:00|");
  }

  private String side(String line, String side) {
    return workshop
        .rows(
            TextFormat.JSONLOGS, Map.of("timezone", "America/Los_Angeles", "ambiguous", side), line)
        .get(1);
  }

  @Test
  void convert_linesThatAreNoObjects_areCountedAndTold() {
    String deep = "[".repeat(2000);
    assertThat(rows("{\"a\":1}", "oops", "[1]", "{\"a\":1,\"a\":2}", "{\"a\":" + deep, "{\"a\":2}"))
        .containsExactly("timestamp TIMESTAMP|a BIGINT", "NULL|1", "NULL|2");
    Rejected rejected = workshop.last().rejected();
    assertThat(rejected.lines()).isEqualTo(4);
    assertThat(rejected.first().get(1)).isEqualTo(new LineProblem(3, "it is no JSON object"));
    assertThat(rejected.sentence("x")).startsWith("'x': 4 of 6 lines left out; line 2: ");
    String kept =
        workshop
            .duck()
            .readParquetSchema(workshop.target())
            .metadata()
            .getOrDefault(Rejected.METADATA_KEY, "");
    assertThat(Rejected.parse(kept)).isEqualTo(rejected);
  }

  @Test
  void convert_nothingButUnfitLines_isAnError() {
    assertThatThrownBy(() -> rows("a,b", "1,2"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("'in.txt' is not jsonlogs: none of its 2 lines fits; line 1: ")
        .hasMessageEndingWith("Such a file holds a JSON object a line.");
  }

  @Test
  void convert_empty_hasNoRows() {
    assertThat(rows("")).containsExactly("timestamp TIMESTAMP");
  }

  @Test
  void convert_tooManyMembers_isAnError() {
    String[] lines = new String[JsonLogColumns.MAX_COLUMNS + 1];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "{\"m" + i + "\":1}";
    }
    assertThatThrownBy(() -> rows(lines))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("'in.txt' has more than 1000 different members by line 1001");
  }

  @Test
  void convert_damagedLine_isToldWithItsColumn() {
    rows("{\"a\":1}", "{\"a\":[1}", "{\"a\":");
    assertThat(workshop.last().rejected().sentence("x"))
        .isEqualTo(
            "'x': 2 of 3 lines left out; line 2: Unexpected close marker '}': expected ']'"
                + " (column 8)");
  }

  @Test
  void convert_endlessLine_isPassedOver() {
    byte[] bytes = new byte[BoundedLines.MAX_LINE_BYTES + 100];
    java.util.Arrays.fill(bytes, (byte) ' ');
    byte[] first = "{\"a\":1".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(first, 0, bytes, 0, first.length);
    byte[] last = "}\r\n{\"a\":2}".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(last, 0, bytes, bytes.length - last.length, last.length);
    assertThat(workshop.rows(TextFormat.JSONLOGS, Map.of(), bytes))
        .containsExactly("timestamp TIMESTAMP|a BIGINT", "NULL|2");
    assertThat(workshop.last().rejected().first())
        .containsExactly(new LineProblem(1, "it is longer than 16777216 bytes"));
  }

  @Test
  void convert_byteOrderMarkAndBadBytes_areBorne() {
    byte[] bytes = "\uFEFF{\"a\":\"x?\"}".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 3] = (byte) 0xE9;
    assertThat(workshop.rows(TextFormat.JSONLOGS, Map.of(), bytes))
        .containsExactly("timestamp TIMESTAMP|a VARCHAR", "NULL|x\uFFFD");
  }
}
