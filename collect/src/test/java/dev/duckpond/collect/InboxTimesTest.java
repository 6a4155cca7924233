package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How times may be written in files, and which of them nobody can tell for sure. */
final class InboxTimesTest {
  private static final String LOCAL = "timezone: America/Los_Angeles";

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

  private CollectPond.Ran take(String more, String... times) throws IOException {
    StringBuilder text = new StringBuilder("time,a\n");
    for (String time : times) {
      text.append(time).append(",1\n");
    }
    Path file = inbox.resolve("a.csv");
    Files.writeString(file, text.toString());
    Files.setLastModifiedTime(file, FileTime.from(CollectPond.START.minusSeconds(3600)));
    return pond.run(
        "inbox", "sources: [{pattern: '%s/*', format: csv, to: /a, %s}]".formatted(inbox, more));
  }

  private void assertInstant(String more, String time, String instant) throws IOException {
    take(more, time).requireDone();
    assertThat(pond.rows("/a").keySet())
        .as(time)
        .isEqualTo(Set.of(Instant.parse(instant).getEpochSecond()));
  }

  private String problem(String more, String... times) throws IOException {
    return take(more, times).failure().orElseThrow().problem();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-06-01 12:00:00 UTC",
        "2024-06-01 12:00 utc",
        "2024-06-01T12:00:00GMT",
        "2024-06-01 12:00:00 Z",
        "2024-06-01 12:00:00z",
        "2024-06-01 12:00:00+00:00:00",
        "2024-06-01 12:00:00 +00:00",
        "2024-06-01 05:00:00 -0700",
        "2024/06/01 05:00:00-07",
        "2024-06-01 06:00:00.0 America/Denver",
        "2024-06-01 05:00:00 Etc/GMT+7",
        "2024-06-01 05:00:00"
      })
  void take_timeWithOneKindOfZoneInTheWholeFile_isReadByThatZone(String time) throws IOException {
    assertInstant(LOCAL, time, "2024-06-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PDT", "PST", "CST", "BST", "EST", "(PDT)", "PM", "UTC+7", "GMT-7"})
  void take_timeWithAnAbbreviation_isAnErrorWithItsLineAndAdvice(String word) throws IOException {
    String expected =
        ", line 3: '2024-06-01 12:00:00 "
            + word
            + "' ends in a word that is not clear: abbreviations of zones stand for several; UTC,"
            + " GMT, Z, offsets such as -07:00 and names such as America/Denver for one.";

    assertThat(problem(LOCAL, "2024-06-01 11:00:00", "2024-06-01 12:00:00 " + word))
        .contains(expected);
    assertThat(problem("as: series", "2024-06-01 11:00:00", "2024-06-01 12:00:00 " + word))
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01/02/2024 12:00",
        "13/02/2024 12:00:00",
        "1.2.2024",
        "03/04/24",
        "24-03-04 10:00",
        "20240601",
        "202406011200",
        "20240601120000"
      })
  void take_dateThatMayBeReadInSeveralWays_isAnErrorWithItsLineAndAdvice(String time)
      throws IOException {
    assertThat(problem("as: series", time))
        .contains(", line 2: '" + time + "' can be read in several ways")
        .contains("with 'options: {timestampformat: ");
  }

  @ParameterizedTest
  @CsvSource({
    "%d/%m/%Y %H:%M, 01/02/2024 12:00, 2024-02-01T12:00:00Z",
    "%m/%d/%Y %H:%M, 01/02/2024 12:00, 2024-01-02T12:00:00Z",
    "%d.%m.%y, 03.04.24, 2024-04-03T00:00:00Z",
    "%Y%m%d, 20240601, 2024-06-01T00:00:00Z",
    "%Y-%m-%d %I:%M %p, 2024-06-01 01:00 PM, 2024-06-01T13:00:00Z"
  })
  void take_timeWhoseFormatIsGiven_isReadByIt(String format, String time, String instant)
      throws IOException {
    assertInstant("options: {timestampformat: '" + format + "'}", time, instant);
  }

  @Test
  void take_dateThatDoesNotFitTheGivenFormat_isAnErrorWithItsLine() throws IOException {
    assertThat(problem("options: {timestampformat: '%d/%m/%Y'}", "01/02/2024", "01/13/2024"))
        .contains("01/13/2024");
  }

  @ParameterizedTest
  @ValueSource(strings = {"infinity", "-infinity", "epoch", "12:00:00"})
  void take_wordThatTheEngineTakesForATime_isAnErrorWithItsLine(String time) throws IOException {
    assertThat(problem("as: series", "2024-06-01 12:00:00", time))
        .contains(", line 3: '" + time + "' is no time");
  }
}
