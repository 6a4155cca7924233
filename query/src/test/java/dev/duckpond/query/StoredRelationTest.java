package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredRelationTest {
  private static final long SECOND = 1_000_000;
  private static final long JUNE_2024 = 1_717_200_000L;

  @TempDir Path directory;
  private Harbour harbour;

  @BeforeEach
  void open() {
    harbour = new Harbour(directory);
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private static TimeRange range(String from, String to) {
    return TimeRange.between(Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "epoch_s; t::BIGINT",
        "epoch_s; t::INTEGER",
        "epoch_s; t::UINTEGER",
        "epoch_ms; t * 1000",
        "epoch_us; t * 1000000",
        "epoch_ns; t * 1000000000",
        "epoch_ns; (t * 1000000000)::UBIGINT",
        "timestamp; make_timestamp(t * 1000000)",
        "timestamp; make_timestamp(t * 1000000)::TIMESTAMP_MS",
        "timestamp; make_timestamp(t * 1000000)::TIMESTAMP_S",
        "timestamp_ns; make_timestamp_ns(t * 1000000000)",
        "timestamptz; make_timestamptz(t * 1000000)"
      })
  void series_anyEncoding_isUtcTimestampAndKeepsToRange(String word, String expression) {
    harbour.append(
        "/s.series",
        "SELECT "
            + expression
            + " AS timestamp, v FROM (VALUES (1717200000::BIGINT, 1.5),"
            + " (1717203600::BIGINT, 2.5), (1717207200::BIGINT, 3.5), (NULL, 4.5)) x(t, v)");
    try (QuerySession session = harbour.open()) {
      Relation relation = session.relation(PondUrl.parse("/s.series"));
      assertThat(relation.time())
          .contains(new TimeColumn("timestamp", Set.of(TimeEncoding.find(word).orElseThrow())));
      assertThat(relation.columns())
          .containsExactly(
              new RelationColumn("timestamp", "TIMESTAMP"),
              new RelationColumn("v", "DECIMAL(2,1)"));
      assertThat(Harbour.csv(session, relation.select(TimeRange.ALL)))
          .isEqualTo(
              """
              timestamp,v
              2024-06-01T00:00:00Z,1.5
              2024-06-01T01:00:00Z,2.5
              2024-06-01T02:00:00Z,3.5
              ,4.5
              """);
      assertThat(
              Harbour.csv(
                  session,
                  relation.select(range("2024-06-01T00:00:00.000001Z", "2024-06-01T02:00:00Z"))))
          .isEqualTo("timestamp,v\n2024-06-01T01:00:00Z,2.5\n");
      assertThat(relation.extents()).hasSize(1);
      assertThat(relation.extents().getFirst().bounds())
          .contains(new EventBounds(JUNE_2024 * SECOND, (JUNE_2024 + 7200) * SECOND));
    }
  }

  @Test
  void series_days_areMidnights() {
    harbour.append(
        "/s.series", "SELECT DATE '2024-06-01' + i::INTEGER AS time, i FROM range(3) r(i)");
    assertThat(harbour.csv("/s.series", range("2024-06-01T00:00:01Z", "2024-06-03T00:00:00Z")))
        .isEqualTo("time,i\n2024-06-02T00:00:00Z,1\n");
  }

  @Test
  void series_nanosecondsBefore1970_areCutTowardsThePast() {
    harbour.append(
        "/s.series", "SELECT unnest([-1500, -1, 0, 1717200000000000999])::BIGINT AS ts, 1 AS v");
    assertThat(harbour.csv("SELECT ts FROM '/s.series'"))
        .isEqualTo(
            """
            ts
            1969-12-31T23:59:59.999998Z
            1969-12-31T23:59:59.999999Z
            1970-01-01T00:00:00Z
            2024-06-01T00:00:00Z
            """);
    assertThat(harbour.csv("/s.series", new TimeRange(-1, 1)))
        .isEqualTo(
            """
            ts,v
            1969-12-31T23:59:59.999999Z,1
            1970-01-01T00:00:00Z,1
            """);
  }

  @Test
  void series_versionsOfSeveralEncodings_becomeOne() {
    harbour.append("/s.series", "SELECT 1717200000::BIGINT AS timestamp, 1::INTEGER AS v");
    harbour.append(
        "/s.series", "SELECT 1717200001000::BIGINT AS timestamp, 2.5::DOUBLE AS v, 'x' AS note");
    harbour.append("/s.series", "SELECT TIMESTAMPTZ '2024-06-01 00:00:02+00' AS timestamp");
    harbour.append("/s.series", "SELECT 1717200003::INTEGER AS timestamp, 4::BIGINT AS V");
    try (QuerySession session = harbour.open()) {
      Relation relation = session.relation(PondUrl.parse("/s.series"));
      assertThat(relation.time().orElseThrow().encodings())
          .containsExactly(TimeEncoding.EPOCH_S, TimeEncoding.EPOCH_MS, TimeEncoding.TIMESTAMPTZ);
      assertThat(relation.columns())
          .containsExactly(
              new RelationColumn("timestamp", "TIMESTAMP"),
              new RelationColumn("v", "DOUBLE"),
              new RelationColumn("note", "VARCHAR"));
      assertThat(Harbour.csv(session, session.prepare("SELECT * FROM '/s.series' ORDER BY 1")))
          .isEqualTo(
              """
              timestamp,v,note
              2024-06-01T00:00:00Z,1.0,
              2024-06-01T00:00:01Z,2.5,x
              2024-06-01T00:00:02Z,,
              2024-06-01T00:00:03Z,4.0,
              """);
    }
  }

  @Test
  void series_encodingsThatTakeTurns_keepTheOrderOfVersions() {
    for (int i = 0; i < 7; i++) {
      String time = i % 2 == 0 ? "1717200000::BIGINT" : "TIMESTAMP '2024-06-01'";
      harbour.append("/s.series", "SELECT " + time + " AS timestamp, " + i + " AS v");
    }
    assertThat(harbour.csv("SELECT string_agg(v, '') AS s FROM (SELECT v FROM '/s.series')"))
        .isEqualTo("s\n0123456\n");
    for (int i = 7; i < StoredRelation.MAX_GROUPS + 2; i++) {
      String time = i % 2 == 0 ? "1717200000::BIGINT" : "TIMESTAMP '2024-06-01'";
      harbour.append("/s.series", "SELECT " + time + " AS timestamp, " + i + " AS v");
    }
    try (QuerySession session = harbour.open()) {
      String sql = session.relation(PondUrl.parse("/s.series")).select(TimeRange.ALL).toString();
      assertThat(sql.split("read_parquet", -1)).as("two encodings").hasSize(3);
    }
    assertThat(harbour.csv("SELECT sum(v) AS s FROM '/s.series'")).isEqualTo("s\n5151\n");
  }

  @Test
  void series_rangeWithoutAnyFile_keepsAllColumns() {
    harbour.append("/s.series", "SELECT 1717200000::BIGINT AS timestamp, 1 AS v");
    harbour.append("/s.series", "SELECT 1717300000::BIGINT AS timestamp, 1 AS v, 2.5::DOUBLE AS w");
    assertThat(harbour.csv("/s.series", range("1999-01-01T00:00:00Z", "1999-01-02T00:00:00Z")))
        .isEqualTo("timestamp,v,w\n");
    assertThat(harbour.csv("/s.series", range("2024-06-01T00:00:00Z", "2024-06-01T00:00:01Z")))
        .isEqualTo("timestamp,v,w\n2024-06-01T00:00:00Z,1,\n");
  }

  @Test
  void series_rangeOnManyVersions_opensOnlyFilesThatMeetIt() {
    for (int i = 0; i < 20; i++) {
      harbour.append(
          "/s.series", "SELECT " + (JUNE_2024 + i * 100L) + "::BIGINT AS timestamp, 1 AS v");
    }
    try (QuerySession session = harbour.open()) {
      Sql select =
          session
              .relation(PondUrl.parse("/s.series"))
              .select(new TimeRange((JUNE_2024 + 500) * SECOND, (JUNE_2024 + 701) * SECOND));
      // Version 1 stays in the list as the example of the columns.
      assertThat(filesRead(session, select)).isEqualTo(4);
      assertThat(Harbour.csv(session, select).lines()).hasSize(4);
    }
  }

  @Test
  void series_rangeInsideAFile_isFilteredOnTheStoredColumn() {
    harbour.append(
        "/s.series", "SELECT 1717200000 + i AS timestamp, i AS v FROM range(500000) r(i)");
    try (QuerySession session = harbour.open()) {
      Sql select =
          session
              .relation(PondUrl.parse("/s.series"))
              .select(
                  new TimeRange((JUNE_2024 + 250_000) * SECOND, (JUNE_2024 + 250_010) * SECOND));
      assertThat(explained(session, select, "EXPLAIN "))
          .contains("timestamp >= 1717450000")
          .contains("timestamp < 1717450010");
      assertThat(Harbour.csv(session, select).lines()).hasSize(11);
    }
  }

  private static String explained(QuerySession session, Sql select, String how) {
    return session
        .duck()
        .list(session.duck().requireSelect(how + select), row -> row.text(1))
        .stream()
        .collect(Collectors.joining("\n"));
  }

  private static long filesRead(QuerySession session, Sql select) {
    String plan = explained(session, select, "EXPLAIN ANALYZE ");
    Matcher files = Pattern.compile("Total Files Read:\\s*(\\d+)").matcher(plan);
    assertThat(files.find()).describedAs(plan).isTrue();
    return Long.parseLong(files.group(1));
  }

  @Test
  void series_twoThousandVersions_isOneShortSelect() {
    Path file = harbour.parquet("SELECT 1717200000::BIGINT AS timestamp, 1.5::DOUBLE AS v");
    ContentFacts facts = new RelationInspector(harbour.duck()).inspect(file, "f", TimeHints.NONE);
    harbour
        .pond()
        .commit((edit, write) -> {
          for (int i = 0; i < 2_000; i++) {
            byte[] bytes = Files.readAllBytes(file);
            edit.write(
                PondPath.of("/s.series"),
                EntryType.TABLE_SERIES,
                write.stage(new ByteArrayInputStream(bytes), EntryType.TABLE_SERIES),
                facts);
          }
        });
    try (QuerySession session = harbour.open()) {
      Relation relation = session.relation(PondUrl.parse("/s.series"));
      assertThat(relation.select(TimeRange.ALL).toString().length()).isLessThan(300);
      assertThat(relation.extents()).hasSize(2_000);
      assertThat(
              Harbour.csv(session, session.prepare("SELECT count(*), sum(v) FROM \"/s.series\"")))
          .endsWith("\n2000,3000.0\n");
    }
  }

  @Test
  void series_factsWithoutAttributes_areReadFromFooters() {
    Path seconds = harbour.parquet("SELECT 1717200000::BIGINT AS Timestamp, 1 AS v");
    Path millis = harbour.parquet("SELECT 1717200001000::BIGINT AS Timestamp, 2 AS v");
    harbour.write("/s.series", EntryType.TABLE_SERIES, seconds, ContentFacts.NONE);
    harbour.write("/s.series", EntryType.TABLE_SERIES, millis, ContentFacts.NONE);
    assertThat(harbour.csv("/s.series", TimeRange.ALL))
        .isEqualTo("Timestamp,v\n2024-06-01T00:00:00Z,1\n2024-06-01T00:00:01Z,2\n");
  }

  @Test
  void series_foreignTextBesideNumbers_isRefused() {
    Path number = harbour.parquet("SELECT 1717200000::BIGINT AS timestamp, 1.5::DOUBLE AS v");
    Path text = harbour.parquet("SELECT 1717200001::BIGINT AS timestamp, 'high' AS v");
    harbour.write("/s.series", EntryType.TABLE_SERIES, number, ContentFacts.NONE);
    harbour.write("/s.series", EntryType.TABLE_SERIES, text, ContentFacts.NONE);
    assertThatThrownBy(() -> harbour.csv("/s.series", TimeRange.ALL))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("its column 'v' is VARCHAR, there it is DOUBLE");
  }

  @Test
  void series_damagedContent_isCorrupt() {
    Path junk = harbour.text("junk", "PAR1 this is no Parquet file, though it begins like one");
    harbour.write("/s.series", EntryType.TABLE_SERIES, junk, ContentFacts.NONE);
    assertThatThrownBy(() -> harbour.csv("/s.series", TimeRange.ALL))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining("version 1 of '/s.series' cannot be read")
        .hasMessageContaining("or restore it from a backup");
  }

  @Test
  void table_newVersion_replacesTheOld() {
    harbour.table("/t.table", "SELECT 1 AS a");
    harbour.table("/t.table", "SELECT 'x' AS b");
    assertThat(harbour.csv("/t.table", TimeRange.ALL)).isEqualTo("b\nx\n");
    assertThatThrownBy(() -> harbour.csv("/t.table", new TimeRange(0, 1)))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "a range of time cannot be taken of '/t.table': it has no time column. Leave the range"
                + " away.");
  }

  @Test
  void table_smallIntegersNamedTime_stayIntegers() {
    harbour.table("/t.table", "SELECT 15 AS time, 2 AS v");
    assertThat(harbour.csv("/t.table", TimeRange.ALL)).isEqualTo("time,v\n15,2\n");
  }

  @Test
  void table_timestamps_haveATimeColumn() {
    harbour.table("/t.table", "SELECT 1717200000::BIGINT AS event_time, 2 AS v");
    assertThat(harbour.csv("/t.table", range("2024-06-01T00:00:00Z", "2024-06-01T00:00:01Z")))
        .isEqualTo("event_time,v\n2024-06-01T00:00:00Z,2\n");
  }

  @Test
  void columns_hostileNames_areQuoted() {
    harbour.append(
        "/a \"b'; DROP TABLE x; --/s.series",
        "SELECT 1717200000::BIGINT AS timestamp, 1 AS \"a\"\"b'; --\", 2 AS \"stored\", 3 AS"
            + " \"Ω.µS/cm\"");
    try (QuerySession session = harbour.open()) {
      Relation relation = session.relation(PondUrl.ofPath("/a \"b'; DROP TABLE x; --/s.series"));
      assertThat(relation.columns().stream().map(RelationColumn::name))
          .containsExactly("timestamp", "a\"b'; --", "stored", "Ω.µS/cm");
      assertThat(
              Harbour.csv(
                  session, relation.select(range("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"))))
          .endsWith("\n2024-06-01T00:00:00Z,1,2,3\n");
    }
  }

  @Test
  void relation_directoryOrData_saysWhatItIs() {
    harbour.data("/d/x.csv", "a\n1\n");
    assertThatThrownBy(() -> harbour.csv("/d", TimeRange.ALL))
        .hasMessage(
            "'/d' has no rows: it is a directory. Name a file, or all of a kind:"
                + " '/d/**/*.series'.");
    assertThatThrownBy(() -> harbour.csv("/d/x.csv", TimeRange.ALL))
        .hasMessage(
            "'/d/x.csv' has no rows: it is data, bytes of any kind. Say how to read it:"
                + " 'csv:///d/x.csv' for instance.");
  }
}
