package dev.duckpond.collect;

import static dev.duckpond.collect.InboxFolder.HEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are damaged, or cannot be read. */
final class InboxDamageTest {
  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  @Test
  void take_damagedFileInTheMiddle_isReportedWithItsLineAndTakenOnceItIsMended()
      throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    inbox.file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,oops,0\n");
    inbox.file("c.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-\n");
    inbox.file("d.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    inbox.file("e.csv", HEAD + "T,D,x,yesterday,1,0\nT,D,x,2025-05-31 21:00,1,0\n");

    CollectPond.Ran ran = inbox.takeLong("");

    assertThat(ran.failure().orElseThrow().problem())
        .startsWith("3 of 5 files failed")
        .contains("b.csv', line 3: 'oops' is no number")
        .contains("e.csv', line 2: 'yesterday' is no time")
        .containsIgnoringCase("line 3");
    assertThat(inbox.pond().rows("/field/a.series")).hasSize(1);
    assertThat(inbox.pond().rows("/field/d.series")).hasSize(1);
    assertThat(inbox.pond().rows("/field/b.series")).isEmpty();
    inbox.file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,5,0\n");
    assertThat(inbox.takeLong("").failure().orElseThrow().problem())
        .startsWith("2 of 5 files failed");
    assertThat(inbox.pond().rows("/field/b.series")).hasSize(2);
  }

  @Test
  void take_badValueAfterEmptyLinesAndQuotedOnes_isToldWithTheLineWhereItStands()
      throws IOException {
    String text =
        "a note\n"
            + HEAD
            + "\nT,D,x,2025-05-31 21:00,1,0\n\n\n\"T\",\"D \"\"x\"\"\n\nof it\",x,"
            + "2025-05-31 22:00,2,0\n\nT,D,x,2025-05-31 23:00,oops,0\n";
    inbox.file("a.csv", text);
    Path packed = inbox.resolve("b.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String plain = inbox.longYaml("options: {skip: 1}");
    String gzip = plain.replace("*.csv", "*.csv.gz").replace("format: csv", "format: csv+gzip");

    assertThat(inbox.take(plain).failure().orElseThrow().problem())
        .contains("a.csv', line 11: 'oops' is no number");
    assertThat(inbox.take(gzip).failure().orElseThrow().problem())
        .contains("b.csv.gz', line 11: 'oops' is no number");
  }

  @Test
  void take_badValueThatIsLong_isShownByItsBeginning() throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00," + "x".repeat(5000) + ",0\n");
    inbox.file("b.csv", HEAD + "T,D,x," + "y".repeat(5000) + ",1,0\n");

    assertThat(inbox.takeLong("").failure().orElseThrow().problem())
        .contains("a.csv', line 2: '" + "x".repeat(80) + "…' is no number")
        .contains("b.csv', line 2: '" + "y".repeat(80) + "…' is no time");
  }

  @Test
  void take_folderThatIsMissing_isNamedAndTheOthersAreIn() throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    String missing =
        "  - {pattern: '" + inbox.path() + "/usb/*.csv', format: csv, to: /usb.series}\n";

    CollectPond.Ran ran = inbox.take(inbox.longYaml("") + missing);

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining(
            "'"
                + inbox.path()
                + "/usb/*.csv' matches nothing: there is no folder "
                + inbox.path()
                + "/usb. Correct the pattern, or see why the folder is gone.");
    assertThat(ran.printed()).contains("1 file taken in, 0 in already");
  }

  @Test
  void take_folderThatCannotBeRead_isNamedAndTheOthersAreIn() throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    Path locked = Files.createDirectories(inbox.resolve("locked"));
    Files.setPosixFilePermissions(locked, Set.of());
    assumeFalse(Files.isReadable(locked), "this user may read everything");

    CollectPond.Ran ran = inbox.take(inbox.longYaml("").replace("/*.csv", "/**/*.csv"));

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining("'" + locked + "' cannot be looked into: it may not be read");
    assertThat(ran.printed()).contains("1 file taken in, 0 in already");
  }

  @Test
  void take_foldersThatLeadInACircle_areWalkedOnce() throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    Files.createSymbolicLink(inbox.resolve("again"), inbox.path());

    CollectPond.Ran ran =
        inbox.take(inbox.longYaml("").replace("/*.csv", "/**/*.csv").replace("$0", "all"));

    assertThat(ran.requireDone().printed()).contains("1 file taken in, 0 in already");
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
        inbox.take(
            "sources: [{pattern: '" + inbox.path() + "/*', format: " + format + ", to: /a}]");

    assertThat(ran.failure().orElseThrow().problem()).endsWith(". " + remedy);
  }
}
