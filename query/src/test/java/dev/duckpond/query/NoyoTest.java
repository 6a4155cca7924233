package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("acceptance")
class NoyoTest {
  @TempDir Path directory;

  private static Path noyo() {
    return Path.of(System.getProperty("duckpond.shared", "../../shared"), "noyo");
  }

  private static List<Path> instruments() throws IOException {
    try (Stream<Path> files = Files.walk(noyo().resolve("hydrovu"))) {
      return files.filter(file -> file.toString().endsWith(".series")).sorted().toList();
    }
  }

  @Test
  void sevenInstruments_keepEveryRowAndAreInSeconds() throws IOException {
    try (Harbour harbour = new Harbour(directory)) {
      for (Path file : instruments()) {
        harbour.append(
            "/noyo/" + file.getFileName(),
            harbour.bytes("copy.parquet", Files.readAllBytes(file)),
            TimeHints.NONE);
      }
      assertThat(harbour.csv("SELECT count(*) AS n FROM pond('/noyo/*.series')"))
          .isEqualTo("n\n92843\n");
      assertThat(
              harbour.csv(
                  "SELECT time_encoding, count(*) AS n FROM pond_versions WHERE type ="
                      + " 'table:series' GROUP BY 1"))
          .isEqualTo("time_encoding,n\nepoch_s,7\n");
      assertThat(
              harbour.csv(
                  "SELECT count(*) AS n FROM pond('/noyo/*.series') WHERE timestamp <"
                      + " '1971-01-01'"))
          .isEqualTo("n\n47\n");
      try (QuerySession session = harbour.open()) {
        Relation all = session.relation(PondUrl.parse("/noyo/*.series"));
        assertThat(all.time()).contains(new TimeColumn("timestamp", Set.of(TimeEncoding.EPOCH_S)));
        assertThat(all.columns().stream().map(column -> column.parsedName().unit()))
            .contains("C", "m", "");
        RelationProfile profile = RelationProfile.of(session, all);
        assertThat(profile.rows()).isEqualTo(92_843);
        assertThat(profile.timeless()).isZero();
        assertThat(Harbour.csv(session, all.select(TimeRange.ALL)).lines()).hasSize(92_844);
      }
    }
  }

  @Test
  void longCsv_isConvertedWithItsTimes() throws IOException {
    try (Harbour harbour = new Harbour(directory);
        Stream<Path> files = Files.list(noyo().resolve("laketech-csv"))) {
      for (Path file : files.sorted().toList()) {
        Path copy = harbour.bytes(file.getFileName().toString(), Files.readAllBytes(file));
        Path parquet = directory.resolve("out.parquet");
        new TextConversion(harbour.duck())
            .convert(PondUrl.ofHostFile(PondUrl.Format.CSV, copy), parquet);
        long lines;
        try (Stream<String> text = Files.lines(file)) {
          lines = text.filter(line -> !line.isBlank()).count();
        }
        var facts = new RelationInspector(harbour.duck()).inspect(parquet, "x", TimeHints.NONE);
        assertThat(facts.rowCount()).hasValue(lines - 1);
        assertThat(facts.timeColumn()).contains("Timestamp");
      }
    }
  }
}
