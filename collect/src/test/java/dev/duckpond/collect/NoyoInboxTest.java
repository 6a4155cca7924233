package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the harbour, through an inbox, against a reading of them by other means. */
@Tag("acceptance")
final class NoyoInboxTest {
  @TempDir Path directory;
  private Path noyo;

  @BeforeEach
  void findData() {
    String named = System.getProperty("duckpond.shared");
    noyo =
        (named == null
                ? Path.of("").toAbsolutePath().resolve("../../shared").normalize()
                : Path.of(named))
            .resolve("noyo");
    assumeTrue(Files.isDirectory(noyo), "the real data is not at " + noyo);
  }

  @Test
  void take_csvFiles_equalAReadingLineByLine() throws IOException {
    String yaml =
        """
        sources:
          - pattern: %s/laketech-csv/fieldstation-*-2025-05-31.csv
            format: csv
            to: /field/$0.series
            long: {name: Series Name, value: Value, offset: Offset, sign: subtract}
            timezone: America/Los_Angeles
            ambiguous: earlier
        """
            .formatted(noyo);
    try (CollectPond pond = CollectPond.create(directory)) {
      pond.run("inbox", yaml).requireDone();

      for (String name : List.of("bottom", "surface", "vulink")) {
        Map<Long, Map<String, Double>> expected =
            readCsv(noyo.resolve("laketech-csv/fieldstation-" + name + "-2025-05-31.csv"));
        assertThat(expected).hasSizeGreaterThan(2000);
        assertThat(pond.rows("/field/" + name + ".series").equals(expected))
            .as("rows of %s", name)
            .isTrue();
      }
      assertThat(pond.run("inbox", yaml).requireDone().printed())
          .containsExactly("0 files taken in, 3 in already");
    }
  }

  @Test
  void take_allCsvFilesIntoOneSeries_giveEachInstantOnce() throws IOException {
    String yaml =
        """
        sources:
          - pattern: %s/laketech-csv/*.csv
            format: csv
            to: /field.series
            long: {name: Series Name, value: Value, offset: Offset, sign: subtract}
            timezone: America/Los_Angeles
            ambiguous: earlier
        """
            .formatted(noyo);
    try (CollectPond pond = CollectPond.create(directory)) {
      pond.run("inbox", yaml).requireDone();

      Map<Long, Map<String, Double>> expected = new TreeMap<>();
      for (String name : List.of("bottom", "surface", "vulink")) {
        readCsv(noyo.resolve("laketech-csv/fieldstation-" + name + "-2025-05-31.csv"))
            .forEach((at, row) -> expected.computeIfAbsent(at, key -> new TreeMap<>()).putAll(row));
      }
      assertThat(pond.rows("/field.series").equals(expected)).isTrue();
    }
  }

  @Test
  void take_htmlFiles_equalAReadingByPatterns() throws IOException {
    String yaml =
        """
        sources:
          - pattern: %s/laketech-html/HydroVu_FB-{Bottom,Surface,VuLink}-*_*_*_Export.htm
            format: excelhtml
            to: /field/$0.series
        """
            .formatted(noyo);
    try (CollectPond pond = CollectPond.create(directory)) {
      pond.run("inbox", yaml).requireDone();

      for (String name : List.of("Bottom", "Surface", "VuLink")) {
        Map<Long, Map<String, Double>> expected = readHtml(name);
        assertThat(expected).hasSizeGreaterThan(2000);
        Map<Long, Map<String, Double>> rows = pond.rows("/field/" + name + ".series");
        assertThat(rows.keySet()).as("instants of %s", name).isEqualTo(expected.keySet());
        assertThat(rows.equals(expected)).as("values of %s", name).isTrue();
      }
      assertThat(pond.versions("/field/Surface.series").getLast().facts().attributes().get("units"))
          .contains("\"DO (mg/L)\":\"mg/L\"");
    }
  }

  /** Newest first, and of two values for an instant the later line counts. */
  private static Map<Long, Map<String, Double>> readCsv(Path file) throws IOException {
    Map<Long, Map<String, Double>> rows = new TreeMap<>();
    DateTimeFormatter format = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    ZoneId zone = ZoneId.of("America/Los_Angeles");
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.replace("\"", "").split(",", -1);
      // Java takes the earlier of two offsets.
      long at = LocalDateTime.parse(cells[3], format).atZone(zone).toEpochSecond();
      rows.computeIfAbsent(at, key -> new TreeMap<>())
          .put(cells[0], Double.parseDouble(cells[4]) - Double.parseDouble(cells[5]));
    }
    return rows;
  }

  private Map<Long, Map<String, Double>> readHtml(String name) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(noyo.resolve("laketech-html"))) {
      files = list.filter(file -> file.toString().contains("-" + name + "-")).sorted().toList();
    }
    Map<Long, Map<String, Double>> rows = new TreeMap<>();
    for (Path file : files) {
      String text = Files.readString(file).replaceAll("\\s+", " ");
      List<String> headers = new ArrayList<>();
      Matcher header =
          Pattern.compile("<td[^>]*isi-data-column-header=[^>]*>([^<]*)</td>").matcher(text);
      while (header.find()) {
        headers.add(unescaped(header.group(1).strip()));
      }
      Matcher row =
          Pattern.compile("<tr[^>]*isi-hv-timestamp=\"(\\d+)\"[^>]*>(.*?)</tr>").matcher(text);
      while (row.find()) {
        Map<String, Double> values = new HashMap<>();
        Matcher cell = Pattern.compile("<td[^>]*>([^<]*)</td>").matcher(row.group(2));
        for (int i = 0; cell.find(); i++) {
          String value = cell.group(1).strip();
          if (i > 0 && !value.isEmpty()) {
            values.put(headers.get(i), Double.parseDouble(value));
          }
        }
        if (!values.isEmpty()) {
          rows.computeIfAbsent(Long.parseLong(row.group(1)) / 1000, key -> new TreeMap<>())
              .putAll(values);
        }
      }
    }
    return rows;
  }

  private static String unescaped(String text) {
    return text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
  }
}
