package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
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

  @ParameterizedTest
  @ValueSource(strings = {"first", "error"})
  void take_lastLineThatIsStillBeingWritten_waitsWhereItsValueWouldStay(String which) {
    String more = "on_duplicate: " + which;
    Instant now = CollectPond.START;
    inbox.file("a.csv", "time,a\n2025-01-01,1\n2025-01-02,2", now.minusSeconds(60));

    CollectPond.Ran ran = take(more).requireDone();

    assertThat(stored()).isEmpty();
    assertThat(ran.warned())
        .containsExactly(
            "'"
                + inbox.resolve("a.csv")
                + "' may still be written, as its last line has no end; it is taken once it has, or"
                + " an hour after it was changed");
    inbox.file("a.csv", "time,a\n2025-01-01,1\n2025-01-02,25\n", now.minusSeconds(30));
    assertThat(take(more).requireDone().warned()).isEmpty();
    assertThat(stored().values()).containsExactly(Map.of("a", 1.0), Map.of("a", 25.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"on_duplicate: last", "as: table"})
  void take_lastLineWithoutAnEnd_isTakenWhereItsValueMayBeCorrected(String more) {
    inbox.file("a.csv", "time,a\n2025-01-01,1\n2025-01-02,2", CollectPond.START.minusSeconds(60));

    CollectPond.Ran ran = take(more).requireDone();

    assertThat(ran.printed()).contains("1 file taken in, 0 in already");
    assertThat(ran.warned()).isEmpty();
    assertThat(stored()).hasSize(2);
  }

  @Test
  void take_lastLineOfAFileOfTheFuture_isTaken() {
    inbox.file("a.csv", "a,time\n1,2025-01-01\n2,2025-01-02", CollectPond.START.plusSeconds(60));

    assertThat(take("").requireDone().warned()).isEmpty();
    assertThat(stored()).hasSize(2);
  }

  @Test
  void take_lastLineThatIsStillBeingWritten_waitsForItsEndAndTheOthersAreTaken() {
    String half = "v,timestamp\n10,1717243200\n11,171724";
    inbox.file("a.csv", half, CollectPond.START.minusSeconds(60));
    String waits =
        "the last line of '"
            + inbox.resolve("a.csv")
            + "' has no end, and may still be written; it is taken once it has one, or an hour after"
            + " the file was changed";

    assertThat(take("").requireDone().warned()).containsExactly(waits);
    CollectPond.Ran again = take("").requireDone();

    assertThat(stored()).isEqualTo(Map.of(1717243200L, Map.of("v", 10.0)));
    assertThat(again.warned()).containsExactly(waits);
    assertThat(again.printed()).contains("0 files taken in, 1 in already");
    inbox.file("a.csv", half + "4100\n", CollectPond.START.minusSeconds(30));
    assertThat(take("").requireDone().warned()).isEmpty();
    assertThat(stored())
        .isEqualTo(Map.of(1717243200L, Map.of("v", 10.0), 1717244100L, Map.of("v", 11.0)));
  }

  @Test
  void take_lastLineThatWaited_isTakenWhenTheFileIsAnHourOld() {
    String text = "v,timestamp\n10,1717243200\n11,1717244100";
    inbox.file("a.csv", text, CollectPond.START.minusSeconds(60));
    take("").requireDone();
    assertThat(stored()).hasSize(1);
    inbox.file("a.csv", text, HOURS_AGO);

    assertThat(take("").requireDone().warned()).isEmpty();

    assertThat(stored()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,time", "a,time\n1,2025-01-01", "a,time\n\"x\"\"\n,2025-01-01\n,2025"})
  void take_fileOfWhichNoLineIsSureToBeWhole_waits(String text) {
    inbox.file("a.csv", text, CollectPond.START.minusSeconds(60));

    CollectPond.Ran ran = take("").requireDone();

    assertThat(ran.printed()).contains("0 files taken in, 0 in already");
    assertThat(ran.warned()).singleElement().asString().contains("may still be written");
  }

  @Test
  void take_lastLineThatEndsWithinQuotes_waitsAsAWhole() {
    String text = "b,a,time\n\"of\ntwo\",1,2025-01-01\n\"half\n\nof";
    inbox.file("a.csv", text, CollectPond.START.minusSeconds(60));

    take("").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT a FROM source WHERE b = 'of\ntwo'")).isOne();
    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source")).isOne();
  }

  @Test
  void take_fileWhoseLastLineWaits_staysInTheInbox() {
    inbox.file("a.csv", "a,time\n1,2025-01-01\n2,2025-01-02", CollectPond.START.minusSeconds(60));
    String yaml = inbox.yaml("csv", "") + "\narchive_to: " + inbox.directory().resolve("done");

    inbox.take(yaml).requireDone();

    assertThat(stored()).hasSize(1);
    assertThat(inbox.resolve("a.csv")).exists();
  }

  @Test
  void take_lastLineWithoutAnEndOfAnOldFile_isTaken() {
    inbox.file("a.csv", "time,a\n2025-01-01,1\n2025-01-02,2", HOURS_AGO);

    take("on_duplicate: first").requireDone();

    assertThat(stored()).hasSize(2);
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
