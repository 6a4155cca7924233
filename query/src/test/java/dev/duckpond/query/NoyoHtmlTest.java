package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The field station's pages, compared cell by cell with what regular expressions find in them. */
@Tag("acceptance")
class NoyoHtmlTest {
  private static final Pattern HEADER =
      Pattern.compile("isi-data-column-header=\"Parameter\"[^>]*>([^<]*)</td>");
  private static final Pattern ROW =
      Pattern.compile("<tr class=\"data\"[^>]*isi-hv-timestamp=\"(\\d+)\">(.*?)</tr>");
  private static final Pattern CELL = Pattern.compile("<td[^>]*>([^<]*)</td>");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final long MICROS_PER_MILLI = 1000;

  @TempDir Path directory;

  private static List<Path> pages() throws IOException {
    Path noyo = Path.of(System.getProperty("duckpond.shared", "../../shared"), "noyo");
    try (Stream<Path> files = Files.list(noyo.resolve("laketech-html"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyPage_givesEveryCell() throws IOException {
    long all = 0;
    try (Harbour harbour = new Harbour(directory)) {
      for (Path page : pages()) {
        Path copy = harbour.bytes("page.htm", Files.readAllBytes(page));
        String text = Files.readString(page);
        PondUrl url = PondUrl.ofHostFile(PondUrl.Format.EXCELHTML, copy);
        try (QuerySession session = harbour.open(url)) {
          Relation relation = session.relation(url);
          assertThat(relation.time())
              .contains(new TimeColumn("timestamp", Set.of(TimeEncoding.TIMESTAMP)));
          assertColumns(relation, text);
          all += assertCells(session, relation.select(TimeRange.ALL), text);
        }
      }
    }
    // Added up from the files' own marks of rows.
    assertThat(all).isEqualTo(35_885);
  }

  private static void assertColumns(Relation relation, String text) {
    List<RelationColumn> expected = new ArrayList<>();
    expected.add(new RelationColumn("timestamp", "TIMESTAMP"));
    HEADER
        .matcher(text)
        .results()
        .forEach(header -> expected.add(new RelationColumn(header.group(1), "DOUBLE")));
    assertThat(relation.columns()).isEqualTo(expected);
  }

  private static long assertCells(QuerySession session, Sql select, String text) {
    long count = 0;
    try (Rows rows = session.duck().query(select)) {
      for (MatchResult row : ROW.matcher(text).results().toList()) {
        assertThat(rows.next()).isTrue();
        long micros = Long.parseLong(row.group(1)) * MICROS_PER_MILLI;
        assertThat(rows.micros(0)).isEqualTo(micros);
        List<String> cells =
            CELL.matcher(row.group(2)).results().map(cell -> cell.group(1)).toList();
        // The pages say that their times are shown in UTC, and so they are.
        LocalDateTime shown = LocalDateTime.parse(cells.getFirst(), TIME);
        assertThat(shown.toInstant(ZoneOffset.UTC).toEpochMilli() * MICROS_PER_MILLI)
            .isEqualTo(micros);
        for (int i = 1; i < cells.size(); i++) {
          if (cells.get(i).isEmpty()) {
            assertThat(rows.isNull(i)).isTrue();
          } else {
            assertThat(rows.doubleValue(i)).isEqualTo(Double.parseDouble(cells.get(i)));
          }
        }
        count++;
      }
      assertThat(rows.next()).isFalse();
    }
    return count;
  }

  @Test
  void twoRangesOfOneStation_areOneSeries() throws IOException {
    try (Harbour harbour = new Harbour(directory)) {
      List<Path> surface =
          pages().stream().filter(page -> page.toString().contains("FB-Surface")).toList();
      assertThat(surface).hasSize(2);
      for (Path page : surface) {
        harbour.data("/station/" + page.getFileName(), Files.readAllBytes(page));
      }
      assertThat(
              harbour.csv(
                  "SELECT count(*) AS n, min(timestamp) AS first, count(\"DO (mg/L)\") AS oxygen"
                      + " FROM pond('excelhtml:///station/*.htm')"))
          .startsWith("n,first,oxygen\n14493,2024-01-31T19:22:00Z,");
      Path parquet = directory.resolve("out.parquet");
      for (Path page : surface) {
        Path copy = harbour.bytes("page.htm", Files.readAllBytes(page));
        new TextConversion(harbour.duck())
            .convert(PondUrl.ofHostFile(PondUrl.Format.EXCELHTML, copy), parquet);
        ContentFacts facts =
            new RelationInspector(harbour.duck())
                .inspectSeries(
                    parquet,
                    "x",
                    SeriesTarget.of(PondPath.of("/s.series"), harbour.tree()),
                    TimeHints.NONE);
        harbour.write("/s.series", EntryType.TABLE_SERIES, parquet, facts);
      }
      assertThat(harbour.csv("SELECT count(*) AS n FROM \"/s.series\"")).isEqualTo("n\n14493\n");
    }
  }
}
