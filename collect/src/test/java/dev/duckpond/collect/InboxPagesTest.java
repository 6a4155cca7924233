package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of HydroVu made for spreadsheets. */
final class InboxPagesTest {
  @RegisterExtension final InboxFolder inbox = new InboxFolder();

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
        "sources: [{pattern: '" + inbox.path() + "/*.htm', format: excelhtml, to: /page.series}]";
    inbox.file("a.htm", page.formatted("Dock & Pier", 1717243200000L));
    inbox.take(yaml).requireDone();
    inbox.file(
        "b.htm", page.formatted("Pier", 1717243300000L).replaceAll(".*isi-property.*\n", ""));

    inbox.take(yaml).requireDone();

    assertThat(inbox.pond().versions("/page.series")).hasSize(2);
    assertThat(inbox.pond().versions("/page.series").getLast().facts().attributes())
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
        "sources: [{pattern: '" + inbox.path() + "/*.htm', format: excelhtml, to: /page.series}]";
    inbox.file("a.htm", page.substring(0, page.indexOf(".75")));

    CollectPond.Ran ran = inbox.take(yaml).requireDone();

    assertThat(ran.warned())
        .containsExactly(
            "'"
                + inbox.resolve("a.htm")
                + "', line 4: the page is cut off here; the row before is in");
    assertThat(inbox.pond().rows("/page.series"))
        .isEqualTo(Map.of(1717243200L, Map.of("Depth (ft)", 1.5)));
    inbox.file("a.htm", page);
    assertThat(inbox.take(yaml).requireDone().warned()).isEmpty();
    assertThat(inbox.pond().rows("/page.series"))
        .isEqualTo(
            Map.of(
                1717243200L, Map.of("Depth (ft)", 1.5), 1717246800L, Map.of("Depth (ft)", 12.75)));
  }
}
