package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.PondException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole numbers keep their digits, however many they have. */
final class InboxDigitsTest {
  private static final String LONG_ID = "12345678901234567890";

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  private CollectPond.Ran take() {
    return inbox.take(inbox.yaml("csv", ""));
  }

  /** Takes a file of a column {@code n} in; each value is of a day of its own. */
  private CollectPond.Ran take(String name, String... values) {
    StringBuilder text = new StringBuilder("time,n\n");
    int day = 1 + 10 * (name.charAt(0) - 'a');
    for (String value : values) {
      text.append("2025-01-")
          .append("%02d".formatted(day++))
          .append(',')
          .append(value)
          .append('\n');
    }
    inbox.file(name, text.toString());
    return take();
  }

  private PondException failure(String name, String... values) {
    return take(name, values).failure().orElseThrow();
  }

  private boolean holds(String condition) {
    return inbox.pond().number("/a", "SELECT count(*) FROM source WHERE NOT (" + condition + ")")
        == 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1E+30", "9.96921E+36", "1e20"})
  void take_valueThatStandsForNone_keepsNoFractionOut(String sentinel) {
    take("a.csv", "1", "2").requireDone();
    take("a.csv", "1", "2", sentinel).requireDone();

    take("a.csv", "1", "2", sentinel, "3.5").requireDone();

    assertThat(holds("typeof(n) = 'DOUBLE'")).isTrue();
    assertThat(inbox.pond().number("/a", "SELECT count(n) FROM source")).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "12345678901234567891, 1.5",
    "12345678901234567891, nan",
    "12345678901234567891, 1e3",
    "12, 12345678901234567891.0",
  })
  void take_idsOfTwentyDigits_staySoWhateverAnotherFileHolds(String first, String second) {
    take("a.csv", LONG_ID).requireDone();

    CollectPond.Ran ran = take("b.csv", first, second);

    if (second.equals("1.5")) {
      assertThat(ran.failure().orElseThrow().problem())
          .contains("'12345678901234567891' in column 'n' would be changed");
      assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source")).isOne();
    } else {
      ran.requireDone();
      assertThat(
              inbox
                  .pond()
                  .number(
                      "/a",
                      "SELECT count(*) FROM source WHERE n::VARCHAR = '12345678901234567891'"))
          .isOne();
    }
    assertThat(holds("typeof(n) = 'DECIMAL(38,0)'")).isTrue();
    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE n = " + LONG_ID))
        .isOne();
  }

  @Test
  void take_fractionWhereTheSeriesHasIdsOfTwentyDigits_isAnError() {
    take("a.csv", LONG_ID).requireDone();

    assertThat(failure("b.csv", "1.5").problem())
        .contains("b.csv' has fractions in column 'n': '/a' has " + LONG_ID + " there");
    assertThat(holds("n = " + LONG_ID)).isTrue();
  }

  @Test
  void take_fractionWhereTheSeriesHasWholeNumbersOfThirtyEightDigits_isAnError() {
    String all = "99999999999999999999999999999999999999";
    take("a.csv", all).requireDone();

    assertThat(failure("b.csv", "1.5").problem()).contains("'/a' has " + all + " there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"007", "00345678901234567890"})
  void take_numberWithZerosWhereTheSeriesHasIdsOfTwentyDigits_isAnErrorWithItsLine(String value) {
    take("a.csv", LONG_ID).requireDone();

    assertThat(failure("b.csv", "5", value).problem())
        .contains("b.csv', line 3: '" + value + "' in column 'n' begins with a zero");
    assertThat(holds("n = " + LONG_ID)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993, nan",
    "9007199254740993, ''",
    "9007199254740993, ' NaN '",
    "9007199254740993.0, 7",
    "9007199254740993, 1e3",
    "-9007199254740995, nan",
    "+9007199254740993, 7",
    "9007199254740992, nan",
    "9223372036854775807, nan",
  })
  void take_largeWholeNumbersWhereTheSeriesHasWholeOnes_areExact(String value, String other) {
    take("a.csv", "5").requireDone();

    take("b.csv", value, other).requireDone();

    String whole = value.replace("+", "").replace(".0", "");
    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE n = " + whole)).isOne();
    assertThat(holds("typeof(n) = 'BIGINT'")).isTrue();
  }

  @Test
  void take_wholeNumberBeyondThoseOfTheSeries_isExact() {
    take("a.csv", "5").requireDone();

    take("b.csv", LONG_ID, "nan").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE n = " + LONG_ID))
        .isOne();
  }

  @ParameterizedTest
  @CsvSource({"9007199254740993, nan", "9007199254740993.00, 1e3", "+9007199254740993, 5"})
  void take_newColumnOfLargeWholeNumbers_isExactHoweverTheyAreWritten(String value, String other) {
    take("a.csv", value, other).requireDone();

    assertThat(inbox.pond().number("/a", "SELECT max(n) FROM source")).isEqualTo(9007199254740993L);
    assertThat(holds("typeof(n) = 'BIGINT'")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "-9007199254740993",
        "9007199254740993.0",
        "+9007199254740993"
      })
  void take_largeWholeNumberBesideAFraction_isAnErrorWithItsLineAndAdvice(String value) {
    PondException failure = failure("a.csv", "1.5", "9007199254740992", value);

    assertThat(failure.problem())
        .contains(
            "a.csv', line 4: '"
                + value
                + "' in column 'n' would be changed: the column has fractions too, beside which not"
                + " every whole number above 2^53 is exact. Correct the line, or write the other"
                + " numbers of the column without fractions.");
    assertThat(inbox.pond().rows("/a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "nan"})
  void take_wholeNumberOfMoreThanThirtyEightDigits_isAnErrorWithItsLineAndAdvice(String other) {
    String id = "123456789012345678901234567890123456789012345";

    assertThat(failure("a.csv", other, id).problem())
        .contains(
            "a.csv', line 3: '"
                + id
                + "' in column 'n' would be changed: numbers of more than 38 digits are not exact."
                + " Correct the line; ids that are so long are text when they begin with letters.");
    take("a.csv", "A" + id).requireDone();
    assertThat(holds("n = 'A" + id + "'")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993, 5",
    "9007199254740993, ''",
    "9007199254740993, nan",
    "9007199254740993, 2.5",
    "9007199254740993.0, 7",
    "12345678901234567891, 7",
  })
  void take_largeWholeNumberWhereTheSeriesHasFractions_isAnErrorWithItsLineAndAdvice(
      String value, String other) {
    take("a.csv", "1.5").requireDone();

    assertThat(failure("b.csv", "1", value, other).problem())
        .contains(
            "b.csv', line 3: '"
                + value
                + "' in column 'n' would be changed: the series has DOUBLE there, beside which"
                + " not every whole number above 2^53 is exact. Correct the line, or give the"
                + " column another name.");
    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source")).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "5, nan",
    "5, ''",
    "+5, 7",
    "-5, NaN",
    "9007199254740994, nan",
    "9007199254740993, nan",
  })
  void take_newColumnWrittenInDigitsAlone_isWholeHoweverTheFileIsCut(String value, String other) {
    take("a.csv", value, other).requireDone();
    take("b.csv", "9007199254740995").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT max(n) FROM source")).isEqualTo(9007199254740995L);
    assertThat(holds("typeof(n) = 'BIGINT'")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"5, nan", "5, ''", "+5, 7", "5, 7"})
  void take_fractionsAfterANewColumnWrittenInDigitsAlone_areTaken(String value, String other) {
    take("a.csv", value, other).requireDone();
    take("b.csv", "5.5", "nan").requireDone();
    take("c.csv", "6", "nan").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT (sum(n) FILTER (n < 7) * 2)::BIGINT FROM source"))
        .isEqualTo(33);
    assertThat(holds("typeof(n) = 'DOUBLE'")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.0", "1e3"})
  void take_largeWholeNumberAfterOnesWrittenOtherwise_isAnErrorThatNamesTheType(String value) {
    take("a.csv", value, "nan").requireDone();
    assertThat(holds("typeof(n) = 'DOUBLE'")).isTrue();

    assertThat(failure("b.csv", "9007199254740995").problem())
        .contains(
            "b.csv', line 2: '9007199254740995' in column 'n' would be changed: the series has"
                + " DOUBLE there, beside which not every whole number above 2^53 is exact. Correct"
                + " the line, or give the column another name.");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 123456789012345678901234567890123456789",
    "12345678901234567891, -100000000000000000000000000000000000000",
    "5, 170141183460469231731687303715884105727",
  })
  void take_wholeNumberThatTheEngineHasButThePondHasNot_isAnErrorWithItsLineAndAdvice(
      String other, String id) {
    assertThat(failure("a.csv", other, id).problem())
        .contains(
            "a.csv', line 3: '"
                + id
                + "' in column 'n' would be changed: numbers of more than 38 digits are not exact.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456789012345678901234567890123456789", "0xFFFFFFFFFFFFFFFF"})
  void take_wholeNumberThatTheEngineHasButThePondHasNot_isTextWhereTheSeriesHasText(String id) {
    take("a.csv", "A1").requireDone();
    take("b.csv", "5", id).requireDone();

    assertThat(holds("n IN ('A1', '5', '" + id + "')")).isTrue();
  }

  @Test
  void take_hexadecimalIdsOfAllLengths_areText() {
    take("a.csv", "0x1F", "0xFFFFFFFFFFFFFFFF").requireDone();

    assertThat(holds("n IN ('0x1F', '0xFFFFFFFFFFFFFFFF')")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "12345678901234567891, 1e20, 12345678901234567891",
    "12345678901234567891, 1.5E+1, 12345678901234567891",
    "12345678901234567891, 1.2345678901234567e20, 12345678901234567891",
    "9007199254740993e0, 5, 9007199254740993",
    "9007199254740993.0E+0, nan, 9007199254740993",
    "9007199254740993e2, 5, 900719925474099300",
  })
  void take_wholeNumbersWithExponents_areExact(String value, String other, String whole) {
    take("a.csv", value, other).requireDone();

    assertThat(holds("typeof(n) IN ('BIGINT', 'DECIMAL(38,0)')")).isTrue();
    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE n = " + whole)).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993e0", "90071992547409930001E2"})
  void take_wholeNumberWithAnExponentBesideAFraction_isAnErrorWithItsLine(String value) {
    assertThat(failure("a.csv", "1.5", value).problem())
        .contains("a.csv', line 3: '" + value + "' in column 'n' would be changed");
  }

  @Test
  void take_largeWholeNumberBesideAMuchLargerOne_isAnErrorThatSaysSo() {
    assertThat(failure("a.csv", "12345678901234567891", "1e40").problem())
        .contains(
            "a.csv', line 2: '12345678901234567891' in column 'n' would be changed: the column has"
                + " numbers of more than 38 digits too, beside which not every whole number above"
                + " 2^53 is exact. Correct the line, or those numbers.");
  }

  @Test
  void take_largeWholeNumberUnderAnotherNameThanFractions_isExact() {
    take("a.csv", "1.5").requireDone();
    inbox.file("b.csv", "time,m\n2025-01-02,9007199254740993\n2025-01-03,nan\n");

    take().requireDone();

    assertThat(inbox.pond().number("/a", "SELECT max(m) FROM source")).isEqualTo(9007199254740993L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "9007199254740994.000",
        "1e30",
        "1.2345678901234567e20",
        "6.02214076E+23",
        "9007199254740993.5",
        "340282346638528859811704183484516925440.000000"
      })
  void take_largeNumbersThatAreExact_areTakenBesideFractions(String value) {
    take("a.csv", "1.5", value).requireDone();
    take("b.csv", value, "2").requireDone();

    assertThat(
            inbox
                .pond()
                .number(
                    "/a",
                    "SELECT count(*) FROM source WHERE typeof(n) = 'DOUBLE' AND n = '"
                        + value
                        + "'::DOUBLE"))
        .isEqualTo(2);
  }

  @Test
  void take_largeWholeNumberWithADecimalComma_isAnErrorBesideFractions() {
    String yaml = inbox.yaml("csv", "options: {decimal_separator: ','}");
    inbox.file("a.csv", "time;n\n2025-01-01;1,5\n2025-01-02;9007199254740993,0\n");

    assertThat(inbox.problem(yaml))
        .contains("a.csv', line 3: '9007199254740993,0' in column 'n' would be changed");
    inbox.file("a.csv", "time;n\n2025-01-01;1\n2025-01-02;9007199254740993,0\n");
    inbox.take(yaml).requireDone();
    assertThat(inbox.pond().number("/a", "SELECT max(n) FROM source")).isEqualTo(9007199254740993L);
  }

  @Test
  void take_largeWholeNumberInTheLongForm_isAnErrorWithItsLine() {
    inbox.longFile("a.csv", "2025-05-31 21:00,1", "2025-05-31 22:00,9007199254740993");

    assertThat(inbox.problem(inbox.longYaml("")))
        .contains(
            "a.csv', line 3: '9007199254740993' would be changed: not every whole number above"
                + " 2^53 is exact");
  }

  @Test
  void take_largeCountsOfATimeWithFractions_stayTimes() {
    inbox.file("a.csv", "time,n\n1717243200000000000.0,1\n1717243201000000000.5,2\n");

    take().requireDone();

    assertThat(inbox.pond().rows("/a")).containsOnlyKeys(1717243200L, 1717243201L);
  }

  @Test
  void take_largeNumbersOfObjectsWhereTheSeriesHasFractions_areAnError() {
    String yaml = inbox.yaml("ndjson", "");
    inbox.file("a.csv", "{\"time\": \"2025-01-01\", \"n\": 1.5}\n");
    inbox.take(yaml).requireDone();
    inbox.file("b.csv", "{\"time\": \"2025-01-02\", \"n\": 9007199254740993}\n");

    assertThat(inbox.problem(yaml))
        .contains("b.csv', row 1: '9007199254740993' in column 'n' would be changed");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 9007199254740993",
    "1.5, 12345678901234567891",
    "1.5, 123456789012345678901",
  })
  void take_largeWholeNumberOfObjectsBesideAFraction_isAnErrorWithItsRow(
      String other, String value) {
    assertThat(objects(other, value).failure().orElseThrow().problem())
        .contains(
            "a.x', row 2: '"
                + value
                + "' in column 'n' would be changed: the column has fractions too");
  }

  @ParameterizedTest
  @CsvSource({
    "5.0, 9007199254740993",
    "1e3, 12345678901234567891",
    "1, 123456789012345678901",
  })
  void take_largeWholeNumberOfObjectsBesideOnesWrittenOtherwise_isExact(
      String other, String value) {
    objects(other, value).requireDone();

    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source WHERE n = " + value)).isOne();
    assertThat(holds("typeof(n) IN ('BIGINT', 'DECIMAL(38,0)')")).isTrue();
  }

  @Test
  void take_largeNumbersOfObjectsThatAreExact_areTaken() {
    objects("1.5", "9007199254740992", "6.02214076e+23", "null").requireDone();

    assertThat(
            inbox
                .pond()
                .number(
                    "/a",
                    "SELECT count(*) FROM source WHERE typeof(n) = 'DOUBLE' AND n IN (1.5,"
                        + " 9007199254740992, 6.02214076e+23)"))
        .isEqualTo(3);
  }

  /** Takes a file of objects in; each value is of a day of its own. */
  private CollectPond.Ran objects(String... values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      text.append("{\"time\": \"2025-01-0%d\", \"n\": %s}\n".formatted(i + 1, values[i]));
    }
    inbox.file("a.x", text.toString());
    return inbox.take(inbox.yaml("ndjson", ""));
  }

  @Test
  void take_newColumnOfIdsOfTwentyDigitsOfWhichOneBeginsWithZero_isText() {
    take("a.csv", LONG_ID, "00345678901234567890").requireDone();

    assertThat(holds("n IN ('" + LONG_ID + "', '00345678901234567890')")).isTrue();
  }
}
