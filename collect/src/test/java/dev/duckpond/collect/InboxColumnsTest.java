package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that do not have the columns they should. */
final class InboxColumnsTest {
  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  @ParameterizedTest
  @CsvSource({
    "'Series,Location,Parameter,Timestamp,Value,Offset', Series Name",
    "'Series Name,Location,Parameter,Timestamp,Val,Offset', Value",
    "'Series Name,Location,Parameter,Timestamp,Value,Off', Offset"
  })
  void take_longFormWithoutAColumn_isAnErrorThatNamesFileColumnAndRemedy(
      String head, String column) {
    inbox.file("a.csv", head + "\nT,D,x,2025-05-31 21:00,1,0\n");

    assertThat(inbox.problem(inbox.longYaml("")))
        .endsWith(
            "'"
                + inbox.resolve("a.csv")
                + "' has no column '"
                + column
                + "': its columns are "
                + head.replace(",", ", ")
                + ". Correct the name in the configuration.");
  }

  @Test
  void take_longFormThatIsDamagedToo_isToldTheDamage() {
    inbox.file("a.csv", "Series,Timestamp\nT,2025-05-31 21:00,1,0\n");

    assertThat(inbox.problem(inbox.longYaml(""))).containsIgnoringCase("line 2");
  }

  @Test
  void take_columnOfAnotherType_isAnErrorThatNamesFileColumnAndTypes() {
    inbox.file("a.csv", "time,flag\n2025-01-01,true\n");
    inbox.take(inbox.yaml("csv", "")).requireDone();
    inbox.file("b.csv", "time,flag\n2025-01-02,5\n");
    inbox.file("c.csv", "time,flag\n2025-01-01,5\n");

    assertThat(inbox.problem(inbox.yaml("csv", "")))
        .contains(
            "'"
                + inbox.resolve("b.csv")
                + "' does not fit '/a': its column 'flag' is BIGINT, there it is BOOLEAN. Convert"
                + " the column to BOOLEAN, or give it another name.")
        .contains(
            "'" + inbox.resolve("c.csv") + "' does not fit '/a': its column 'flag' is BIGINT");
  }

  @ParameterizedTest
  @CsvSource({
    "12:00:00, 13:00:00",
    "9:05, 10:05",
    "9:05 AM, 9:06 AM",
  })
  void take_dateAndTimeInTwoColumns_isAnErrorThatSaysToJoinThem(String first, String second) {
    inbox.file("a.csv", "Date,Time,a\n2025-01-01," + first + ",1\n2025-01-02," + second + ",1\n");

    assertThat(inbox.problem(inbox.yaml("csv", "")))
        .contains(
            "line 2: '"
                + first
                + "' is no time: it has no date. Write date and time in one column, as in 2024-06-01"
                + " 12:00; if there is one already, name it with 'time_column'.");
  }

  @ParameterizedTest
  @CsvSource({"file_row_number", "File_Row_Number"})
  void take_columnNamedAsTheEngineNamesRows_isAColumnAsOthers(String name) {
    inbox.file(
        "a.csv", "time," + name + ",id\n2025-01-01,70,10\n2025-01-02,80,11\n2025-01-03,,012\n");

    assertThat(inbox.take(inbox.yaml("csv", "")).requireDone().warned())
        .singleElement()
        .asString()
        .endsWith("column 'id' is text, as '012' in line 4 begins with a zero");

    assertThat(inbox.pond().number("/a", "SELECT sum(file_row_number) FROM source")).isEqualTo(150);
    inbox.file("b.csv", "time," + name + ",id\n2025-01-04,90,1\n2025-01-05,nonsense,1\n");
    assertThat(inbox.problem(inbox.yaml("csv", ""))).contains("b.csv', line 3: 'nonsense'");
  }

  @ParameterizedTest
  @CsvSource({
    "series, csv",
    "table, csv",
    "series, ndjson",
    "table, ndjson",
    "'table, timezone: UTC', csv"
  })
  void take_columnNamedAsTheEngineNamesRowsInAnything_isTaken(String as, String format) {
    inbox.file(
        "a.x",
        format.equals("csv")
            ? "time,file_row_number\n2025-01-01 00:00:00,70\n2025-01-02 00:00:00,80\n"
            : """
            {"time": "2025-01-01", "file_row_number": 70}
            {"time": "2025-01-02", "file_row_number": 80}
            """);

    inbox.take(inbox.yaml(format, "as: " + as)).requireDone();

    assertThat(inbox.pond().number("/a", "SELECT sum(file_row_number) FROM source")).isEqualTo(150);
  }

  @ParameterizedTest
  @CsvSource({"csv, line 3", "ndjson, row 2"})
  void take_unclearTimeBesideAColumnNamedAsTheEngineNamesRows_isAnErrorThatSaysWhere(
      String format, String place) {
    inbox.file(
        "a.x",
        format.equals("csv")
            ? "time,file_row_number\n1717243200,70\n2024060112,80\n"
            : """
            {"time": 1717243200, "file_row_number": 70}
            {"time": 2024060112, "file_row_number": 80}
            """);

    assertThat(inbox.problem(inbox.yaml(format, "as: table")))
        .contains(place + ": '2024060112' can be read in several ways");
  }

  @ParameterizedTest
  @CsvSource({
    "collect_row",
    "collect_time",
    "collect_is_local",
    "collect_is_guessed",
    "Collect_Row",
    "collect_is_new",
    "collect_rows",
    "zone_problem",
    "zone_from",
    "repeated_row",
    "number",
    "t"
  })
  void take_columnNamedAsOneOfTheIntake_keepsItsValues(String name) {
    String yaml = inbox.yaml("csv", "timezone: America/Los_Angeles, ambiguous: earlier");
    inbox.file(
        "a.csv",
        "time,"
            + name
            + "\n2025-01-01,70\n2025-01-02,80\n2024-11-03 00:30,1\n2024-11-03 01:30,1\n");
    inbox.take(yaml).requireDone();
    inbox.file("b.csv", "time," + name + "\n2025-01-01,71\n2025-01-03,90\n");

    inbox.take(yaml).requireDone();

    assertThat(inbox.pond().number("/a", "SELECT sum(" + name + ") FROM source")).isEqualTo(243);
    inbox.file("c.csv", "time," + name + "\n2025-01-01,71\n2025-01-03,nonsense\n");
    assertThat(inbox.problem(yaml)).contains("c.csv', line 3: 'nonsense'");
  }

  @ParameterizedTest
  @CsvSource({"collect_row", "collect_time", "collect_is_local"})
  void take_longFormWithColumnsNamedAsThoseOfTheIntake_keepsItsValues(String name) {
    inbox.file("a.csv", "time,what," + name + "\n2025-01-01,a,70\n2025-01-02,a,80\n");

    inbox.take(inbox.yaml("csv", "long: {name: what, value: " + name + "}")).requireDone();

    assertThat(inbox.pond().number("/a", "SELECT sum(a)::BIGINT FROM source")).isEqualTo(150);
  }

  @Test
  void take_columnNamedWithAControlCharacter_isAnErrorThatSaysSo() {
    inbox.file("a.csv", "time,\u0001collect_row\n2025-01-01,70\n");

    assertThat(inbox.problem(inbox.yaml("csv", "")))
        .contains(
            "a.csv' has a column whose name begins with a control character: it is 'collect_row'"
                + " with U+0001 before it. Correct the names in the file.");
  }
}
