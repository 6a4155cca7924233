package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that begin, end or lie within the hour that the clocks show twice.
 *
 * <pre>
 * row    -2    -1     0     1     2     3     4     5     6     7     8     9    10    11    12    13
 * clock 00:00 00:15 00:30 00:45 01:00 01:15 01:30 01:45 01:00 01:15 01:30 01:45 02:00 02:15 02:30 02:45
 * UTC   07:00 07:15 07:30 07:45 08:00 08:15 08:30 08:45 09:00 09:15 09:30 09:45 10:00 10:15 10:30 10:45
 * </pre>
 */
final class InboxRepeatedHourTest {
  private static final int FIRST = -2;
  private static final int ROWS = 14;
  private static final long START = InboxFolder.seconds("2024-11-03T07:30:00Z");

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  private static String clock(int row) {
    int hour = row < 2 ? 0 : row < 10 ? 1 : 2;
    return "2024-11-03 %02d:%02d".formatted(hour, Math.floorMod(row + 2, 4) * 15);
  }

  /** Writes rows with their numbers as values. */
  private void rows(String name, int from, int to, boolean isNewestFirst) {
    List<String> lines = new ArrayList<>();
    for (int row = from; row <= to; row++) {
      lines.add(clock(row) + "," + row);
    }
    inbox.longFile(name, (isNewestFirst ? lines.reversed() : lines).toArray(String[]::new));
  }

  private CollectPond.Ran take(String more) {
    return inbox.take(inbox.longYaml(more).replace("/field/$0.series", "/a"));
  }

  private static Map<Long, Map<String, Double>> expected(int from, int to) {
    Map<Long, Map<String, Double>> rows = new TreeMap<>();
    for (int row = from; row <= to; row++) {
      rows.put(START + row * 900L, Map.of("T", (double) row));
    }
    return rows;
  }

  private Map<Long, Map<String, Double>> stored() {
    return inbox.pond().rows("/a");
  }

  static Stream<Arguments> cuts() {
    List<Arguments> cuts = new ArrayList<>();
    for (int end = 2; end <= 9; end++) {
      cuts.add(Arguments.of("", false, end));
      cuts.add(Arguments.of("ambiguous: earlier", true, end));
      cuts.add(Arguments.of("ambiguous: later", false, end));
    }
    return cuts.stream();
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void take_filesThatAreCutInTheHour_giveEachRowItsInstant(
      String more, boolean isNewestFirst, int end) {
    rows("a.csv", FIRST, end, isNewestFirst);
    rows("b.csv", end + 1, ROWS - 1, isNewestFirst);

    CollectPond.Ran ran = take(more).requireDone();

    assertThat(stored()).isEqualTo(expected(FIRST, ROWS - 1));
    assertThat(ran.warned()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void take_filesThatOverlapInTheHour_giveEachRowItsInstantOnce(
      String more, boolean isNewestFirst, int end) {
    rows("a.csv", FIRST, end, isNewestFirst);
    rows("b.csv", Math.max(FIRST, end - 3), ROWS - 1, isNewestFirst);

    CollectPond.Ran ran = take(more).requireDone();

    assertThat(stored()).isEqualTo(expected(FIRST, ROWS - 1));
    assertThat(ran.printed()).noneMatch(line -> line.contains("revised"));
  }

  @Test
  void take_rowsAfterTheDropThatAreThereOnce_areOfTheSecondHour() {
    inbox.longFile(
        "a.csv",
        "2024-11-03 00:30,0",
        "2024-11-03 01:00,2",
        "2024-11-03 01:30,4",
        "2024-11-03 01:15,7",
        "2024-11-03 01:45,9",
        "2024-11-03 02:00,10");

    take("ambiguous: earlier").requireDone();

    assertThat(stored().keySet())
        .containsExactlyInAnyOrder(
            START, START + 1800, START + 3600, START + 6300, START + 8100, START + 9000);
  }

  @ParameterizedTest
  @CsvSource({"earlier, 3", "later, 7"})
  void take_rowsWithinTheHourAlone_areReadAsIsSaidReplaceNothingAndAreTold(String side, int row) {
    rows("a.csv", FIRST, ROWS - 1, false);
    take("ambiguous: " + side).requireDone();
    inbox.longFile("b.csv", "2024-11-03 01:15,70", "2024-11-03 01:20,80", "2024-11-03 01:30,90");

    CollectPond.Ran ran = take("ambiguous: " + side).requireDone();

    Map<Long, Map<String, Double>> expected = expected(FIRST, ROWS - 1);
    expected.put(START + row * 900L + 300, Map.of("T", 80.0));
    assertThat(stored()).isEqualTo(expected);
    assertThat(ran.warned())
        .containsExactly(
            "'"
                + inbox.resolve("b.csv")
                + "': 3 rows from 2024-11-03 01:15 to 2024-11-03 01:30 may be of either hour, as the"
                + " clocks were put back; they are read as 'ambiguous: "
                + side
                + "' says, and replace nothing that is there");
  }

  @Test
  void take_rowsThatMayBeOfEitherHour_giveWayToThoseThatAreCertain() {
    inbox.longFile("a.csv", "2024-11-03 01:15,70", "2024-11-03 01:30,90");
    take("ambiguous: earlier").requireDone();
    assertThat(stored()).hasSize(2);
    rows("b.csv", FIRST, ROWS - 1, false);

    take("ambiguous: earlier").requireDone();

    assertThat(stored()).isEqualTo(expected(FIRST, ROWS - 1));
  }

  @Test
  void take_fileOfWhichSomeIsCertain_replacesWithThatAlone() {
    rows("a.csv", FIRST, ROWS - 1, false);
    inbox.file("b.csv", InboxFolder.HEAD + "U,D,x,2024-11-03 01:15,3,0\n");
    take("ambiguous: earlier").requireDone();
    StringBuilder text = new StringBuilder(InboxFolder.HEAD);
    for (int row = 2; row < 10; row++) {
      text.append("T,D,x,").append(clock(row)).append(',').append(row * 10).append(",0\n");
    }
    text.append("U,D,x,2024-11-03 01:15,300,0\nU,D,x,2024-11-03 01:30,400,0\n");
    inbox.file("c.csv", text.toString());

    take("ambiguous: earlier").requireDone();

    Map<Long, Map<String, Double>> expected = expected(FIRST, ROWS - 1);
    for (int row = 2; row < 10; row++) {
      expected.put(START + row * 900L, Map.of("T", row * 10.0));
    }
    expected.put(START + 3 * 900L, Map.of("T", 30.0, "U", 3.0));
    expected.put(START + 4 * 900L, Map.of("T", 40.0, "U", 400.0));
    assertThat(stored()).isEqualTo(expected);
  }

  @Test
  void take_rowsThatMayBeOfEitherHourWithoutASide_areAnErrorWithItsLine() {
    inbox.longFile("a.csv", "2024-11-03 01:15,70", "2024-11-03 01:30,90");

    assertThat(take("").failure().orElseThrow().problem())
        .contains("a.csv', line 2: '2024-11-03 01:15'")
        .contains("it occurs twice, as the clocks were put back");
  }

  @Test
  void take_rowsOfEachDayInTheHour_areReadAsIsSaid() {
    inbox.longFile("a.csv", "2024-11-02 01:30,1", "2024-11-03 01:30,2", "2024-11-04 01:30,3");

    CollectPond.Ran ran = take("ambiguous: later").requireDone();

    assertThat(stored().keySet()).contains(InboxFolder.seconds("2024-11-03T09:30:00Z"));
    assertThat(ran.warned()).hasSize(1);
  }

  @Test
  void take_rowsThatAreAllThereTwice_areNoSecondHour() {
    List<String> lines = new ArrayList<>();
    for (int row = FIRST; row <= 5; row++) {
      lines.add(clock(row) + "," + row);
      lines.add(clock(row) + "," + row);
    }
    inbox.longFile("a.csv", lines.toArray(String[]::new));

    take("ambiguous: later").requireDone();

    assertThat(stored()).isEqualTo(expected(FIRST, 5));
  }

  @Test
  void take_wideFileWithARowForEachSensor_keepsTheValuesOfAll() {
    inbox.file(
        "a.csv",
        """
        timestamp,a,b
        2024-11-02 22:00,-2,
        2024-11-02 22:00,,-20
        2024-11-02 23:00,-1,
        2024-11-02 23:00,,-10
        2024-11-03 00:00,1,
        2024-11-03 00:00,,10
        2024-11-03 01:00,3,
        2024-11-03 01:00,,30
        2024-11-03 01:00,5,
        2024-11-03 01:00,,50
        2024-11-03 02:00,7,
        2024-11-03 02:00,,70
        """);

    inbox.take(inbox.yaml("csv", "timezone: America/Los_Angeles")).requireDone();

    assertThat(stored())
        .containsEntry(InboxFolder.seconds("2024-11-03T08:00:00Z"), Map.of("a", 3.0, "b", 30.0))
        .containsEntry(InboxFolder.seconds("2024-11-03T09:00:00Z"), Map.of("a", 5.0, "b", 50.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-11-03 00:10,1;2024-11-03 01:40,2",
        "2024-11-02 22:30,1;2024-11-02 23:30,2;2024-11-03 00:30,3;2024-11-03 02:30,4;"
            + "2024-11-03 01:30,5",
        "2024-11-03 01:00,4;2024-11-03 01:30,5;2024-11-03 02:00,6;2024-11-02 22:00,1;"
            + "2024-11-02 22:30,1;2024-11-03 00:00,2;2024-11-03 00:30,2;2024-11-03 01:00,2;"
            + "2024-11-03 01:30,3",
      })
  void take_rowsWhoseHourNothingTells_areAnError(String rows) {
    inbox.longFile("a.csv", rows.split(";"));

    assertThat(take("").failure().orElseThrow().problem())
        .contains("it occurs twice, as the clocks were put back");
  }
}
