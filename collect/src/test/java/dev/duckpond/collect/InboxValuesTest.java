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

    assertThat(take(more).requireDone().printed()).contains("1 file taken in, 0 in already");
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

  @Test
  void take_numberWithZerosWhereTheSeriesHasNumbers_isANumber() {
    inbox.file("a.csv", "time,n\n2025-01-01,7\n");
    take("").requireDone();
    inbox.file("b.csv", "time,n\n2025-01-02,08\n");

    take("").requireDone();

    assertThat(stored().values()).containsExactly(Map.of("n", 7.0), Map.of("n", 8.0));
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
