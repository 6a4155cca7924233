package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that may still be written when they are taken in. */
final class InboxLastLineTest {
  private static final Instant JUST_NOW = CollectPond.START.minusSeconds(60);
  private static final Instant HOURS_AGO = CollectPond.START.minusSeconds(10_000);
  private static final String UTF_16 = "options: {encoding: utf-16}";

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  private CollectPond.Ran take(String more) {
    return inbox.take(inbox.yaml("csv", more));
  }

  private Map<Long, Map<String, Double>> stored() {
    return inbox.pond().rows("/a");
  }

  private void file(String text, Charset encoding) throws IOException {
    Files.write(inbox.resolve("a.csv"), text.getBytes(encoding));
    Files.setLastModifiedTime(inbox.resolve("a.csv"), FileTime.from(JUST_NOW));
  }

  private String lineWaits() {
    return "the last line of '"
        + inbox.resolve("a.csv")
        + "' has no end, and may still be written; it is taken once it has one, or an hour after"
        + " the file was changed";
  }

  private String fileWaits() {
    return "'"
        + inbox.resolve("a.csv")
        + "' may still be written, as its last line has no end; it is taken once it has, or an hour"
        + " after it was changed";
  }

  /** What of a line was written when it was seen first, and what it was later. */
  static Stream<Arguments> halfLines() {
    return Stream.of(
        arguments("time_column: when", "v,When\n1,2025-01-01\n", "2,2025-01", "-02\n"),
        arguments("", "v, time\n1,2025-01-01\n", "2,2025-01", "-02\n"),
        arguments(
            "long: {name: name, value: v}",
            "time,v,Name\n2025-01-01,1,v\n",
            "2025-01-02,2,vol",
            "ume\n"),
        arguments(
            "time_column: column1, options: {header: 'false'}",
            "1,2025-01-01\n",
            "2,2025-01",
            "-02\n"),
        arguments("options: {delim: '^'}", "v^time\n1^2025-01-01\n", "2^2025-01", "-02\n"),
        arguments("options: {delim: ' '}", "v time\n1 2025-01-01\n", "2 2025-01", "-02\n"),
        arguments(
            "options: {nullstr: '-9999'}", "time,v\n2025-01-01,1\n", "2025-01-02,-9", "999\n"),
        arguments("", "time,id\n2025-01-01,007\n", "2025-01-02,0", "42\n"),
        arguments("", "time,on\n2025-01-01,true\n", "2025-01-02,fal", "se\n"),
        arguments("", "time,day\n2025-01-01,2024-01-01\n", "2025-01-02,2024-0", "1-02\n"),
        arguments("", "time,v\r2025-01-01,1\r", "2025-01-02,2", "5\r"),
        arguments("", "time,v\r\n2025-01-01,1\r\n", "2025-01-02,2", "5\r\n"),
        arguments("on_duplicate: first", "time,v\n2025-01-01,1\n", "2025-01-02,2", "5\n"),
        arguments("on_duplicate: error", "time,v\n2025-01-01,1\n", "2025-01-02,2", "5\n"),
        arguments("", "time,v\n2025-01-01,5\" pipe\n", "2025-01-02,6", "\" pipe\n"));
  }

  @ParameterizedTest
  @MethodSource("halfLines")
  void take_halfALastLine_waitsAndTheOthersAreTaken(
      String more, String whole, String half, String rest) {
    inbox.file("a.csv", whole + half, JUST_NOW);
    CollectPond.Ran ran = take(more).requireDone();
    assertThat(ran.printed()).contains("1 file taken in, 0 in already");
    assertThat(ran.printed()).contains(lineWaits());
    inbox.file("b.csv", whole, HOURS_AGO);

    assertThat(take(more).requireDone().printed()).contains("0 files taken in, 2 in already");
    inbox.file("a.csv", whole + half + rest, JUST_NOW.plusSeconds(30));
    CollectPond.Ran last = take(more).requireDone();

    assertThat(last.warned()).isEmpty();
    assertThat(last.printed()).contains("1 file taken in, 1 in already");
    inbox.file("a.csv", whole + half + rest, JUST_NOW.plusSeconds(30));
    String atOnce = inbox.yaml("csv", more).replace("/*'", "/a.csv'").replace("to: /a", "to: /c");
    inbox.take(atOnce).requireDone();
    assertThat(inbox.pond().number("/a", HASH)).isEqualTo(inbox.pond().number("/c", HASH));
  }

  @Test
  void take_halfALastLineBelowAHeaderLongerThanABuffer_waits() {
    String text = "x".repeat(70_000) + ",time\n1,2025-01-01\n2,2025-01";
    inbox.file("a.csv", text, JUST_NOW);

    assertThat(take("").requireDone().printed()).contains(lineWaits());

    assertThat(stored()).hasSize(1);
  }

  /** Stands for rows, the names of their columns and their types. */
  private static final String HASH =
      "SELECT (sum(hash(source::VARCHAR)) % 1000000007 + sum(hash(typeof(source))) % 1000000007)"
          + "::BIGINT FROM source";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "skip: '1'~of a station\nv,time\n1,2025-01-01\n2,2025-01",
        "comment: '#'~v,time\n# \"\n1,2025-01-01\n2,2025-01",
        "quote: ''''~v,time\n'1\n',2025-01-01\n'2,",
        "escape: '\\\\'~v,time\n\"1\\\"\n\",2025-01-01\n2,2025",
        "delim: 'é'~vétime\n1é2025-01-01\n2é2025",
        "header: 'false'~1,2025-01",
        "header: 'true'~v,time",
        "header: 'true'~v,time\n1,2025-01",
        "header: 'true'~v,time\n\n\n1,2025-01",
        "header: 'true'~\n\"v\",time\n\"x\"\",2025-01-01,2025"
      })
  void take_fileOfWhichNoLineIsSureToBeWhole_waits(String optionAndText) {
    String[] both = optionAndText.split("~", 2);
    inbox.file("a.csv", both[1], JUST_NOW);

    CollectPond.Ran ran = take("time_column: time, options: {" + both[0] + "}").requireDone();

    assertThat(ran.printed()).contains("0 files taken in, 0 in already");
    assertThat(ran.warned()).containsExactly(fileWaits());
    assertThat(inbox.pond().versions("/system/state")).isEmpty();
  }

  @Test
  void take_fileThatWaitedAsAWhole_isTakenOnceItsLastLineHasAnEnd() {
    String text = "of a station\nv,time\n1,2025-01-01\n2,2025-01";
    inbox.file("a.csv", text, JUST_NOW);
    take("options: {skip: '1'}").requireDone();
    inbox.file("a.csv", text + "-02\n", JUST_NOW.plusSeconds(30));

    assertThat(take("options: {skip: '1'}").requireDone().warned()).isEmpty();

    assertThat(stored().values()).containsExactly(Map.of("v", 1.0), Map.of("v", 2.0));
  }

  @ParameterizedTest
  @CsvSource({"-3599, true", "-3600, false", "60, true", "3599, true", "3600, false"})
  void take_lastLineWithoutAnEnd_waitsWithinAnHour(long changedSeconds, boolean isWaiting) {
    Instant changed = CollectPond.START.plusSeconds(changedSeconds);
    inbox.file("a.csv", "a,time\n1,2025-01-01\n2,2025-01-02", changed);

    CollectPond.Ran ran = take("").requireDone();

    assertThat(stored()).hasSize(isWaiting ? 1 : 2);
    assertThat(ran.printed().contains(lineWaits())).isEqualTo(isWaiting);
  }

  @Test
  void take_lastLineThatWaits_isToldOnceAndIsTakenWhenTheFileIsAnHourOld() {
    String text = "v,timestamp\n10,1717243200\n11,1717244100";
    inbox.file("a.csv", text, JUST_NOW);
    CollectPond.Ran first = take("").requireDone();
    assertThat(first.warned()).isEmpty();
    assertThat(first.printed()).contains(lineWaits());

    CollectPond.Ran again = take("").requireDone();

    assertThat(again.warned()).isEmpty();
    assertThat(again.printed()).containsExactly("0 files taken in, 1 in already");
    assertThat(stored()).isEqualTo(Map.of(1717243200L, Map.of("v", 10.0)));
    inbox.file("a.csv", text, HOURS_AGO);
    assertThat(take("").requireDone().printed())
        .contains("1 file taken in, 0 in already")
        .doesNotContain(lineWaits());
    assertThat(stored()).hasSize(2);
  }

  @Test
  void take_tableWhoseLastLineHasNoEnd_isTaken() {
    inbox.file("a.csv", "time,a\n2025-01-01,1\n2025-01-02,2", JUST_NOW);

    CollectPond.Ran ran = take("as: table").requireDone();

    assertThat(ran.printed()).contains("1 file taken in, 0 in already");
    assertThat(ran.warned()).isEmpty();
    assertThat(stored()).hasSize(2);
  }

  @Test
  void take_lastLineThatEndsWithinQuotes_waitsFromWhereItBegins() {
    inbox.file("a.csv", "b,a,time\n\"of\ntwo\",1,2025-01-01\n\"half\n\nof", JUST_NOW);

    take("").requireDone();

    assertThat(inbox.pond().number("/a", "SELECT a FROM source WHERE b = 'of\ntwo'")).isOne();
    assertThat(inbox.pond().number("/a", "SELECT count(*) FROM source")).isOne();
  }

  @Test
  void take_fileWhoseLastLineWaits_staysInTheInbox() {
    inbox.file("a.csv", "a,time\n1,2025-01-01\n2,2025-01-02", JUST_NOW);
    String yaml = inbox.yaml("csv", "") + "\narchive_to: " + inbox.directory().resolve("done");

    inbox.take(yaml).requireDone();

    assertThat(stored()).hasSize(1);
    assertThat(inbox.resolve("a.csv")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time,a\n2025-01-01,1\n2025-01-02,2\n",
        "time,a\r2025-01-01,1\r2025-01-02,2\r",
        "time,a\r\n2025-01-01,1\r\n2025-01-02,2\r\n",
        "time,a\r\n2025-01-01,1\r\n2025-01-02,2\r"
      })
  void take_fileOfWholeLinesChangedJustNow_isTaken(String text) throws IOException {
    String first = "on_duplicate: first";
    file(text, StandardCharsets.UTF_8);
    assertThat(take(first).requireDone().warned()).isEmpty();
    assertThat(stored()).hasSize(2);
    file("\uFEFF" + text.replace("2025-01-02", "2025-01-03"), StandardCharsets.UTF_16LE);

    assertThat(take(first + ", " + UTF_16).requireDone().warned()).isEmpty();

    assertThat(stored()).hasSize(3);
  }

  @Test
  void take_halfALastLineOfUtf16_waitsAndTheOthersAreTaken() throws IOException {
    String text = "\uFEFF\"v\",time\n1,2025-01-01\n2,2025-01-0";
    file(text, StandardCharsets.UTF_16LE);

    assertThat(take(UTF_16).requireDone().printed()).contains(lineWaits());

    assertThat(stored().values()).containsExactly(Map.of("v", 1.0));
    file(text + "2\n", StandardCharsets.UTF_16LE);
    assertThat(take(UTF_16).requireDone().warned()).isEmpty();
    assertThat(stored().values()).containsExactly(Map.of("v", 1.0), Map.of("v", 2.0));
  }
}
