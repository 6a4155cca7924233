package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which value counts of several, and what values are. */
final class InboxValuesTest {
  private static final Instant HOURS_AGO = CollectPond.START.minusSeconds(10_000);

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  private CollectPond.Ran take(String more) {
    return inbox.take(inbox.yaml("csv", more));
  }

  private Map<Long, Map<String, Double>> stored() {
    return inbox.pond().rows("/a");
  }

  @Test
  void take_overlappingFilesAtOnce_theNewestByItsTimeCounts() {
    inbox.file("b.csv", "time,a\n2025-01-01,1\n", HOURS_AGO);
    inbox.file("a.csv", "time,a\n2025-01-01,2\n", HOURS_AGO.plusSeconds(60));
    inbox.file("c.csv", "time,a\n2025-01-01,3\n", HOURS_AGO.minusSeconds(60));
    inbox.file("d.csv", "time,a\n2025-01-02,4\n", HOURS_AGO);
    inbox.file("e.csv", "time,a\n2025-01-02,5\n", HOURS_AGO);

    take("").requireDone();

    assertThat(stored().values()).containsExactly(Map.of("a", 2.0), Map.of("a", 5.0));
  }

  @Test
  void take_overlappingFilesOfSeveralSources_theNewestByItsTimeCounts() {
    inbox.file("a.one", "time,a\n2025-01-01,1\n", HOURS_AGO);
    inbox.file("a.two", "time,a\n2025-01-01,2\n", HOURS_AGO.minusSeconds(60));
    String source = "  - {pattern: '" + inbox.path() + "/*.%s', format: csv, to: /a}\n";

    inbox.take("sources:\n" + source.formatted("one") + source.formatted("two")).requireDone();

    assertThat(stored().values()).containsExactly(Map.of("a", 1.0));
  }

  @Test
  void take_numbersThatBeginWithZero_areIdsAndKeepTheirDigits() {
    inbox.file("a.csv", "time,id,mixed,n\n2025-01-01,007,007,0\n2025-01-02,010,x1,0.5\n");
    take("").requireDone();
    inbox.file("b.csv", "time,id,mixed,n\n2025-01-03,12,12,1\n");

    take("").requireDone();

    assertThat(
            inbox
                .pond()
                .number(
                    "/a",
                    "SELECT count(*) FROM source WHERE id IN ('007', '010', '12') AND mixed IN"
                        + " ('007', 'x1', '12') AND n < 2"))
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08", "-007", "08\n2025-01-03,1.5", "08\n2025-01-03,nan"})
  void take_numberWithZerosWhereTheSeriesHasWholeNumbers_isAnErrorWithItsLine(String values) {
    inbox.file("a.csv", "time,n\n2025-01-01,1\n");
    take("").requireDone();
    inbox.file("b.csv", "time,n\n2025-01-02,12\n2025-01-04," + values + "\n");

    String written = values.lines().findFirst().orElseThrow();
    assertThat(inbox.problem(inbox.yaml("csv", "")))
        .contains(
            "b.csv', line 3: '"
                + written
                + "' in column 'n' begins with a zero: the series has whole numbers there, which"
                + " keep no zeros");
    assertThat(stored().values()).containsExactly(Map.of("n", 1.0));
  }

  @Test
  void take_numberWithZerosWhereTheSeriesHasFractions_isANumber() {
    inbox.file("a.csv", "time,n\n2025-01-01,7.5\n");
    take("").requireDone();
    inbox.file("b.csv", "time,n\n2025-01-02,08\n");

    take("").requireDone();

    assertThat(stored().values()).containsExactly(Map.of("n", 7.5), Map.of("n", 8.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "12.0", "12\n2025-01-03,nan", "12\n2025-01-03,"})
  void take_wholeNumbersHoweverWritten_leaveAColumnOfWholeNumbersAsItIs(String values) {
    inbox.file("a.csv", "time,n\n2025-01-01,9007199254740993\n");
    take("").requireDone();
    inbox.file("b.csv", "time,n\n2025-01-02," + values + "\n");

    take("").requireDone();

    assertThat(
            inbox
                .pond()
                .number(
                    "/a",
                    "SELECT sum(n) FROM source WHERE typeof(n) = 'BIGINT' AND n IN (12,"
                        + " 9007199254740993)"))
        .isEqualTo(9007199254741005L);
  }

  @Test
  void take_fractionWhereTheSeriesHasAWholeNumberTooLargeForIt_isAnError() {
    inbox.file("a.csv", "time,n\n2025-01-01,9007199254740993\n");
    take("").requireDone();
    inbox.file("b.csv", "time,n\n2025-01-02,1.5\n");

    assertThat(inbox.problem(inbox.yaml("csv", "")))
        .contains("b.csv' has fractions in column 'n': '/a' has 9007199254740993 there");
    assertThat(inbox.pond().number("/a", "SELECT n FROM source")).isEqualTo(9007199254740993L);
  }

  @Test
  void take_fractionWhereTheSeriesHasWholeNumbers_makesThemNumbersWithFractions() {
    inbox.file("a.csv", "time,n\n2025-01-01,9007199254740992\n");
    take("").requireDone();
    inbox.file("b.csv", "time,n\n2025-01-02,1.5\n");

    take("").requireDone();

    assertThat(stored().values())
        .containsExactly(Map.of("n", 9007199254740992.0), Map.of("n", 1.5));
  }

  @Test
  void take_newColumnOfNumbersOfWhichOneBeginsWithZero_isTextWithAWarning() {
    inbox.file("a.csv", "time,n,id\n2025-01-01,12,07\n2025-01-02,013,08\n2025-01-03,14,x\n");

    assertThat(take("").requireDone().warned())
        .containsExactly(
            "'"
                + inbox.resolve("a.csv")
                + "': column 'n' is text, as '013' in line 3 begins with a zero");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "nan2", "1 2"})
  void take_newColumnOfTextOfWhichOneBeginsWithZero_isTextWithoutAWarning(String text) {
    inbox.file("a.csv", "time,n\n2025-01-01,12\n2025-01-02,013\n2025-01-03,14\n2025-01-04," + text);

    assertThat(take("").requireDone().warned()).isEmpty();
    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE n = '013'")).isOne();
  }

  @Test
  void take_newColumnOfNumbersOfWhichHalfBeginWithZero_isTextWithoutAWarning() {
    inbox.file("a.csv", "time,n\n2025-01-01,12\n2025-01-02,013\n2025-01-03,\n");

    assertThat(take("").requireDone().warned()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024_06_01",
        "1_000",
        "1__0",
        "1_5e3",
        "20240601_01\n2025-01-02,20240601_02\n2025-01-03,20240601_03b",
        "9007199254740_993\n2025-01-02,nan",
        "0x1F",
        "0X1f",
        "0b101",
        "0x1F\n2025-01-02,0xFF"
      })
  void take_idsThatTheEngineReadsAsNumbers_areTextAndKeepTheirCharacters(String values) {
    inbox.file("a.csv", "time,n\n2025-01-01," + values + "\n");

    take("").requireDone();

    String first = values.lines().findFirst().orElseThrow();
    assertThat(
            inbox
                .pond()
                .number("/a", "SELECT count(*) FROM source WHERE n::VARCHAR = '" + first + "'"))
        .isOne();
  }

  @ParameterizedTest
  @CsvSource({"5, 1_000", "5, 2024_06_01", "5, 0x1F", "5.5, 1_000", "5.5, 0x1F", "5.5, 0b1"})
  void take_idWhereTheSeriesHasNumbers_isAnErrorWithItsLineAndAdvice(String number, String id) {
    inbox.file("a.csv", "time,n\n2025-01-01," + number + "\n");
    take("").requireDone();
    inbox.file("b.csv", "time,n\n2025-01-02,7\n2025-01-03," + id + "\n");

    assertThat(inbox.problem(inbox.yaml("csv", "")))
        .contains(
            "b.csv', line 3: '"
                + id
                + "' in column 'n' is no number: the series has numbers there. Correct the line if"
                + " it is one; if it is an id, take the column in under another name, or into"
                + " another place.");
    assertThat(stored().values()).containsExactly(Map.of("n", Double.valueOf(number)));
  }

  @Test
  void take_idAmongNumbersOfANewColumn_isAnErrorWithItsLine() {
    inbox.file("a.csv", "time,n\n2025-01-01,7.5\n2025-01-02,8\n2025-01-03,2_1\n");

    assertThat(inbox.problem(inbox.yaml("csv", "")))
        .contains(
            "a.csv', line 4: '2_1' in column 'n' is no number: most others of the column are"
                + " numbers.");
  }

  @ParameterizedTest
  @CsvSource({
    "nan, 007, VARCHAR",
    "NaN, 9007199254740993, BIGINT",
    "-nan, x, VARCHAR",
    "+nan, 2.5, DOUBLE",
    "'nan\n2025-01-02,1,\n2025-01-03,1,NaN', 007, VARCHAR",
  })
  void take_columnOfNanAlone_isLeftOutUntilItHasAValue(String nan, String value, String type) {
    inbox.file("a.csv", "time,a,n\n2025-01-01,1," + nan + "\n");
    take("").requireDone();
    inbox.file("b.csv", "time,a,n\n2025-02-01,1," + value + "\n");

    take("").requireDone();

    assertThat(
            inbox
                .pond()
                .number(
                    "/a",
                    "SELECT count(*) FROM source WHERE n::VARCHAR = '"
                        + value
                        + "' AND typeof(n) = '"
                        + type
                        + "'"))
        .isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-01-01,1,nan\n2025-01-02,2,", "2025-01-01,1,nan\n2025-01-02,2,nan"})
  void take_columnOfNanAloneWhereTheSeriesHasIt_changesNothingThere(String rows) {
    inbox.file("a.csv", "time,a,n\n2025-01-01,1,5\n");
    take("").requireDone();
    inbox.file("b.csv", "time,a,n\n" + rows + "\n");

    take("").requireDone();

    assertThat(stored().values()).containsExactly(Map.of("a", 1.0, "n", 5.0), Map.of("a", 2.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "NaN", "NAN", "-nan", "' nan '"})
  void take_nanAmongIds_isNoValueAndMakesNoRow(String nan) {
    inbox.file(
        "a.csv",
        "time,id\n2025-01-01,007\n2025-01-02," + nan.replace("'", "") + "\n2025-01-03,x\n");
    take("").requireDone();
    inbox.file("b.csv", "time,id\n2025-01-01," + nan.replace("'", "") + "\n2025-01-04,12\n");

    take("").requireDone();

    assertThat(
            inbox.pond().number("/a", "SELECT count(*) FROM source WHERE id IN ('007', 'x', '12')"))
        .isEqualTo(3);
    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source")).isEqualTo(3);
  }

  @Test
  void take_nameThatIsNearlyNan_isText() {
    inbox.file("a.csv", "time,place\n2025-01-01,Nan\n2025-01-02,Chiang Mai\n");

    take("").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE place = 'Nan'"))
        .isOne();
  }

  @Test
  void take_textOfWhichMostIsNan_staysText() {
    inbox.file("a.csv", "time,n\n2025-01-01,nan\n2025-01-02,nan\n2025-01-03,x\n");

    take("").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE n = 'x'")).isOne();
  }

  @Test
  void take_underscoreInAValueOfTheLongForm_isAnErrorWithItsLine() {
    inbox.longFile("a.csv", "2025-05-31 21:00,1", "2025-05-31 22:00,1_5");

    assertThat(inbox.problem(inbox.longYaml(""))).contains("a.csv', line 3: '1_5' is no number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5.", ".5", "1e3", "1E+3", "-2.5e-1", "+5", "' +5.5'", "NaN", "-nan", "+NAN"})
  void take_numbersHoweverWritten_areNumbers(String value) {
    inbox.file(
        "a.csv",
        "time,n\n2025-01-01,1.5\n2025-01-02," + value.replace("'", "") + "\n2025-01-03,+7\n");

    take("").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE typeof(n) = 'DOUBLE'"))
        .isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time;a;b\n2025-01-01;2;x\n2025-01-02;1,5;x\n",
        "time,a,b\n2025-01-01,\"1,5\",x\n"
      })
  void take_decimalComma_isAnErrorWithItsLineAndAdvice(String text) {
    inbox.file("a.csv", text);

    assertThat(inbox.problem(inbox.yaml("csv", "")))
        .contains(
            ": '1,5' in column 'a' has a comma. Say what it is, with 'options: {decimal_separator:"
                + " \",\"}'; or \".\", if the column is no number.");
    if (text.contains(";")) {
      take("options: {decimal_separator: ','}").requireDone();
      assertThat(inbox.pond().number("/a", "SELECT sum(a * 2)::BIGINT FROM source")).isEqualTo(7);
    } else {
      take("options: {decimal_separator: '.'}").requireDone();
      assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE a = '1,5'")).isOne();
    }
  }

  @Test
  void take_textWithCommas_staysText() {
    inbox.file("a.csv", "time;a\n2025-01-01;1,5 and more\n2025-01-02;1,5\n");

    take("").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE a = '1,5'")).isOne();
  }
}
