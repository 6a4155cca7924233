package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the order of rows tells of an hour that the clocks show twice, and what it does not.
 *
 * <p>Rows are written as the clocks of Los Angeles show them on 2024-11-03, when 01:00 to 02:00 was
 * there from 08:00 UTC on and again from 09:00; a time before 12:00 is of that day, another one of
 * the day before. Behind a time come the columns with a value.
 */
final class InboxHourOrderTest {
  private static final LocalDate DAY = LocalDate.of(2024, 11, 3);

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  private static LocalDateTime near(String time) {
    LocalTime clock = LocalTime.parse(time);
    return (clock.getHour() < 12 ? DAY : DAY.minusDays(1)).atTime(clock);
  }

  /** Writes rows as wide CSV, with their numbers as values. */
  private CollectPond.Ran take(String rows, String more) {
    StringBuilder text = new StringBuilder("time,a,b\n");
    int number = 0;
    for (String row : rows.split(" ", -1)) {
      String columns = row.replaceAll("[0-9:]", "");
      String value = String.valueOf(number++);
      text.append(near(row.replaceAll("[ab]", "")))
          .append(',')
          .append(columns.contains("a") ? value : "")
          .append(',')
          .append(columns.contains("b") ? value : "")
          .append('\n');
    }
    inbox.file("f.csv", text.toString());
    return inbox.take(
        "sources: [{pattern: '%s/*', format: csv, to: /a, timezone: America/Los_Angeles%s}]"
            .formatted(inbox.path(), more));
  }

  @ParameterizedTest
  @CsvSource({
    // A row that is repeated is no second hour, whatever else is known of the file.
    "20:00a 21:00a 21:00a 22:00a 23:00a 00:00a 01:00a 01:00a",
    "01:00a 01:00a 02:00a 03:00a 04:00a 05:00a 05:00a 06:00a",
    "00:45a 01:00a 01:00a 01:15a 01:30a",
    "00:20a 00:50a 01:30a 01:30a 01:40a 02:10a 05:03a",
    "22:00a 01:00a 01:00a",
    "01:00a 01:00a",
    // One sensor after the other.
    "01:00a 01:15a 01:30a 01:45a 01:00b 01:15b 01:30b 01:45b",
    // Which end is the older is told by one step alone.
    "01:44a 01:59b 01:14a",
    // A pair in one column that the order of all rows is against.
    "21:00a 21:30b 22:00a 22:30b 23:00a 23:30b 00:00a 00:30b 01:00a 01:00a 01:30b",
    // From one thing to another it may be any step, also one that looks like the turn.
    "21:00a 22:00a 23:00a 00:00a 01:00a 01:02b",
    "20:00a 21:00a 22:00a 23:00a 00:00a 01:00a 01:02b 02:00a 03:00a",
    // It may go by the clock on the wall.
    "13:00a 19:00a 01:00a 07:00a",
    "01:00a 07:00a",
    // Rows in no order.
    "00:45a 01:15a 01:00a 01:30a 01:15a 02:00a",
    "00:30a 00:15a 00:45a 01:00a 01:15a 01:30a"
  })
  void take_rowsThatTellNothing_areAnError(String rows) {
    assertThat(take(rows, "").failure().orElseThrow().problem())
        .contains("is no single instant: it occurs twice, as the clocks were put back");
  }

  @ParameterizedTest
  @CsvSource({
    // Times that are seconds late, and later with each row.
    "21:00:00a 22:00:01a 23:00:02a 00:00:03a 01:00:04a 01:00:05a 02:00:06a,"
        + " 04:00:00 05:00:01 06:00:02 07:00:03 08:00:04 09:00:05 10:00:06",
    "22:00:03a 23:00:02a 00:00:01a 01:00:03a 01:00:02a 02:00:01a,"
        + " 05:00:03 06:00:02 07:00:01 08:00:03 09:00:02 10:00:01",
    // A row that is repeated beside a drop.
    "00:00a 00:15a 00:30a 00:45a 01:00a 01:15a 01:15a 01:30a 01:45a 01:00a 01:15a 01:30a 01:45a 02:00a,"
        + " 07:00 07:15 07:30 07:45 08:00 08:15 08:30 08:45 09:00 09:15 09:30 09:45 10:00",
    // A column with a value in one row of the pair.
    "22:00ab 23:00ab 00:00ab 01:00b 01:00ab 02:00b 03:00b,"
        + " 05:00 06:00 07:00 08:00 09:00 10:00 11:00",
    "21:00ab 22:00b 23:00b 00:00b 01:00ab 01:00b 02:00b 03:00b,"
        + " 04:00 05:00 06:00 07:00 08:00 09:00 10:00 11:00",
    // Some rows are missing elsewhere.
    "17:00a 18:00a 20:00a 21:00a 22:00a 23:00a 00:00a 01:00a 01:00a 02:00a 03:00a 05:00a,"
        + " 00:00 01:00 03:00 04:00 05:00 06:00 07:00 08:00 09:00 10:00 11:00 13:00",
    // A thing of its own time now and then, beside one that tells.
    "22:00a 23:00a 00:00a 01:00a 01:00a 01:02b 02:00a 03:00a,"
        + " 05:00 06:00 07:00 08:00 09:00 09:02 10:00 11:00",
    "00:00a 00:15a 00:30a 00:45a 01:00a 01:15a 01:20b 01:30a,"
        + " 07:00 07:15 07:30 07:45 08:00 08:15 08:20 08:30",
    // Steps longer than the hour, which do not go by the clock on the wall.
    "01:00a 02:00a 04:00a 06:00a 08:00a, 08:00 10:00 12:00 14:00 16:00",
    "19:00a 21:00a 23:00a 01:00a 02:00a 04:00a, 02:00 04:00 06:00 08:00 10:00 12:00",
    "20:00a 22:00a 00:00a 01:00a 03:00a 05:00a, 03:00 05:00 07:00 09:00 11:00 13:00",
    // The hour alone, with a drop.
    "01:15a 01:30a 01:45a 01:00a, 08:15 08:30 08:45 09:00"
  })
  void take_rowsThatTell_areOfTheirHour(String rows, String instants) {
    take(rows, "").requireDone();

    assertThat(inbox.pond().rows("/a").keySet())
        .containsExactlyElementsOf(
            Arrays.stream(instants.split(" ", -1))
                .map(time -> DAY.atTime(LocalTime.parse(time)).toEpochSecond(ZoneOffset.UTC))
                .toList());
  }

  @Test
  void take_timesOutOfOrderMonthsBefore_sayNothingOfTheHour() {
    List<String> lines =
        new ArrayList<>(List.of("time,a", "2024-05-01 10:15,0", "2024-05-01 10:14,1"));
    for (String time : "00:30 00:45 01:00 01:15 01:30 01:45 01:00".split(" ", -1)) {
      lines.add(near(time) + ",2");
    }
    inbox.file("f.csv", String.join("\n", lines) + "\n");

    inbox
        .take(
            "sources: [{pattern: '%s/*', format: csv, to: /a, timezone: America/Los_Angeles}]"
                .formatted(inbox.path()))
        .requireDone();

    assertThat(inbox.pond().rows("/a").keySet())
        .contains(InboxFolder.seconds("2024-11-03T09:00:00Z"))
        .hasSize(9);
  }

  @Test
  void take_guessedRowsOfOneInstant_areAnErrorWhereDuplicatesAre() {
    String rows = "01:15a 01:15a";

    assertThat(
            take(rows, ", ambiguous: earlier, on_duplicate: error")
                .failure()
                .orElseThrow()
                .problem())
        .contains("another value of 'a' at 2024-11-03 08:15:00");
  }

  @Test
  void take_timesThatTheClocksSkipped_replaceNothingAndAreTold() {
    String yaml =
        "sources: [{pattern: '%s/*', format: csv, to: /a, timezone: America/Los_Angeles, ambiguous: earlier}]"
            .formatted(inbox.path());
    inbox.file("a.csv", "time,a\n2024-03-10 03:00,1\n2024-03-10 03:30,2\n");
    inbox.take(yaml).requireDone();
    inbox.file("b.csv", "time,a\n2024-03-10 02:30,99\n2024-03-10 02:45,3\n");

    CollectPond.Ran ran = inbox.take(yaml).requireDone();

    assertThat(inbox.pond().rows("/a"))
        .isEqualTo(
            Map.of(
                InboxFolder.seconds("2024-03-10T10:00:00Z"), Map.of("a", 1.0),
                InboxFolder.seconds("2024-03-10T10:30:00Z"), Map.of("a", 2.0),
                InboxFolder.seconds("2024-03-10T10:45:00Z"), Map.of("a", 3.0)));
    assertThat(ran.warned())
        .containsExactly(
            "'"
                + inbox.resolve("b.csv")
                + "': 2 rows from 2024-03-10 02:30 to 2024-03-10 02:45 are of an hour that the clocks"
                + " skipped; they are read as 'ambiguous: earlier' says, and replace nothing that is"
                + " there");
  }
}
