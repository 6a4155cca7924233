package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on their way into a pond, again and again. */
final class InboxTest {
  private static final String HEAD = "Series Name,Location,Parameter,Timestamp,Value,Offset\n";

  @TempDir Path directory;
  private CollectPond pond;
  private Path inbox;

  @BeforeEach
  void makePond() throws IOException {
    pond = CollectPond.create(directory);
    inbox = Files.createDirectories(directory.resolve("inbox"));
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  private void file(String name, String text) throws IOException {
    Path file = inbox.resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(CollectPond.START.minusSeconds(3600)));
  }

  private String longYaml(String more) {
    return """
    sources:
      - pattern: %s/*.csv
        format: csv
        to: /field/$0.series
        long: {name: Series Name, value: Value, offset: Offset, sign: subtract}
        timezone: America/Los_Angeles
    %s
    """
        .formatted(inbox, more.indent(4));
  }

  private CollectPond.Ran take() {
    return pond.run("inbox", longYaml(""));
  }

  private static long seconds(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }

  @Test
  void take_longForm_becomesARowForEachInstantInUtc() throws IOException {
    file(
        "dock.csv",
        HEAD
            + """
            "Depth","D","x",2025-05-31 21:00,2.5,-6.5
            "Temp","D","x",2025-05-31 21:00,10.5,0
            "Depth","D","x",2025-01-31 21:00,2,1
            """);

    CollectPond.Ran ran = take().requireDone();

    assertThat(pond.rows("/field/dock.series"))
        .isEqualTo(
            Map.of(
                seconds("2025-02-01T05:00:00Z"), Map.of("Depth", 1.0),
                seconds("2025-06-01T04:00:00Z"), Map.of("Depth", 9.0, "Temp", 10.5)));
    assertThat(ran.printed())
        .containsExactly(
            "/field/dock.series: 2 rows, 2025-02-01T05:00:00Z to 2025-06-01T04:00:00Z, from "
                + inbox.resolve("dock.csv"),
            "1 file taken in, 0 in already");
  }

  @Test
  void take_again_takesNothing() throws IOException {
    file("dock.csv", HEAD + "Temp,D,x,2025-05-31 21:00,10.5,0\n");
    take().requireDone();

    CollectPond.Ran again = take().requireDone();

    assertThat(pond.commits()).isZero();
    assertThat(again.printed()).containsExactly("0 files taken in, 1 in already");
    Files.setLastModifiedTime(inbox.resolve("dock.csv"), FileTime.from(CollectPond.START));
    assertThat(take().requireDone().printed()).containsExactly("0 files taken in, 1 in already");
  }

  @Test
  void take_overlappingFiles_giveEachInstantOnce() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 20:00,2,0\n");
    String yaml = longYaml("").replace("/field/$0.series", "/all.series");
    pond.run("inbox", yaml).requireDone();
    file(
        "b.csv",
        HEAD
            + "T,D,x,2025-05-31 22:00,3,0\nT,D,x,2025-05-31 21:00,7,0\nU,D,x,2025-05-31 20:00,8,0\n");

    pond.run("inbox", yaml).requireDone();

    assertThat(pond.rows("/all.series"))
        .isEqualTo(
            Map.of(
                seconds("2025-06-01T03:00:00Z"), Map.of("T", 2.0, "U", 8.0),
                seconds("2025-06-01T04:00:00Z"), Map.of("T", 7.0),
                seconds("2025-06-01T05:00:00Z"), Map.of("T", 3.0)));
  }

  @ParameterizedTest
  @CsvSource({"last, 7", "first, 1"})
  void take_duplicate_theOneThatIsSaidCounts(String which, double value) throws IOException {
    String yaml = longYaml("on_duplicate: " + which).replace("/field/$0.series", "/all.series");
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,4,0\n");
    pond.run("inbox", yaml).requireDone();
    file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,7,0\nU,D,x,2025-05-31 21:00,9,0\n");

    pond.run("inbox", yaml).requireDone();

    assertThat(pond.rows("/all.series").get(seconds("2025-06-01T04:00:00Z")))
        .isEqualTo(Map.of("T", value, "U", 9.0));
  }

  @Test
  void take_duplicateThatMustNotBe_isNamedAndTheOthersAreIn() throws IOException {
    String yaml = longYaml("on_duplicate: error").replace("/field/$0.series", "/all.series");
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,7,0\n");
    file("c.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,2,0\n");

    CollectPond.Ran ran = pond.run("inbox", yaml);

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining(
            "'/all.series' has another value of 'T' at 2025-06-01 04:00:00: there it is 1.0, here"
                + " 7");
    assertThat(pond.rows("/all.series")).hasSize(2);
  }

  @Test
  void take_springForward_hasNoSuchHour() throws IOException {
    file(
        "dock.csv",
        HEAD
            + "T,D,x,2025-03-09 01:59,1,0\nT,D,x,2025-03-09 03:00,2,0\nT,D,x,2025-03-09 02:30,3,0\n");

    CollectPond.Ran ran = take();

    assertThat(ran.failure().orElseThrow())
        .hasMessageContaining(
            "dock.csv', line 4: '2025-03-09 02:30' in America/Los_Angeles is no single instant:"
                + " the clocks skipped it. Say which is meant, with 'ambiguous: earlier'");
    assertThat(pond.rows("/field/dock.series")).isEmpty();
    pond.run("inbox", longYaml("ambiguous: later")).requireDone();
    assertThat(pond.rows("/field/dock.series").keySet())
        .containsExactlyInAnyOrder(
            seconds("2025-03-09T09:59:00Z"),
            seconds("2025-03-09T10:00:00Z"),
            seconds("2025-03-09T10:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"earlier, 2024-11-03T08:30:00Z", "later, 2024-11-03T09:30:00Z"})
  void take_fallBack_takesTheSideThatIsSaid(String side, String instant) throws IOException {
    file(
        "dock.csv",
        HEAD
            + "T,D,x,2024-11-03 02:00,3,0\nT,D,x,2024-11-03 01:30,2,0\nT,D,x,2024-11-03 00:59,1,0\n");

    assertThat(take().failure().orElseThrow())
        .hasMessageContaining("line 3: ")
        .hasMessageContaining("it occurs twice, as the clocks were put back");
    pond.run("inbox", longYaml("ambiguous: " + side)).requireDone();

    assertThat(pond.rows("/field/dock.series").keySet())
        .containsExactlyInAnyOrder(
            seconds("2024-11-03T07:59:00Z"), seconds(instant), seconds("2024-11-03T10:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"earlier, true", "earlier, false", "later, true", "later, false"})
  void take_bothHoursOfFallBack_keepsEachRowAsTheOrderTells(String side, boolean isNewestFirst)
      throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "T,D,x,2024-11-03 00:30,1,0",
                "T,D,x,2024-11-03 01:00,2,0",
                "U,D,x,2024-11-03 01:00,20,0",
                "T,D,x,2024-11-03 01:30,3,0",
                "T,D,x,2024-11-03 01:00,4,0",
                "U,D,x,2024-11-03 01:00,40,0",
                "T,D,x,2024-11-03 01:30,5,0",
                "T,D,x,2024-11-03 01:45,6,0",
                "T,D,x,2024-11-03 02:00,7,0"));
    if (isNewestFirst) {
      Collections.reverse(lines);
    }
    file("dock.csv", HEAD + String.join("\n", lines) + "\n");

    pond.run("inbox", longYaml("ambiguous: " + side)).requireDone();

    assertThat(pond.rows("/field/dock.series"))
        .isEqualTo(
            Map.of(
                seconds("2024-11-03T07:30:00Z"), Map.of("T", 1.0),
                seconds("2024-11-03T08:00:00Z"), Map.of("T", 2.0, "U", 20.0),
                seconds("2024-11-03T08:30:00Z"), Map.of("T", 3.0),
                seconds("2024-11-03T09:00:00Z"), Map.of("T", 4.0, "U", 40.0),
                seconds("2024-11-03T09:30:00Z"), Map.of("T", 5.0),
                seconds("2024-11-03T09:45:00Z"), Map.of("T", 6.0),
                seconds("2024-11-03T10:00:00Z"), Map.of("T", 7.0)));
  }

  @Test
  void take_bothHoursOfFallBackInAWideFile_keepsRowsThatMeet() throws IOException {
    file(
        "a.csv",
        """
        time,a,b
        2024-11-03 02:00,7,7
        2024-11-03 01:30,5,
        2024-11-03 01:00,4,4
        2024-11-03 01:30,3,3
        2024-11-03 01:00,2,
        2024-11-03 01:15,1,
        2024-11-03 01:15,,9
        """);
    String yaml =
        "sources: [{pattern: '"
            + inbox
            + "/*', format: csv, to: /a, ambiguous: earlier, timezone:"
            + " America/Los_Angeles}]";

    pond.run("inbox", yaml).requireDone();

    assertThat(pond.rows("/a"))
        .isEqualTo(
            Map.of(
                seconds("2024-11-03T08:00:00Z"), Map.of("a", 2.0),
                seconds("2024-11-03T08:15:00Z"), Map.of("a", 1.0, "b", 9.0),
                seconds("2024-11-03T08:30:00Z"), Map.of("a", 3.0, "b", 3.0),
                seconds("2024-11-03T09:00:00Z"), Map.of("a", 4.0, "b", 4.0),
                seconds("2024-11-03T09:30:00Z"), Map.of("a", 5.0),
                seconds("2024-11-03T10:00:00Z"), Map.of("a", 7.0, "b", 7.0)));
  }

  @Test
  void take_timeWithAWordThatIsNoZone_isAnErrorWithItsLine() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 21:00 XYZ,1,0\n");

    assertThat(take().failure().orElseThrow().problem())
        .contains("line 3: '2025-05-31 21:00 XYZ' ends in a word that is not clear");
  }

  @ParameterizedTest
  @CsvSource({"csv, 'time,T', '%s,%d'", "ndjson, '', '{\"time\":\"%s\",\"T\":%d}'"})
  void take_timesOfWhichSomeHaveAZone_areEachReadByTheirOwnForm(
      String format, String head, String line) throws IOException {
    StringBuilder text = new StringBuilder(head.isEmpty() ? "" : head + "\n");
    int value = 0;
    for (String time :
        new String[] {
          "2025-05-31 21:00",
          "2025-06-01T05:00:00Z",
          "2025-06-01 08:00:00.5+02:00",
          "2025-06-01 00:00:00",
          "2025-06-01 08:00:00 UTC",
          "2025-06-01 05:00-0400",
          "2025-06-01 03:00:00 America/Los_Angeles"
        }) {
      text.append(line.formatted(time, value++)).append('\n');
    }
    file("a.csv", text.toString());
    String yaml =
        "sources: [{pattern: '%s/*', format: %s, to: /a, timezone: America/Los_Angeles}]"
            .formatted(inbox, format);

    pond.run("inbox", yaml).requireDone();

    assertThat(
            pond.number(
                "/a",
                "SELECT count(*) FROM source WHERE epoch_ms(timestamp) = CASE T WHEN 0 THEN"
                    + " 1748750400000 WHEN 1 THEN 1748754000000 WHEN 2 THEN 1748757600500 WHEN 3"
                    + " THEN 1748761200000 WHEN 4 THEN 1748764800000 WHEN 5 THEN 1748768400000"
                    + " WHEN 6 THEN 1748772000000 END"))
        .isEqualTo(7);
  }

  /**
   * Every hour of a year on the wall, with the hour that the clocks skip and the one they repeat,
   * once or twice.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void take_hoursOfAYear_areTheInstantsOfThatYear(boolean repeats) throws IOException {
    ZoneId zone = ZoneId.of("America/Los_Angeles");
    Instant start = Instant.parse("2025-01-01T08:00:00Z");
    Set<Long> expected = new HashSet<>();
    Set<LocalDateTime> seen = new HashSet<>();
    StringBuilder csv = new StringBuilder(HEAD);
    for (int hour = 0; hour < 365 * 24; hour++) {
      Instant instant = start.plus(hour, ChronoUnit.HOURS);
      LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
      if (seen.add(local) || repeats) {
        expected.add(instant.getEpochSecond());
        csv.append("T,D,x,").append(local.toString().replace('T', ' ')).append(",1,0\n");
      }
    }
    file("dock.csv", csv.toString());

    pond.run("inbox", longYaml("ambiguous: earlier")).requireDone();

    assertThat(expected).hasSize(repeats ? 365 * 24 : 365 * 24 - 1);
    assertThat(pond.rows("/field/dock.series").keySet()).isEqualTo(expected);
  }

  @Test
  void take_damagedFileInTheMiddle_isReportedWithItsLineAndTakenOnceItIsMended()
      throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,oops,0\n");
    file("c.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-\n");
    file("d.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    file("e.csv", HEAD + "T,D,x,yesterday,1,0\nT,D,x,2025-05-31 21:00,1,0\n");

    CollectPond.Ran ran = take();

    assertThat(ran.failure().orElseThrow().problem())
        .startsWith("3 of 5 files failed")
        .contains("b.csv', line 3: 'oops' is no number")
        .contains("e.csv', line 2: 'yesterday' is no time")
        .containsIgnoringCase("line 3");
    assertThat(pond.rows("/field/a.series")).hasSize(1);
    assertThat(pond.rows("/field/d.series")).hasSize(1);
    assertThat(pond.rows("/field/b.series")).isEmpty();
    file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,5,0\n");
    assertThat(take().failure().orElseThrow().problem()).startsWith("2 of 5 files failed");
    assertThat(pond.rows("/field/b.series")).hasSize(2);
  }

  @Test
  void take_badValueAfterEmptyLinesAndQuotedOnes_isToldWithTheLineWhereItStands()
      throws IOException {
    String text =
        "a note\n"
            + HEAD
            + "\nT,D,x,2025-05-31 21:00,1,0\n\n\n\"T\",\"D \"\"x\"\"\n\nof it\",x,"
            + "2025-05-31 22:00,2,0\n\nT,D,x,2025-05-31 23:00,oops,0\n";
    file("a.csv", text);
    Path packed = inbox.resolve("b.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String plain = longYaml("options: {skip: 1}");
    String gzip = plain.replace("*.csv", "*.csv.gz").replace("format: csv", "format: csv+gzip");

    assertThat(pond.run("inbox", plain).failure().orElseThrow().problem())
        .contains("a.csv', line 11: 'oops' is no number");
    assertThat(pond.run("inbox", gzip).failure().orElseThrow().problem())
        .contains("b.csv.gz', line 11: 'oops' is no number");
  }

  @Test
  void take_killedAtEitherSideOfTheCommit_takesEachFileOnce() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    pond.killAfterCommit(1);
    assertThatThrownBy(this::take).isInstanceOf(CollectPond.Killed.class);
    pond.reopen();
    pond.killBeforeCommit(1);
    assertThatThrownBy(this::take).isInstanceOf(CollectPond.Killed.class);
    pond.reopen();
    pond.killNoMore();

    assertThat(take().requireDone().printed().getLast()).isEqualTo("1 file taken in, 1 in already");
    assertThat(pond.versions("/field/a.series")).hasSize(1);
    assertThat(pond.versions("/field/b.series")).hasSize(1);
  }

  @Test
  void take_archiveTo_movesWhatIsIn() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,oops,0\n");
    Path archive = directory.resolve("done");

    pond.run("inbox", longYaml("") + "archive_to: " + archive);

    assertThat(inbox.resolve("a.csv")).doesNotExist();
    assertThat(archive.resolve("a.csv")).exists();
    assertThat(inbox.resolve("b.csv")).exists();
  }

  @Test
  void take_wideCsvAndData_goWhereTheyAreSaidTo() throws IOException {
    file("x.txt", "time,a,b\n2025-01-01T00:00:00Z,1,\n2025-01-01 00:00:01,2,3\n");
    file("note.md", "hello");
    String yaml =
        """
        sources:
          - {pattern: '%1$s/*.txt', format: csv, to: /wide.series}
          - {pattern: '%1$s/*.txt', format: csv, to: '/tables/$0', as: table}
          - {pattern: '%1$s/*.md', format: data, to: '/notes/$0.md', as: data}
        """
            .formatted(inbox);

    pond.run("inbox", yaml).requireDone();

    assertThat(pond.rows("/wide.series"))
        .isEqualTo(Map.of(1735689600L, Map.of("a", 1.0), 1735689601L, Map.of("a", 2.0, "b", 3.0)));
    assertThat(pond.versions("/tables/x")).hasSize(1);
    assertThat(pond.versions("/notes/note.md").getFirst().sizeBytes()).isEqualTo(5);
  }

  private CollectPond.Ran takeWide() {
    return pond.run(
        "inbox", "sources: [{pattern: '" + inbox + "/*', format: csv, to: /wide.series}]");
  }

  @Test
  void take_wideColumnThatIsEmptyAtFirst_isOfNumbersOnceThereAreSome() throws IOException {
    file("a.csv", "time,a,b\n2025-01-01,1,\n2025-01-02,2,\n");
    takeWide().requireDone();
    file("b.csv", "time,a,b\n2025-01-03,3,7\n2025-01-04,4,8.5\n");

    takeWide().requireDone();

    assertThat(pond.rows("/wide.series"))
        .isEqualTo(
            Map.of(
                seconds("2025-01-01T00:00:00Z"), Map.of("a", 1.0),
                seconds("2025-01-02T00:00:00Z"), Map.of("a", 2.0),
                seconds("2025-01-03T00:00:00Z"), Map.of("a", 3.0, "b", 7.0),
                seconds("2025-01-04T00:00:00Z"), Map.of("a", 4.0, "b", 8.5)));
  }

  @Test
  void take_wideColumnWithABadNumber_isReportedWithItsLineWhereverItIs() throws IOException {
    file("a.csv", "time,a\n2025-01-01,1\n\n2025-01-02,oops\n2025-01-03,3\n");
    file("b.csv", "time,a\n2025-01-04,4\n2025-01-05,5.5\n");
    file("c.csv", "time,a\n2025-01-06,none\n2025-01-07,true\n");
    file("d.csv", "time,a\n2025-01-08,false\n");

    assertThat(takeWide().failure().orElseThrow().problem())
        .contains("3 of 4 files failed")
        .contains("a.csv', line 4: 'oops' in column 'a' is no number")
        .contains("c.csv', line 2: 'none' in column 'a' is no number")
        .contains("d.csv', line 2: 'false' in column 'a' is no number");
    assertThat(pond.rows("/wide.series")).hasSize(2);
    file("a.csv", "time,a\n2025-01-01,1\n\n2025-01-02,2\n2025-01-03,3\n");
    takeWide();
    assertThat(pond.rows("/wide.series")).hasSize(5);
  }

  @Test
  void take_wideColumnOfText_staysTextAsItIsWritten() throws IOException {
    file("a.csv", "time,remark,a\n2025-01-01,calm,1\n2025-01-02,12,2\n2025-01-03,windy,3\n");
    takeWide().requireDone();
    file("b.csv", "time,remark,a\n2025-01-04,007,4\n2025-01-05,1.50,5\n");

    takeWide().requireDone();

    assertThat(
            pond.number(
                "/wide.series",
                "SELECT count(*) FROM source WHERE remark IN ('calm', '12', 'windy', '007',"
                    + " '1.50') AND a BETWEEN 1 AND 5"))
        .isEqualTo(5);
  }

  @Test
  void take_numberThatIsNone_isNoValueAndAnInfiniteOneIsAnError() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,NaN,0\nT,D,x,2025-05-31 22:00,2,\n");
    file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,-inf,0\n");
    file("c.csv", HEAD + "T,D,x,2025-05-31 21:00,1,nan\n");

    assertThat(take().failure().orElseThrow().problem())
        .contains("2 of 3 files failed")
        .contains("b.csv', line 3: '-inf' is no number")
        .contains("c.csv', line 2: 'nan' is no number");
    assertThat(pond.rows("/field/a.series"))
        .isEqualTo(Map.of(seconds("2025-06-01T05:00:00Z"), Map.of("T", 2.0)));
    file("w.txt", "time,a,b\n2025-01-01,nan,1\n2025-01-02,2,1\n");
    file("x.txt", "time,a,b\n2025-01-03,4,1\n2025-01-04,Infinity,1\n");
    String wide = "sources: [{pattern: '" + inbox + "/*.txt', format: csv, to: /wide.series}]";
    assertThat(pond.run("inbox", wide).failure().orElseThrow().problem())
        .contains("x.txt', line 3: 'inf' in column 'a' is no number");
    assertThat(pond.rows("/wide.series"))
        .isEqualTo(
            Map.of(
                seconds("2025-01-01T00:00:00Z"), Map.of("b", 1.0),
                seconds("2025-01-02T00:00:00Z"), Map.of("a", 2.0, "b", 1.0)));
  }

  @Test
  void take_badValueThatIsLong_isShownByItsBeginning() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00," + "x".repeat(5000) + ",0\n");
    file("b.csv", HEAD + "T,D,x," + "y".repeat(5000) + ",1,0\n");

    assertThat(take().failure().orElseThrow().problem())
        .contains("a.csv', line 2: '" + "x".repeat(80) + "…' is no number")
        .contains("b.csv', line 2: '" + "y".repeat(80) + "…' is no time");
  }

  @Test
  void take_decimalComma_isReadInLongFilesToo() throws IOException {
    file("a.csv", HEAD.replace(',', ';') + "T;D;x;2025-05-31 21:00;1,5;0,25\n");

    pond.run("inbox", longYaml("options: {decimal_separator: ','}")).requireDone();

    assertThat(pond.rows("/field/a.series"))
        .isEqualTo(Map.of(seconds("2025-06-01T04:00:00Z"), Map.of("T", 1.25)));
  }

  @Test
  void take_folderThatIsMissing_isNamedAndTheOthersAreIn() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    String missing = "  - {pattern: '" + inbox + "/usb/*.csv', format: csv, to: /usb.series}\n";

    CollectPond.Ran ran = pond.run("inbox", longYaml("") + missing).requireDone();

    assertThat(ran.warned())
        .containsExactly(
            "'" + inbox + "/usb/*.csv' matches nothing: there is no folder " + inbox + "/usb");
    assertThat(ran.printed()).contains("1 file taken in, 0 in already");
  }

  @Test
  void take_folderThatCannotBeRead_isNamedAndTheOthersAreIn() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    Path locked = Files.createDirectories(inbox.resolve("locked"));
    Files.setPosixFilePermissions(locked, Set.of());
    assumeFalse(Files.isReadable(locked), "this user may read everything");

    CollectPond.Ran ran = pond.run("inbox", longYaml("").replace("/*.csv", "/**/*.csv"));

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining("'" + locked + "' cannot be looked into: it may not be read");
    assertThat(ran.printed()).contains("1 file taken in, 0 in already");
  }

  @Test
  void take_foldersThatLeadInACircle_areWalkedOnce() throws IOException {
    file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    Files.createSymbolicLink(inbox.resolve("again"), inbox);

    CollectPond.Ran ran =
        pond.run("inbox", longYaml("").replace("/*.csv", "/**/*.csv").replace("$0", "all"));

    assertThat(ran.requireDone().printed()).contains("1 file taken in, 0 in already");
  }

  @Test
  void take_pageThatNamesItsPlace_notesItWithTheSeries() throws IOException {
    String page =
        """
        <table>
        <tr><td isi-group-member='L' isi-property='Name'>Location Name = <span isi-value=''>%s</span></td></tr>
        <tr><td isi-group-member='L' isi-property='Latitude'><span isi-value=''>38.1 °</span></td></tr>
        <tr><td isi-group-member='L' isi-property='TimeAdjustment'> Time shown in UTC </td></tr>
        <tr><td>Date Time</td><td>Depth (ft)</td></tr>
        <tr isi-hv-timestamp='%d'><td></td><td>1.5</td></tr>
        </table>
        """;
    String yaml =
        "sources: [{pattern: '" + inbox + "/*.htm', format: excelhtml, to: /page.series}]";
    file("a.htm", page.formatted("Dock & Pier", 1717243200000L));
    pond.run("inbox", yaml).requireDone();
    file("b.htm", page.formatted("Pier", 1717243300000L).replaceAll(".*isi-property.*\n", ""));

    pond.run("inbox", yaml).requireDone();

    assertThat(pond.versions("/page.series")).hasSize(2);
    assertThat(pond.versions("/page.series").getLast().facts().attributes())
        .containsEntry(
            "properties",
            "{\"Name\":\"Dock & Pier\",\"Latitude\":\"38.1 °\",\"TimeAdjustment\":\"Time shown in"
                + " UTC\"}");
  }

  @Test
  void take_pageThatIsCutOff_bringsItsWholeRowsAndTheOthersOnceItIsWhole() throws IOException {
    String page =
        """
        <table>
        <tr><td>Date Time</td><td>Depth (ft)</td></tr>
        <tr isi-hv-timestamp='1717243200000'><td></td><td>1.5</td></tr>
        <tr isi-hv-timestamp='1717246800000'><td></td><td>12.75</td></tr>
        </table>
        """;
    String yaml =
        "sources: [{pattern: '" + inbox + "/*.htm', format: excelhtml, to: /page.series}]";
    file("a.htm", page.substring(0, page.indexOf(".75")));

    CollectPond.Ran ran = pond.run("inbox", yaml).requireDone();

    assertThat(ran.warned())
        .containsExactly(
            "'"
                + inbox.resolve("a.htm")
                + "', line 4: the page is cut off here; the row before is in");
    assertThat(pond.rows("/page.series")).isEqualTo(Map.of(1717243200L, Map.of("Depth (ft)", 1.5)));
    file("a.htm", page);
    assertThat(pond.run("inbox", yaml).requireDone().warned()).isEmpty();
    assertThat(pond.rows("/page.series"))
        .isEqualTo(
            Map.of(
                1717243200L, Map.of("Depth (ft)", 1.5), 1717246800L, Map.of("Depth (ft)", 12.75)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "csv! ^time,a\n2025-01-01,1,2\n^! Correct the file, or say how it is written, as in"
            + " 'options: {delim: \";\", decimal_separator: \",\", skip: 2}'.",
        "csv! ^time,a\n2025-01-01,\u00ff\n^! Say the encoding, 'options: {encoding: latin-1}' or"
            + " 'options: {encoding: utf-16}', or convert the file.",
        "csv+gzip! ^time,a\n^! Leave '+gzip' out of 'format' when it is plain text.",
        "excelhtml! <table><tr><td>Date Time<td>A<tr><td>2025-01-01 00:00<td>1</table>! Say it,"
            + " with 'timezone: America/Los_Angeles' for instance.",
        "excelhtml! <table></table>! Name the header of the time with 'time_column: …', or save"
            + " it as CSV."
      })
  void take_badFile_advisesWhatToWriteInTheConfiguration(String format, String text, String remedy)
      throws IOException {
    Files.writeString(inbox.resolve("a"), text, StandardCharsets.ISO_8859_1);

    CollectPond.Ran ran =
        pond.run(
            "inbox", "sources: [{pattern: '" + inbox + "/*', format: " + format + ", to: /a}]");

    assertThat(ran.failure().orElseThrow().problem()).endsWith(". " + remedy);
  }

  @Test
  void check_formatThatIsNone_isToldAsItIsWritten() {
    assertThatThrownBy(
            () -> pond.check("inbox", "sources: [{pattern: /a/*, format: csvv, to: /a}]"))
        .hasMessage(
            "node.yaml:1:11: the format 'csvv' cannot be read: 'csvv' is not a format. Did you"
                + " mean 'csv'?");
    assertThatThrownBy(() ->
            pond.check(
                "inbox", "sources: [{pattern: /a/*, format: csv, options: {skip: x}, to: /a}]"))
        .hasMessageContaining("Give 0 or more: 'options: {skip: 2}'.");
  }

  @Test
  void check_configuration_tellsAllMistakes() {
    String yaml =
        """
        sources:
          - {pattern: 'a/*.csv', format: csv, to: /x}
          - {pattern: '/a/*.csv', format: csvv, to: /x}
          - {pattern: '/a/*.csv', format: csv, to: /x$1}
          - {pattern: '/a/*.csv', format: csv, to: /x, timezone: Mars}
        """;

    assertThatThrownBy(() -> pond.check("inbox", yaml))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("'node.yaml' has 4 mistakes")
        .hasMessageContaining("'a/*.csv' is no absolute pattern of files")
        .hasMessageContaining("csvv")
        .hasMessageContaining("refers to capture 1")
        .hasMessageContaining("'Mars' is not a time zone");
  }

  @ParameterizedTest
  @CsvSource({
    "/in/**/*.csv, /in/done, true",
    "/in/*.csv, /in, true",
    "/in/*/*.csv, /in/done, true",
    "/in/**, /in/done/old, true",
    "/in/*.csv, /in/done, false",
    "/in/*/*.csv, /done, false"
  })
  void check_archiveAmongTheFoldersOfThePattern_isAMistake(
      String pattern, String archive, boolean isMistake) throws IOException {
    String yaml =
        "sources: [{pattern: '%s', format: csv, to: /a}]\narchive_to: %s\n"
            .formatted(pattern, archive);
    if (isMistake) {
      assertThatThrownBy(() -> pond.check("inbox", yaml))
          .hasMessageContaining("'" + archive + "' is among the folders of '" + pattern + "'");
    } else {
      pond.check("inbox", yaml);
    }
  }

  @Test
  void check_sourcesThatUndoEachOther_areMistakes() {
    String yaml =
        """
        sources:
          - {pattern: '/a/*.csv', format: csv, to: /x}
          - {pattern: '/b/*.csv', format: csv, to: /x, as: table}
          - {pattern: '/a/*.csv', format: csv, to: /x, timezone: America/New_York}
        """;

    assertThatThrownBy(() -> pond.check("inbox", yaml))
        .hasMessageContaining("two sources make different things of '/x'")
        .hasMessageContaining("two sources bring the files of '/a/*.csv' to '/x'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "data"})
  void check_duplicatesOfWhatIsReplaced_areAMistake(String as) {
    String yaml =
        "sources: [{pattern: /a/*, format: csv, to: /a, as: %s, on_duplicate: first}]"
            .formatted(as);

    assertThatThrownBy(() -> pond.check("inbox", yaml))
        .hasMessageContaining("the newest file takes the place of the others, as it is");
  }
}
