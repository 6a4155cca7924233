package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that may still be written, in which a quoted value goes over lines or nothing is yet. */
final class InboxOpenQuoteTest {
  private static final Instant JUST_NOW = CollectPond.START.minusSeconds(600);
  private static final String WHOLE = "time,note\n2024-06-01,one\n2024-06-02,two\n";
  private static final String OPEN = WHOLE + "2024-06-03,\"3 inch\n2024-06-04,four\n2024-06-05,fi";

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  private CollectPond.Ran take(String text, int afterSeconds) {
    inbox.file("a.csv", text, JUST_NOW.plusSeconds(afterSeconds));
    return inbox.take(inbox.yaml("csv", ""));
  }

  private long rows() {
    return inbox.pond().number("/a", "SELECT count(*) FROM source");
  }

  private String waits(int line) {
    return "a quoted value that begins in line "
        + line
        + " of '"
        + inbox.resolve("a.csv")
        + "' has no end, and may still be written; its row and what follows wait for the end, at"
        + " most until an hour after the file was changed";
  }

  @Test
  void take_quoteThatIsNeverClosed_isToldWithItsLine() {
    CollectPond.Ran ran = take(OPEN, 0).requireDone();

    assertThat(ran.printed()).contains(waits(4)).contains("1 file taken in, 0 in already");
    assertThat(rows()).isEqualTo(2);
    assertThat(take(OPEN, 0).requireDone().printed())
        .containsExactly("0 files taken in, 1 in already");
  }

  @Test
  void take_fileThatGrowsBehindAnOpenQuote_isAnErrorUntilTheQuoteIsClosed() {
    take(OPEN, 0).requireDone();
    for (String more : new String[] {"ve\n", "ve\n2024-06-06,six\n"}) {
      assertThat(take(OPEN + more, more.length()).text())
          .contains(
              "'"
                  + inbox.resolve("a.csv")
                  + "', line 4: a quoted value that begins here has no end: all that was written to"
                  + " the file since is within it. Close the quote, or write it twice where it is"
                  + " part of a value; where quotes are plain characters, say so with 'options:"
                  + " {quote: \"\"}'.");
    }

    take(OPEN.replace("\"", "") + "ve\n", 40).requireDone();

    assertThat(rows()).isEqualTo(5);
  }

  @Test
  void take_fileThatGrowsBehindAnOpenQuote_isTakenWhereQuotesArePlain() {
    take(OPEN + "ve\n", 0).requireDone();

    inbox.take(inbox.yaml("csv", "options: {quote: ''}")).requireDone();

    assertThat(rows()).isEqualTo(5);
  }

  @Test
  void take_valueThatIsWrittenLineByLine_waitsUntilItHasItsEnd() {
    take(WHOLE, 0).requireDone();
    String value = WHOLE + "2024-06-03,\"a\n";
    assertThat(take(value, 10).requireDone().printed())
        .containsExactly(waits(4), "0 files taken in, 1 in already");

    assertThat(take(value + "\"\"b\"\"\n\"\n", 20).requireDone().printed())
        .contains("1 file taken in, 0 in already");

    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void take_lineThatGrowsBehindAnOpenQuote_waits() {
    for (String more : new String[] {"\"", "\"3", "\"3 inch", "\"3 inch, 4 inch"}) {
      take(WHOLE + "2024-06-03," + more, more.length()).requireDone();
      assertThat(rows()).isEqualTo(2);
    }
    take(WHOLE + "2024-06-03,\"3 inch, 4 inch\"\n", 30).requireDone();

    assertThat(rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"'time,note\n2024-06-01,\"one\n', 2", "'\"time\",\"no\nte\ning\n', 1"})
  void take_fileWhoseFirstRowHasNoEnd_waits(String text, int line) {
    assertThat(take(text, 0).requireDone().warned())
        .containsExactly(
            "'"
                + inbox.resolve("a.csv")
                + "' may still be written, as a quoted value that begins in line "
                + line
                + " has no end; it is taken once that has, or an hour after it was changed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\r\n", "\uFEFF"})
  void take_fileWithoutAnyLine_waitsForAnHour(String text) {
    assertThat(take(text, 0).requireDone().warned())
        .containsExactly(
            "'"
                + inbox.resolve("a.csv")
                + "' may still be written, as it has no line yet; it is taken once it has one, or"
                + " an hour after it was changed");
    inbox.pond().clock().advance(Duration.ofHours(1));

    assertThat(take(text, 0).text()).contains("a.csv' is empty");
  }

  @Test
  void take_fileThatWasEmpty_isTakenOnceItHasLines() {
    take("", 0).requireDone();

    take(WHOLE, 10).requireDone();

    assertThat(rows()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"skip: '1', ab\"c", "comment: '#', #\"c"})
  void take_quoteInALineThatIsNone_opensNothing(String option, String line) {
    inbox.file("a.csv", line + "\n" + WHOLE, JUST_NOW);

    inbox.take(inbox.yaml("csv", "options: {" + option + "}")).requireDone();

    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void take_valueThatHasNoEndWithAnotherQuote_waits() {
    inbox.file("a.csv", WHOLE + "2024-06-03,'a\n", JUST_NOW);

    CollectPond.Ran ran = inbox.take(inbox.yaml("csv", "options: {quote: \"'\"}"));

    assertThat(ran.requireDone().printed()).contains("0 files taken in, 0 in already");
  }
}
