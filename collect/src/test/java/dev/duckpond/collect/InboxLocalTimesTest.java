package dev.duckpond.collect;

import static dev.duckpond.collect.InboxFolder.HEAD;
import static dev.duckpond.collect.InboxFolder.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Local times, on the two days of a year on which the clocks change and on others. */
final class InboxLocalTimesTest {
  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  @Test
  void take_springForward_hasNoSuchHour() throws IOException {
    inbox.file(
        "dock.csv",
        HEAD
            + "T,D,x,2025-03-09 01:59,1,0\nT,D,x,2025-03-09 03:00,2,0\nT,D,x,2025-03-09 02:30,3,0\n");

    CollectPond.Ran ran = inbox.takeLong("");

    assertThat(ran.failure().orElseThrow())
        .hasMessageContaining(
            "dock.csv', line 4: '2025-03-09 02:30' in America/Los_Angeles is no single instant:"
                + " the clocks skipped it. Say which is meant, with 'ambiguous: earlier'");
    assertThat(inbox.pond().rows("/field/dock.series")).isEmpty();
    inbox.take(inbox.longYaml("ambiguous: later")).requireDone();
    assertThat(inbox.pond().rows("/field/dock.series").keySet())
        .containsExactlyInAnyOrder(
            seconds("2025-03-09T09:59:00Z"),
            seconds("2025-03-09T10:00:00Z"),
            seconds("2025-03-09T10:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"earlier, 2024-11-03T08:30:00Z", "later, 2024-11-03T09:30:00Z"})
  void take_fallBack_takesTheSideThatIsSaid(String side, String instant) throws IOException {
    inbox.file(
        "dock.csv",
        HEAD
            + "T,D,x,2024-11-03 02:00,3,0\nT,D,x,2024-11-03 01:30,2,0\nT,D,x,2024-11-03 00:59,1,0\n");

    assertThat(inbox.takeLong("").failure().orElseThrow())
        .hasMessageContaining("line 3: ")
        .hasMessageContaining("it occurs twice, as the clocks were put back");
    inbox.take(inbox.longYaml("ambiguous: " + side)).requireDone();

    assertThat(inbox.pond().rows("/field/dock.series").keySet())
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
    inbox.file("dock.csv", HEAD + String.join("\n", lines) + "\n");

    inbox.take(inbox.longYaml("ambiguous: " + side)).requireDone();

    assertThat(inbox.pond().rows("/field/dock.series"))
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
    inbox.file(
        "a.csv",
        """
        time,a,b
        2024-11-03 02:00,7,7
        2024-11-03 01:30,5,
        2024-11-03 01:00,4,4
        2024-11-03 01:30,3,3
        2024-11-03 01:15,1,
        2024-11-03 01:15,,9
        2024-11-03 01:00,2,
        """);
    String yaml =
        "sources: [{pattern: '"
            + inbox.path()
            + "/*', format: csv, to: /a, timezone: America/Los_Angeles}]";

    inbox.take(yaml).requireDone();

    assertThat(inbox.pond().rows("/a"))
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
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 21:00 XYZ,1,0\n");

    assertThat(inbox.takeLong("").failure().orElseThrow().problem())
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
    inbox.file("a.csv", text.toString());
    String yaml =
        "sources: [{pattern: '%s/*', format: %s, to: /a, timezone: America/Los_Angeles}]"
            .formatted(inbox.path(), format);

    inbox.take(yaml).requireDone();

    assertThat(
            inbox
                .pond()
                .number(
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
    inbox.file("dock.csv", csv.toString());

    inbox.take(inbox.longYaml("ambiguous: earlier")).requireDone();

    assertThat(expected).hasSize(repeats ? 365 * 24 : 365 * 24 - 1);
    assertThat(inbox.pond().rows("/field/dock.series").keySet()).isEqualTo(expected);
  }
}
