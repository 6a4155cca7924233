package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on real measurements of a harbour, by command lines alone. */
@Tag("acceptance")
final class NoyoAcceptanceTest {
  private static final String ALL = "/hydrovu/devices/*/*.series";
  private static final String VULINK_2 =
      "/hydrovu/devices/6582334615060480/NoyoCenterVulink_2_archive_20260209.series";
  private static final String AT500_1 =
      "/hydrovu/devices/6154708427603968/NoyoCenterAT500_1_archive_20260209.series";
  private static final long ALL_ROWS = 92_843;

  @TempDir Path dir;
  private CliFixture cli;
  private Path noyo;

  @BeforeEach
  void makePondWithAllSeries() {
    noyo = SharedData.requireNoyo();
    cli = CliFixture.in(dir).withVariable("POND", dir.resolve("pond").toString());
    ok("init");
    ok("copy", noyo.resolve("hydrovu").toString(), "/hydrovu");
  }

  @Test
  void copy_directoryOfSevenSeries_isOneTransaction() {
    List<String> log = ok("log").lines().toList();

    assertThat(log).hasSize(2);
    assertThat(log.getFirst()).startsWith("2  ").contains("copy");
    assertThat(ok("list", ALL).lines())
        .hasSize(7)
        .allMatch(line -> line.startsWith("[SER]  /hydrovu/devices/"));
  }

  @Test
  void sql_allSeries_countsEveryRow() {
    assertThat(ok("sql", "SELECT count(*) AS n FROM pond('" + ALL + "')")).isEqualTo("n\n92843\n");
  }

  @Test
  void describe_series_showsUnitsAndTheSecondsItRecognised() {
    String described = ok("describe", VULINK_2);

    assertThat(described)
        .contains("type        table:series")
        .contains("rows        1315")
        .contains("time        timestamp, integers, read as seconds since 1970 UTC")
        .contains("first       2024-03-26T19:03:00Z")
        .contains("last        2024-05-30T00:00:00Z")
        .contains("Temperature.C    DOUBLE  [C]")
        .contains("Baro.psi         DOUBLE  [psi]");
  }

  @Test
  void describe_seriesOfAClockThatWasNotSet_keepsTheRowsOf1970() {
    assertThat(ok("describe", AT500_1))
        .contains("first       1970-01-01T00:02:00Z")
        .contains("last        2026-02-09T00:00:00Z")
        .contains("rows        15489");
  }

  @Test
  void export_byYearAndMonth_conservesEveryRowSorted() throws IOException {
    export();

    try (DuckSession session = session()) {
      assertThat(count(session, files())).isEqualTo(ALL_ROWS);
      for (Path file : files()) {
        assertThat(isSorted(session, file)).as("%s is sorted", file).isTrue();
      }
      List<Path> unset =
          files().stream().filter(file -> file.toString().contains("/year=1970/")).toList();
      assertThat(unset)
          .isNotEmpty()
          .allMatch(file -> file.toString().contains("/year=1970/month=1/"));
      assertThat(count(session, unset)).isEqualTo(rowsOf1970(session));
    }
  }

  @Test
  void export_twice_writesNothingTheSecondTime() throws IOException {
    export();
    Map<Path, FileTime> before = times();

    String summary = export();

    assertThat(summary).contains("(0 written, 143 kept, 0 removed)", "(kept)");
    assertThat(times()).isEqualTo(before);
    assertThat(
            ok(
                "export",
                "-p",
                ALL,
                "-d",
                "out",
                "--temporal",
                "year,month",
                "--query-metadata",
                "SELECT count(*) FROM export_metadata WHERE written"))
        .endsWith("\n0\n");
  }

  @Test
  void export_afterAVersionWithTenRowsOfOneMonth_rewritesExactlyThatPartition() throws IOException {
    export();
    Map<Path, FileTime> before = times();
    appendTenRows("2024-05-03 00:10:00");

    export();

    Map<Path, FileTime> after = times();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    List<Path> rewritten =
        after.entrySet().stream()
            .filter(file -> !file.getValue().equals(before.get(file.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(rewritten)
        .singleElement()
        .asString()
        .contains("/6582334615060480/")
        .contains("/year=2024/month=5/");
    try (DuckSession session = session()) {
      assertThat(count(session, files())).isEqualTo(ALL_ROWS + 10);
      assertThat(isSorted(session, rewritten.getFirst())).isTrue();
    }
  }

  @Test
  void copy_versionWithATextWhereADoubleWas_isRefusedAndChangesNothing() {
    Path file = dir.resolve("text.parquet");
    write(file, Sql.of("SELECT 1711480000::BIGINT AS timestamp, 'warm' AS \"Temperature.C\""));

    CliResult refused = cli.run("copy", "host+series://" + file, VULINK_2);

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains("does not fit")
        .contains("'Temperature.C' is VARCHAR")
        .contains("DOUBLE");
    assertThat(ok("sql", "SELECT count(*) AS n FROM pond('" + ALL + "')")).isEqualTo("n\n92843\n");
    assertThat(ok("list", "-l", VULINK_2)).contains(" v1 ");
  }

  @Test
  void copy_versionsWhoseColumnsDiffer_areUnited() {
    Path file = dir.resolve("grown.parquet");
    write(
        file,
        Sql.of(
            "SELECT 1717200000::BIGINT AS timestamp, 12 AS \"Temperature.C\", 7.9 AS \"pH.pH\""));

    ok("copy", "host+series://" + file, VULINK_2);

    assertThat(
            ok(
                "sql",
                "SELECT count(*) AS n, count(\"pH.pH\") AS ph, count(\"Baro.psi\") < count(*) AS nulls,"
                    + " max(timestamp) AS last FROM \""
                    + VULINK_2
                    + "\""))
        .isEqualTo("n,ph,nulls,last\n1316,1,true,2024-06-01T00:00:00Z\n");
  }

  @Test
  void catAsOf_afterAnAppend_stillReadsTheStateBefore() {
    appendTenRows("2024-05-03 00:10:00");

    assertThat(ok("cat", VULINK_2, "--sql", "SELECT count(*) AS n FROM source", "--format", "csv"))
        .isEqualTo("n\n1325\n");
    assertThat(
            ok(
                "cat",
                VULINK_2,
                "--as-of",
                "2",
                "--sql",
                "SELECT count(*) AS n FROM source",
                "--format",
                "csv"))
        .isEqualTo("n\n1315\n");
  }

  private void appendTenRows(String from) {
    Path file = dir.resolve("ten.parquet");
    write(
        file,
        new SqlBuilder()
            .text("SELECT epoch_us(TIMESTAMP ")
            .literal(from)
            .text(" + to_minutes(range)) // 1000000 AS timestamp,")
            .text(" 20.5 + range AS \"Temperature.C\" FROM range(10)")
            .build());
    ok("copy", "host+series://" + file, VULINK_2);
  }

  private String export() {
    return ok("export", "-p", ALL, "-d", "out", "--temporal", "year,month");
  }

  private String ok(String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  private long rowsOf1970(DuckSession session) throws IOException {
    List<Path> sources = parquet(noyo.resolve("hydrovu"), ".series");
    return number(
        session,
        new SqlBuilder()
            .text("SELECT count(*) FROM read_parquet(")
            .append(list(sources))
            .text(", union_by_name = true) WHERE timestamp < 31536000")
            .build());
  }

  private static long count(DuckSession session, List<Path> files) {
    return number(
        session,
        new SqlBuilder()
            .text("SELECT count(*) FROM read_parquet(")
            .append(list(files))
            .text(", union_by_name = true)")
            .build());
  }

  private static boolean isSorted(DuckSession session, Path file) {
    return number(
            session,
            new SqlBuilder()
                .text("SELECT count(*) FROM (SELECT timestamp < lag(timestamp) OVER")
                .text(" (ORDER BY file_row_number) AS back FROM read_parquet(")
                .literal(file.toString())
                .text(", file_row_number = true)) WHERE back")
                .build())
        == 0;
  }

  private static long number(DuckSession session, Sql query) {
    return session.list(query, rows -> rows.longValue(0)).getFirst();
  }

  private static Sql list(List<Path> files) {
    List<Sql> literals = files.stream().map(file -> Sql.literal(file.toString())).toList();
    return new SqlBuilder().text("[").append(Sql.list(literals, ", ")).text("]").build();
  }

  private void write(Path file, Sql rows) {
    try (DuckSession session = session()) {
      session.copyToParquet(rows, file, ParquetOptions.defaults());
    }
  }

  private DuckSession session() {
    return DuckSession.open(
        DuckOptions.builder(dir.resolve("spill")).allowDirectory(dir).allowDirectory(noyo).build());
  }

  private List<Path> files() throws IOException {
    return parquet(dir.resolve("out"), ".parquet");
  }

  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    for (Path file : files()) {
      times.put(file, Files.getLastModifiedTime(file));
    }
    return times;
  }

  private static List<Path> parquet(Path root, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return new ArrayList<>(
          all.filter(file -> file.toString().endsWith(ending)).sorted().toList());
    }
  }
}
