package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files whose last line has no end, and newer ones that come while it is waited for. {@code a.csv}
 * was changed 50 minutes before the first run, and waits for another ten.
 */
final class InboxOvertakenTest {
  private static final Instant CHANGED = CollectPond.START.minusSeconds(3_000);
  private static final Instant LATER = CollectPond.START.minusSeconds(60);
  private static final String FIRST = "time,v\n2025-01-01,1\n2025-01-02,2\n2025-01-03,3";
  private static final String REVISED = "time,v\n2025-01-02,200\n2025-01-03,300\n";
  private static final String AS_A_WHOLE = "options: {skip: '0'}";

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  private List<String> take(String more) {
    return inbox.take(inbox.yaml("csv", more)).requireDone().printed();
  }

  private List<Double> values() {
    return inbox.pond().rows("/a").values().stream().map(row -> row.get("v")).toList();
  }

  private void endTheHour() {
    inbox.pond().clock().advance(Duration.ofMinutes(11));
  }

  private void takeBoth(String more) {
    inbox.file("a.csv", FIRST, CHANGED).file("b.csv", REVISED, LATER);
    take(more);
    endTheHour();
    take(more);
  }

  @Test
  void take_fileWithoutItsLastLine_doesNotUndoWhatANewerOneRevised() {
    inbox.file("a.csv", FIRST, CHANGED).file("b.csv", REVISED, LATER);
    take("");
    assertThat(values()).containsExactly(1.0, 200.0, 300.0);
    endTheHour();

    CollectPond.Ran ran = inbox.take(inbox.yaml("csv", "")).requireDone();

    assertThat(ran.printed()).contains("1 file taken in, 1 in already");
    assertThat(ran.warned())
        .containsExactly(
            "'"
                + inbox.resolve("a.csv")
                + "' was waited for while newer files for /a were taken in; it adds what is not"
                + " there, and replaces nothing");
    assertThat(values()).containsExactly(1.0, 200.0, 300.0);
    assertThat(take("")).containsExactly("0 files taken in, 2 in already");
  }

  @Test
  void take_fileThatWaitedAsAWhole_doesNotUndoWhatANewerOneBrought() {
    takeBoth(AS_A_WHOLE);

    assertThat(values()).containsExactly(1.0, 200.0, 300.0);
  }

  @ParameterizedTest
  @CsvSource({"''", AS_A_WHOLE})
  void take_fileThatWaited_fillsWhatANewerOneLeftEmpty(String more) {
    inbox
        .file("a.csv", "time,v,w\n2025-01-01,1,5\n2025-01-02,2,6\n2025-01-03,3,7", CHANGED)
        .file("b.csv", "time,v,w\n2025-01-03,300,\n", LATER);
    take(more);
    endTheHour();

    take(more);

    assertThat(inbox.pond().rows("/a").values())
        .containsExactly(
            Map.of("v", 1.0, "w", 5.0), Map.of("v", 2.0, "w", 6.0), Map.of("v", 300.0, "w", 7.0));
  }

  @ParameterizedTest
  @CsvSource({"''", AS_A_WHOLE})
  void take_fileThatWaited_replacesWhatIsOlder(String more) {
    inbox.file("0.csv", REVISED, CHANGED.minusSeconds(60)).file("a.csv", FIRST, CHANGED);
    take(more);
    endTheHour();

    take(more);

    assertThat(values()).containsExactly(1.0, 2.0, 3.0);
  }

  @ParameterizedTest
  @CsvSource({"''", AS_A_WHOLE})
  void take_newerFileAfterTheHour_comesLast(String more) {
    inbox.file("a.csv", FIRST, CHANGED);
    take(more);
    endTheHour();
    inbox.file("b.csv", REVISED, LATER);

    take(more);

    assertThat(values()).containsExactly(1.0, 200.0, 300.0);
  }

  @Test
  void take_fileOfTheSameTime_isNewerByItsName() {
    inbox
        .file("a.csv", FIRST, CHANGED)
        .file("0.csv", "time,v\n2025-01-03,30\n", CHANGED)
        .file("b.csv", "time,v\n2025-01-02,200\n", CHANGED);
    take(AS_A_WHOLE);
    endTheHour();

    take(AS_A_WHOLE);

    assertThat(values()).containsExactly(1.0, 200.0, 30.0);
  }

  @Test
  void take_fileThatIsChangedAfterANewerOne_replacesIts() {
    takeBoth("");
    inbox.file("a.csv", FIRST + ".5", CollectPond.START);

    inbox.pond().clock().advance(Duration.ofHours(2));
    take("");

    assertThat(values()).containsExactly(1.0, 2.0, 3.5);
  }

  @Test
  void take_newerFileTakenInAfterTheHour_isOlderThanItsCorrection() {
    takeBoth("");
    inbox.file("b.csv", REVISED.replace("300", "400"), CollectPond.START);

    take("");

    assertThat(values()).containsExactly(1.0, 200.0, 400.0);
  }

  @Test
  void take_wholeFileOfAnOlderTime_isTakenAsItComes() {
    inbox.file("b.csv", REVISED, LATER);
    take("");
    endTheHour();
    inbox.file("a.csv", FIRST + "\n", CHANGED);

    take("");

    assertThat(values()).containsExactly(1.0, 2.0, 3.0);
  }
}
