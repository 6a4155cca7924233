package dev.duckpond.collect;

import static dev.duckpond.collect.InboxFolder.HEAD;
import static dev.duckpond.collect.InboxFolder.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files with a column for each thing measured. */
final class InboxWideTest {
  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  @Test
  void take_wideCsvAndData_goWhereTheyAreSaidTo() throws IOException {
    inbox.file("x.txt", "time,a,b\n2025-01-01T00:00:00Z,1,\n2025-01-01 00:00:01,2,3\n");
    inbox.file("note.md", "hello");
    String yaml =
        """
        sources:
          - {pattern: '%1$s/*.txt', format: csv, to: /wide.series}
          - {pattern: '%1$s/*.txt', format: csv, to: '/tables/$0', as: table}
          - {pattern: '%1$s/*.md', format: data, to: '/notes/$0.md', as: data}
        """
            .formatted(inbox.path());

    inbox.take(yaml).requireDone();

    assertThat(inbox.pond().rows("/wide.series"))
        .isEqualTo(Map.of(1735689600L, Map.of("a", 1.0), 1735689601L, Map.of("a", 2.0, "b", 3.0)));
    assertThat(inbox.pond().versions("/tables/x")).hasSize(1);
    assertThat(inbox.pond().versions("/notes/note.md").getFirst().sizeBytes()).isEqualTo(5);
  }

  private CollectPond.Ran takeWide() {
    return inbox.take(
        "sources: [{pattern: '" + inbox.path() + "/*', format: csv, to: /wide.series}]");
  }

  @Test
  void take_manyColumnsAcrossTheRepeatedHour_needsLittleMemory() {
    int columns = 100;
    StringBuilder text = new StringBuilder("time");
    for (int i = 0; i < columns; i++) {
      text.append(",c").append(i);
    }
    LocalDateTime first = LocalDateTime.of(2024, 8, 1, 0, 0);
    int rows = 12_000;
    for (int row = 0; row < rows; row++) {
      text.append('\n').append(clock(first, row)).append(("," + row).repeat(columns));
    }
    inbox.file("a.csv", text.append('\n').toString());
    inbox.pond().memoryLimitBytes(100_000_000);

    inbox
        .take(
            "sources: [{pattern: '%s/*', format: csv, to: /wide.series, timezone: America/Los_Angeles}]"
                .formatted(inbox.path()))
        .requireDone();

    Map<Long, Map<String, Double>> stored = inbox.pond().rows("/wide.series");
    assertThat(stored).hasSize(rows);
    assertThat(stored.get(seconds("2024-08-01T07:00:00Z") + 900L * (rows - 1)))
        .containsEntry("c99", rows - 1.0);
  }

  /** Tells what the clocks of Los Angeles show so many quarters of an hour after a local time. */
  private static LocalDateTime clock(LocalDateTime first, int quarters) {
    return first
        .atZone(ZoneId.of("America/Los_Angeles"))
        .plusMinutes(15L * quarters)
        .toLocalDateTime();
  }

  @Test
  void take_wideColumnThatIsEmptyAtFirst_isOfNumbersOnceThereAreSome() throws IOException {
    inbox.file("a.csv", "time,a,b\n2025-01-01,1,\n2025-01-02,2,\n");
    takeWide().requireDone();
    inbox.file("b.csv", "time,a,b\n2025-01-03,3,7\n2025-01-04,4,8.5\n");

    takeWide().requireDone();

    assertThat(inbox.pond().rows("/wide.series"))
        .isEqualTo(
            Map.of(
                seconds("2025-01-01T00:00:00Z"), Map.of("a", 1.0),
                seconds("2025-01-02T00:00:00Z"), Map.of("a", 2.0),
                seconds("2025-01-03T00:00:00Z"), Map.of("a", 3.0, "b", 7.0),
                seconds("2025-01-04T00:00:00Z"), Map.of("a", 4.0, "b", 8.5)));
  }

  @Test
  void take_wideColumnWithABadNumber_isReportedWithItsLineWhereverItIs() throws IOException {
    inbox.file("a.csv", "time,a\n2025-01-01,1\n\n2025-01-02,oops\n2025-01-03,3\n");
    inbox.file("b.csv", "time,a\n2025-01-04,4\n2025-01-05,5.5\n");
    inbox.file("c.csv", "time,a\n2025-01-06,none\n2025-01-07,true\n");
    inbox.file("d.csv", "time,a\n2025-01-08,false\n");

    assertThat(takeWide().failure().orElseThrow().problem())
        .contains("3 of 4 files failed")
        .contains("a.csv', line 4: 'oops' in column 'a' is no number")
        .contains("c.csv', line 2: 'none' in column 'a' is no number")
        .contains("d.csv', line 2: 'false' in column 'a' is no number");
    assertThat(inbox.pond().rows("/wide.series")).hasSize(2);
    inbox.file("a.csv", "time,a\n2025-01-01,1\n\n2025-01-02,2\n2025-01-03,3\n");
    takeWide();
    assertThat(inbox.pond().rows("/wide.series")).hasSize(5);
  }

  @Test
  void take_wideColumnOfText_staysTextAsItIsWritten() throws IOException {
    inbox.file("a.csv", "time,remark,a\n2025-01-01,calm,1\n2025-01-02,12,2\n2025-01-03,windy,3\n");
    takeWide().requireDone();
    inbox.file("b.csv", "time,remark,a\n2025-01-04,007,4\n2025-01-05,1.50,5\n");

    takeWide().requireDone();

    assertThat(
            inbox
                .pond()
                .number(
                    "/wide.series",
                    "SELECT count(*) FROM source WHERE remark IN ('calm', '12', 'windy', '007',"
                        + " '1.50') AND a BETWEEN 1 AND 5"))
        .isEqualTo(5);
  }

  @Test
  void take_numberThatIsNone_isNoValueAndAnInfiniteOneIsAnError() throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,NaN,0\nT,D,x,2025-05-31 22:00,2,\n");
    inbox.file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,-inf,0\n");
    inbox.file("c.csv", HEAD + "T,D,x,2025-05-31 21:00,1,nan\n");

    assertThat(inbox.takeLong("").failure().orElseThrow().problem())
        .contains("2 of 3 files failed")
        .contains("b.csv', line 3: '-inf' is no number")
        .contains("c.csv', line 2: 'nan' is no number");
    assertThat(inbox.pond().rows("/field/a.series"))
        .isEqualTo(Map.of(seconds("2025-06-01T05:00:00Z"), Map.of("T", 2.0)));
    inbox.file("w.txt", "time,a,b\n2025-01-01,nan,1\n2025-01-02,2,1\n");
    inbox.file("x.txt", "time,a,b\n2025-01-03,4,1\n2025-01-04,Infinity,1\n");
    String wide =
        "sources: [{pattern: '" + inbox.path() + "/*.txt', format: csv, to: /wide.series}]";
    assertThat(inbox.take(wide).failure().orElseThrow().problem())
        .contains("x.txt', line 3: 'inf' in column 'a' is no number");
    assertThat(inbox.pond().rows("/wide.series"))
        .isEqualTo(
            Map.of(
                seconds("2025-01-01T00:00:00Z"), Map.of("b", 1.0),
                seconds("2025-01-02T00:00:00Z"), Map.of("a", 2.0, "b", 1.0)));
  }

  @Test
  void take_decimalComma_isReadInLongFilesToo() throws IOException {
    inbox.file("a.csv", HEAD.replace(',', ';') + "T;D;x;2025-05-31 21:00;1,5;0,25\n");

    inbox.take(inbox.longYaml("options: {decimal_separator: ','}")).requireDone();

    assertThat(inbox.pond().rows("/field/a.series"))
        .isEqualTo(Map.of(seconds("2025-06-01T04:00:00Z"), Map.of("T", 1.25)));
  }
}
