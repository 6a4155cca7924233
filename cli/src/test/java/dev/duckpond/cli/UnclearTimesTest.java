package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of text with times that {@code copy} takes in, or does not. */
final class UnclearTimesTest {
  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void makePond() {
    cli = CliFixture.in(directory).withVariable("POND", "p");
    cli.run("init");
  }

  private CliResult copy(String format, String text, String options) {
    cli.file("in", text);
    return cli.run("copy", "host+" + format + "://" + cli.path("in") + options, "/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"03/04/2024 10:00:00", "24-06-01 10:00:00", "2024-06-01 12:00 PST", "2024060112"})
  void copy_csvWhoseTimesMayBeReadInSeveralWays_isRefusedWithLineAndAdvice(String time) {
    for (String type : new String[] {"csv", "csv+table", "csv+series"}) {
      CliResult result = copy(type, "time,a\n" + (time + ",1\n").repeat(2), "");

      assertThat(result.status()).as(type).isEqualTo(1);
      assertThat(result.err())
          .contains("in', line 2: '" + time + "' ")
          .contains("try: Say how times are written, as in 'host+csv:///PATH?timestampformat=");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"03-04-2024\"", "\"03-04-2024 10:00:00\"", "2024060112"})
  void copy_objectsWhoseTimesMayBeReadInSeveralWays_areRefused(String time) {
    CliResult result = copy("ndjson+series", "{\"time\":" + time + "}\n", "");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("in', row 1: ").contains("can be read in several ways");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-06-01 12:00:00, ''",
    "2024-06-01T12:00:00Z, ''",
    "2024-06-01T05:00:00.5-07:00, ''",
    "2024-06-01, ''",
    "2024-06-01 12:00:00 UTC, ''",
    "1717243200, ''",
    "1717243200000, ''",
    "2024060112, ?time_unit=s",
    "45444, ?time_unit=s",
    "03/04/2024 10:00:00, ?timestampformat=%25m/%25d/%25Y %25H:%25M:%25S"
  })
  void copy_ordinaryTimesAndThoseThatAreExplained_areTaken(String time, String options) {
    CliResult result = copy("csv+series", "time,a\n" + time + ",1\n", options);

    assertThat(result.status()).as(result.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-06-01 12:30 PM, is of a clock of twelve hours, timestampformat",
    "6/1/2024 12:30 PM, can be read in several ways, timestampformat",
    "45000.5, can be read in several ways, timestampformat",
    "1717243200.5, is no time: a count from 1970 has no fraction, counts since 1970",
    "01-Jun-2024 12:00:00, is no time, timestampformat",
    "2024-06-01T12:00:00+99:00, is no time: an offset from UTC is at most 18 hours, offset"
  })
  void copy_columnWithTheNameOfATimeThatIsNotRead_saysWhichValueAndWhatToDo(
      String time, String problem, String advice) {
    CliResult result = copy("csv+series", "v,Time\n1,\n2," + time + "\n", "");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("in', line 3: '" + time + "' " + problem).contains(advice);
  }

  @Test
  void copy_formatOfDigitsAlone_isOfTheColumnOfTheTimeWhoeverNamesIt() {
    String text = "when,id\n20240601,20240602\n";
    cli.file("in", text);
    String url = "host+csv+series://" + cli.path("in") + "?timestampformat=%25Y%25m%25d";

    assertThat(cli.run("copy", url, "/a", "--time-column", "when").status()).isZero();
    CliResult second = cli.run("copy", url, "/a");

    assertThat(second.status()).as(second.err()).isZero();
    assertThat(
            cli.run("sql", "SELECT day(\"when\") || ' ' || id AS x FROM \"/a\"", "--format", "csv")
                .out())
        .isEqualTo("x\n1 20240602\n1 20240602\n");
  }

  @ParameterizedTest
  @CsvSource({
    "12:30:00, it has no date, name it with '?time_column='",
    "99999999999999999999, it is too large for a count from 1970, counts since 1970",
    "1e9, a count from 1970 is written in digits alone, counts since 1970"
  })
  void copy_columnOfAnotherTypeWithTheNameOfATime_saysWhyItsFirstValueIsNone(
      String time, String reason, String advice) {
    for (String header : new String[] {"v,time\n2024-06-01,", "v,time\n1,"}) {
      CliResult result = copy("csv+series", header + time + "\n", "");

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err())
          .contains("in', line 2: '" + time + "' is no time: " + reason + "\n")
          .contains(advice);
    }
  }

  @Test
  void copy_valueAmongProperTimes_isTheOneThatIsNamedAndWhy() {
    assertThat(copy("csv+series", "time,v\n1717243200,1\n1717243201.5,2\n", "").err())
        .contains(", line 3: '1717243201.5' is no time: a count from 1970 has no fraction\n");
    assertThat(copy("csv+series", "time,v\n1717243200,1\nsoon,2\n", "").err())
        .contains(", line 3: 'soon' is no time\n");
    assertThat(copy("csv+series", "time,v\ntrue,1\n", "").err())
        .contains(", line 2: 'true' is no time\n");
    assertThat(
            copy(
                    "ndjson+series",
                    "{\"time\":\"2024-06-01T12:00:00Z\"}\n{\"time\":1717243200}\n",
                    "")
                .err())
        .contains(", row 2: '1717243200' is no time: it is a number, and other times are not\n");
    assertThat(copy("ndjson+series", "{\"time\":{\"a\":1}}\n", "").err())
        .contains("' is no time: an object or a list is no single value\n");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-06-01, 2024-06-01T12:00:00Z, ''",
    "2024-06-01, 2024-06-01T05:00:00-07:00, ''",
    "2024-06-01, 2024-06-01T12:00:00, ''",
    "2024-06-01 00:00:00, 2024-06-01T12:00:00Z, ''",
    "06/01/2024, 06/01/2024 12:00,"
        + " ?dateformat=%25m/%25d/%25Y&timestampformat=%25m/%25d/%25Y %25H:%25M"
  })
  void copy_daysAndTimesInOneColumn_areRead(String day, String time, String options) {
    String csv = "time,v\n%s,1\n%s,2\n".formatted(day, time);
    String objects = "{\"time\":\"%s\",\"v\":1}\n{\"time\":\"%s\",\"v\":2}\n".formatted(day, time);
    for (String scheme : new String[] {"csv+series", "ndjson+series"}) {
      if (scheme.startsWith("ndjson") && !options.isEmpty()) {
        continue;
      }
      cli.run("rm", "/a");

      CliResult result = copy(scheme, scheme.startsWith("csv") ? csv : objects, options);

      assertThat(result.status()).as(scheme + result.err()).isZero();
      assertThat(
              cli.run(
                      "sql",
                      "SELECT epoch(time)::BIGINT AS t, v FROM \"/a\" ORDER BY v",
                      "--format",
                      "csv")
                  .out())
          .isEqualTo("t,v\n1717200000,1\n1717243200,2\n");
    }
  }

  @Test
  void copy_timesOfOneKindAfterDaysAndTimes_areAppended() {
    assertThat(
            copy(
                    "csv+series",
                    "when,v\n2024-06-01,1\n2024-06-02T00:00:00Z,1\n",
                    "?time_column=when")
                .status())
        .isZero();
    for (String time :
        new String[] {
          "2024-06-03T00:00:00Z",
          "2024-06-04 00:00:00",
          "2024-06-05",
          "2024-06-06\n2024-06-07T00:00:00"
        }) {
      CliResult result = copy("csv+series", "when\n" + time + "\n", "");

      assertThat(result.status()).as(result.err()).isZero();
    }
  }

  @Test
  void copy_declaredColumnWithAValueThatIsNoTime_isNamedWithItsLine() {
    for (String scheme : new String[] {"csv+series", "csv+table"}) {
      assertThat(copy(scheme, "when,v\n2024-06-01,1\nsoon,2\n", "?time_column=when").err())
          .contains(", line 3: 'soon' is no time\n");
    }
    assertThat(copy("csv+series", "when,v\n2024-06-01,1\nsoon,2\n", "?time_column=whne").err())
        .contains("has no column 'whne'", "when");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?time_column=time"})
  void copy_columnOfTimesWithoutAnyValue_isAnErrorWithItsFirstLine(String options) {
    assertThat(copy("csv+series", "time,v\n,1\n,2\n", options).err())
        .contains(", line 2: '' is no time: the column 'time' is empty in all rows\n");
    assertThat(copy("ndjson+series", "{\"time\":null,\"v\":1}\n", options).err())
        .contains(", row 1: '' is no time: the column 'time' is empty in all rows\n");
  }

  @Test
  void copy_timeThatIsNotReadBesideAColumnNamedAsTheEngineNamesRows_isNamedWithItsLine() {
    CliResult result =
        copy(
            "csv+series", "time,file_row_number\n01-Jun-2024 12:00,70\n01-Jul-2024 12:00,80\n", "");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("in', line 2: '01-Jun-2024 12:00' is no time");
  }

  @Test
  void copy_objectsWhoseTimeIsNotRead_saysWhichValue() {
    assertThat(copy("ndjson+series", "{\"time\":\"01/02/2024\"}\n", "").err())
        .contains("in', row 1: '01/02/2024' can be read in several ways");
    assertThat(copy("ndjson+series", "{\"time\":\"soon\"}\n", "").err())
        .contains("in', row 1: 'soon' is no time");
  }

  @Test
  void copy_formatThatDoesNotFit_saysOfWhichValue() {
    assertThat(
            copy("csv+series", "time,a\n01-Jun-2024,1\n", "?timestampformat=%25d.%25m.%25Y").err())
        .contains(", line 2: '01-Jun-2024' is no time\n", "which it does not fit");
    assertThat(
            copy(
                    "csv+series",
                    "time,a\n01/02/2024,1\n",
                    "?timestampformat=%25m/%25d/%25Y %25H:%25M")
                .err())
        .contains(", line 2: '01/02/2024' can be read in several ways", "which it does not fit");
  }

  @Test
  void copy_smallNumbersAlone_areRefusedWithLineAndAdvice() {
    CliResult result = copy("csv+series", "time,a\n45444,1\n45445,2\n", "");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("in', line 2: '45444' is near the beginning of 1970, as all times of the file")
        .contains("time_unit=s");
    assertThat(copy("csv+series", "time,a\n120,1\n1717243200,2\n", "").status()).isZero();
  }

  @Test
  void copy_tableWithAColumnOfDates_isTaken() {
    CliResult result = copy("csv", "born,a\n03/04/2024 10:00:00,1\n", "");

    assertThat(result.status()).as(result.err()).isZero();
  }
}
