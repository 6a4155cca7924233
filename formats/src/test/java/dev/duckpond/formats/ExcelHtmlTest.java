package dev.duckpond.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcelHtmlTest {
  @TempDir Path directory;
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop = new Workshop(directory);
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private List<String> rows(Map<String, String> options, String... lines) {
    return workshop.rows(TextFormat.EXCELHTML, options, lines);
  }

  private static String row(String... cells) {
    return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
  }

  private static String table(String... rows) {
    return "<html><body><table>\n" + String.join("\n", rows) + "\n</table></body></html>";
  }

  @Test
  void convert_attributesOfTheInstant_comeBeforeItsText() {
    assertThat(
            rows(
                Map.of(),
                table(
                    "<tr><td isi-group=''>Location Properties</td></tr>",
                    "<tr><td isi-group-member=''><span>Time shown in Pacific Time</span></td></tr>",
                    "<tr><td></td></tr>",
                    row("Date Time", "Depth (ft)", "% Saturation O₂ (% sat)"),
                    "<tr isi-hv-timestamp='1717243200000'><td>2024-06-01"
                        + " 05:00:00</td><td>1.5</td><td> </td></tr>")))
        .containsExactly(
            "timestamp TIMESTAMP|Depth (ft) DOUBLE|% Saturation O₂ (% sat) DOUBLE",
            "2024-06-01 12:00:00|1.5|NULL");
  }

  @ParameterizedTest
  @CsvSource({
    "Time shown in UTC, Date Time, 2024-06-01 05:00:00",
    "Times are shown in (UTC-07:00), Date Time, 2024-06-01 12:00:00",
    "Time shown in America/Los_Angeles, Date Time, 2024-06-01 12:00:00",
    "A page, Date Time (UTC), 2024-06-01 05:00:00",
    "Time shown in UTC, Timestamp (+01:00), 2024-06-01 04:00:00"
  })
  void convert_zoneThatThePageSays_isUsed(String note, String header, String expected) {
    assertThat(
            rows(Map.of(), table(row(note), row(header, "A (m)"), row("2024-06-01 05:00:00", "1"))))
        .containsExactly("timestamp TIMESTAMP|A (m) DOUBLE", expected + "|1.0");
  }

  @Test
  void convert_zoneThatNothingSays_isAskedFor() {
    String page = table(row("Date", "Time", "A"), row("2024-06-01", "05:00", "7"));
    assertThatThrownBy(() -> rows(Map.of(), page))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'in.txt', line 3: '2024-06-01T05:00' is in no known time zone: the file does not say"
                + " in which one its times are. Say it, with '?timezone=America/Los_Angeles' for"
                + " instance.");
    assertThat(rows(Map.of("timezone", "America/Los_Angeles"), page))
        .containsExactly("timestamp TIMESTAMP|A DOUBLE", "2024-06-01 12:00:00|7.0");
  }

  @Test
  void convert_severalTables_areUnitedByName() {
    assertThat(
            rows(
                Map.of("timezone", "UTC"),
                table(row("Date Time", "A (m)"), row("2024-06-01 01:00:00", "1"), row("Next")),
                table(
                    row("Time", "B (C)", "A (m)", "A (m)", ""),
                    row("2024-06-01 02:00:00", "2", "3", "4", ""))))
        .containsExactly(
            "timestamp TIMESTAMP|A (m) DOUBLE|B (C) DOUBLE|A (m)_1 DOUBLE|column DOUBLE",
            "2024-06-01 01:00:00|1.0|NULL|NULL|NULL",
            "2024-06-01 02:00:00|3.0|2.0|4.0|NULL");
  }

  @Test
  void convert_textColumn_staysText() {
    assertThat(
            rows(
                Map.of("time_column", "Measured"),
                table(
                    "<tr><th>Nr</th><th>Measured</th><th>Remark</th></tr>",
                    row("1", "2024-06-01T05:00:00Z", "wind &amp; rain"),
                    row("2.5e3", "2024-06-01T06:00:00Z", ""))))
        .containsExactly(
            "timestamp TIMESTAMP|Nr DOUBLE|Remark VARCHAR",
            "2024-06-01 05:00:00|1.0|wind & rain",
            "2024-06-01 06:00:00|2500.0|NULL");
  }

  @Test
  void convert_charsetOfThePage_isUsed() {
    String page =
        "<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>"
            + table(row("Date Time", "T (°C)"), row("2024-06-01T05:00:00Z", "1"));
    byte[] bytes = page.getBytes(Charset.forName("windows-1252"));
    assertThat(workshop.rows(TextFormat.EXCELHTML, Map.of(), bytes).getFirst())
        .isEqualTo("timestamp TIMESTAMP|T (°C) DOUBLE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "<td>yesterday</td><td>1</td> ! 'in.txt', line 3: the row does not fit its table:"
            + " 'yesterday' is no time like '2024-06-01 12:00:00'. Correct the row or take it out.",
        "<td>2024-06-01T00:00:00Z</td><td>1</td><td>2</td> ! 'in.txt' is not excelhtml: its only line"
            + " does not fit; line 3: the row has 3 cells, the row of headers has 2. Get the page"
            + " again, or correct it.",
        "<td>2024-06-01T00:00:00Z</td><td>1,5</td> ! 'in.txt', line 3: '1,5' in column 'A (m)' is"
            + " no number: its header has a unit. Correct the cell, or leave it empty."
      })
  void convert_unfitRow_isAnErrorWithItsLine(String cells, String message) {
    assertThatThrownBy(
            () -> rows(Map.of(), table(row("Date Time", "A (m)"), "<tr>" + cells + "</tr>")))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(message);
  }

  @Test
  void convert_badCellThatIsLong_isShownByItsBeginning() {
    String cell = "x".repeat(79) + "\uD83D\uDE00".repeat(1000);
    assertThatThrownBy(() ->
            rows(Map.of(), table(row("Date Time", "A (m)"), row("2024-06-01T00:00:00Z", cell))))
        .hasMessageContaining("line 3: '" + "x".repeat(79) + "…' in column 'A (m)' is no number");
    assertThatThrownBy(
            () -> rows(Map.of(), table(row("Date Time", "A (m)"), row("z".repeat(5000), "1"))))
        .hasMessageContaining("'" + "z".repeat(80) + "…' is no time like");
  }

  @Test
  void convert_pageWithoutMeasurements_isAnError() {
    assertThatThrownBy(() -> rows(Map.of(), "a,b", "1,2"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'in.txt' has no table of measurements: no row has a header such as 'Date Time' in it."
                + " Name the header of the time with '?time_column=…', or save it as CSV.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "<td>2024-06-01T06:00:00Z</td><td>8</td></tr> ! the row has 2 cells, the row of headers has 3",
        "<td>2024-06-01T06:00:00Z</td><td>1</td><td>2</td><td>3</td></tr> ! the row has 4 cells, the"
            + " row of headers has 3",
        "<td>2024-06-01T06:00:00Z</td><td>87.1345</td><td>8 ! a cell of the row is not closed",
        "<td>2024-06-01T06 ! the row has 1 cells, the row of headers has 3"
      })
  void convert_rowWhoseCellsMayBeOfOtherColumns_isLeftOutAndToldByItsLine(
      String cells, String reason) {
    assertThat(
            rows(
                Map.of(),
                table(
                    row("Date Time", "A (m)", "B (C)"),
                    row("2024-06-01T05:00:00Z", "1.25", "7"),
                    "<tr>" + cells,
                    row("2024-06-01T07:00:00Z", "2.5", ""))))
        .containsExactly(
            "timestamp TIMESTAMP|A (m) DOUBLE|B (C) DOUBLE",
            "2024-06-01 05:00:00|1.25|7.0",
            "2024-06-01 07:00:00|2.5|NULL");
    assertThat(workshop.last().rejected().sentence("in.txt"))
        .isEqualTo("'in.txt': 1 of 3 lines left out; line 4: " + reason);
  }

  @Test
  void convert_rowLeftOutOfAPageThatIsCutOff_tellsBoth() {
    String page =
        table(
            row("Date Time", "A (m)"),
            row("2024-06-01T05:00:00Z", "1.25"),
            row("2024-06-01T06:00:00Z", "1", "2"),
            row("2024-06-01T07:00:00Z", "87.1345"));

    rows(Map.of(), page.substring(0, page.indexOf("345")));

    assertThat(workshop.last().rejected().sentence("in.txt"))
        .isEqualTo(
            "'in.txt': 1 of 2 lines left out; line 4: the row has 3 cells, the row of headers has"
                + " 2; line 5: the page is cut off here; the row before is in");
  }

  @Test
  void convert_headersAlone_haveNoRows() {
    assertThat(rows(Map.of(), table(row("Date Time", "A (m)"))))
        .containsExactly("timestamp TIMESTAMP|A (m) DOUBLE");
  }

  @Test
  void convert_pageThatIsCutOffInARow_givesTheWholeRowsAndTellsThePlace() {
    String page =
        table(
            row("Date Time", "A (m)", "B (C)"),
            row("2024-06-01T05:00:00Z", "1.25", "7"),
            row("2024-06-01T06:00:00Z", "87.1345", "8"));

    assertThat(rows(Map.of(), page.substring(0, page.indexOf("345"))))
        .containsExactly(
            "timestamp TIMESTAMP|A (m) DOUBLE|B (C) DOUBLE", "2024-06-01 05:00:00|1.25|7.0");
    assertThat(workshop.last().rejected().sentence("in.txt"))
        .isEqualTo("'in.txt', line 4: the page is cut off here; the row before is in");
  }

  @Test
  void convert_pageThatIsCutOffAnywhere_givesNoRowThatTheWholeOneDoesNot() {
    String page =
        table(
            row("Date Time", "A (m)", "B (C)"),
            row("2024-06-01T05:00:00Z", "1.25", "7"),
            row("2024-06-01T06:00:00Z", "87.1345", "88.5"));
    List<String> whole = rows(Map.of(), page);
    assertThat(workshop.last().rejected().isEmpty()).isTrue();
    int end = page.indexOf("</table>") + "</table>".length();
    for (int cut = page.indexOf("<tr>", page.indexOf("B (C)")); cut < page.length(); cut++) {
      String part = page.substring(0, cut);
      assertThat(whole).as(part).startsWith(rows(Map.of(), part).toArray(String[]::new));
      assertThat(workshop.last().rejected().isEmpty()).as(part).isEqualTo(cut >= end);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"</table>", "</body></html>", "</table></body></html>"})
  void convert_endsThatHtmlLeavesOut_areNoCut(String end) {
    String page =
        "<table><tr><td>Date Time<td>A (m)\n<tr><td>2024-06-01T05:00:00Z<td>1\n"
            + "<tr><td>2024-06-01T06:00:00Z<td>2";

    assertThat(rows(Map.of(), page + end)).hasSize(3).endsWith("2024-06-01 06:00:00|2.0");
    assertThat(workshop.last().rejected().isEmpty()).isTrue();
  }

  @Test
  void convert_deepNesting_isBorne() {
    String deep = "<table><tr><td>".repeat(5000) + "<b>".repeat(50_000);
    assertThatThrownBy(() -> rows(Map.of(), deep)).isInstanceOf(PondException.Invalid.class);
  }
}
