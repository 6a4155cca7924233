package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries over this pond:
 *
 * <pre>
 * /sites/north.series   1717200000 and 1717200060, v 1 and 2
 * /sites/south.series   1717200000, v 10, w 'x'
 * /stations.table       site, depth
 * /raw.csv              data
 * </pre>
 */
class QuerySessionTest {
  @TempDir Path directory;
  private Harbour harbour;

  @BeforeEach
  void open() {
    harbour = new Harbour(directory);
    harbour.append(
        "/sites/north.series",
        "SELECT 1717200000 + 60 * i AS timestamp, i + 1 AS v FROM range(2) r(i)");
    harbour.append("/sites/south.series", "SELECT 1717200000 AS timestamp, 10 AS v, 'x' AS w");
    harbour.table("/stations.table", "SELECT 'north' AS site, 3.5::DOUBLE AS depth");
    harbour.data("/raw.csv", "ts,level\n1717200000,4\n1717200060,5\n");
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  @Test
  void prepare_severalSources_areReadTogether() {
    assertThat(
            harbour.csv(
                """
                WITH n AS (SELECT * FROM "/sites/north.series")
                SELECT n.timestamp, n.v, s.v AS south, t.depth, (SELECT count(*) FROM pond('/sites/*.series')) AS c
                FROM n JOIN pond('/sites/south.series') s USING (timestamp), '/stations.table' t;
                """))
        .isEqualTo("timestamp,v,south,depth,c\n2024-06-01T00:00:00Z,1,10,3.5,3\n");
  }

  @Test
  void prepare_pattern_unitesByName() {
    assertThat(harbour.csv("SELECT v, w FROM pond('/**/*.series') ORDER BY v"))
        .isEqualTo("v,w\n1,\n2,\n10,x\n");
    assertThat(harbour.csv("SELECT count(*) AS n FROM \"/sites/*.series\"")).isEqualTo("n\n3\n");
  }

  @Test
  void prepare_url_isRead() {
    assertThat(harbour.csv("SELECT * FROM pond('csv:///raw.csv')"))
        .isEqualTo("ts,level\n2024-06-01T00:00:00Z,4\n2024-06-01T00:01:00Z,5\n");
    assertThat(harbour.csv("SELECT sum(level) AS s FROM \"csv:///raw.csv?time_unit=ms\""))
        .isEqualTo("s\n9\n");
  }

  private static final String LOGGED =
      "SELECT 1717200000 + 60 * i AS timestamp, 1717300000000 + 1000 * i AS sent, i AS v"
          + " FROM range(3) r(i)";

  @ParameterizedTest
  @ValueSource(strings = {"series", "table", "parquet"})
  void prepare_timeColumnOfUrl_isTheTime(String scheme) {
    if (scheme.equals("table")) {
      harbour.table("/logged", LOGGED);
    } else {
      harbour.append("/logged", LOGGED);
    }
    String url = scheme + ":///logged?time_column=";
    assertThat(harbour.csv("SELECT sent, v FROM \"" + url + "sent\" WHERE v = 1"))
        .isEqualTo("sent,v\n2024-06-02T03:46:41Z,1\n");
    try (QuerySession session = harbour.open()) {
      Relation relation = session.relation(PondUrl.parse(url + "SENT"));
      assertThat(relation.time().map(TimeColumn::name)).contains("sent");
      long from = 1_717_300_001_000_000L;
      assertThat(
              Harbour.csv(
                  session,
                  Sql.of("SELECT v FROM (")
                      .plus(relation.select(new TimeRange(from, from + 1)))
                      .plus(")")))
          .isEqualTo("v\n1\n");
    }
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM \"" + url + "snet\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("has no column 'snet' to take the time from")
        .hasMessageEndingWith("Did you mean 'sent'?");
  }

  @Test
  void prepare_timeUnitOfUrl_countsForIntegersAndNothingElse() {
    for (String scheme : new String[] {"series", "parquet"}) {
      String url = "\"" + scheme + ":///sites/north.series?time_unit=ms\"";
      assertThat(harbour.csv("SELECT timestamp FROM " + url + " WHERE v = 1"))
          .isEqualTo("timestamp\n1970-01-20T21:00:00Z\n");
    }
    harbour.append("/typed", "SELECT TIMESTAMP '2024-06-01' AS timestamp, 1 AS v");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM 'series:///typed?time_unit=ms'"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'series:///typed?time_unit=ms' has no times in the unit that 'time_unit' says:"
                + " the column 'timestamp' is of type TIMESTAMP. Leave it out.");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM 'table:///stations.table?time_unit=ms'"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageEndingWith(
            "no column can be told to be the time. Name one with ?time_column=….");
  }

  @Test
  void isNews_sameWords_onceASession() {
    try (QuerySession session = harbour.open()) {
      assertThat(session.isNews("a")).isTrue();
      assertThat(session.isNews("b")).isTrue();
      assertThat(session.isNews("a")).isFalse();
    }
  }

  @Test
  void prepare_unknownPath_saysWhatWasMeant() {
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM '/sites/nroth.series'"))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage("'/sites/nroth.series' does not exist. Did you mean '/sites/north.series'?");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM pond('/nothing/at/all')"))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage("'/nothing/at/all' does not exist. Run 'pond list /'.");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM pond('/no/*')"))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage("'/no/*' matches nothing. Run 'pond list' to see what is there.");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM pond('sites/*')"))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage("'sites/*' is no path of the pond: a path starts with '/'. Write '/sites/*'.");
  }

  @Test
  void prepare_mistakesInSql_keepTheHintsOfTheEngine() {
    assertThatThrownBy(() -> harbour.csv("SELECT tmestamp FROM '/sites/north.series'"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("the query failed: Referenced column \"tmestamp\" not found")
        .hasMessageContaining("Candidate bindings: \"timestamp\"");
    assertThatThrownBy(() -> harbour.csv("SELEC 1"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("syntax error at or near \"SELEC\"");
    assertThatThrownBy(() -> harbour.csv("SELECT CAST('x' AS INTEGER)"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("Could not convert string 'x' to INT32");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t AS SELECT 1",
        "COPY (SELECT 1) TO 'x'",
        "SELECT 1; SELECT 2",
        "SET threads = 1",
        "ATTACH 'x' AS y",
        "INSERT INTO pond_nodes SELECT 1"
      })
  void prepare_anythingButOneQuery_isRefused(String sql) {
    assertThatThrownBy(() -> harbour.csv(sql)).isInstanceOf(PondException.Invalid.class);
  }

  @Test
  void prepare_filesOfTheMachine_cannotBeReached() {
    Path secret = directory.resolve("files/secret.csv");
    harbour.text("secret.csv", "a\n1\n");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM read_csv('" + secret + "')"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("a query reads pond paths and the sources named on the command line");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM '" + secret + "'"))
        .isInstanceOf(PondException.NotFound.class);
  }

  @Test
  void prepare_hostUrl_isToBeNamedOnTheCommandLine() {
    Path file = harbour.text("t.csv", "a\n1\n");
    for (String source : List.of("pond('host+csv://%s')", "\"host+csv://%s\"")) {
      assertThatThrownBy(() -> harbour.csv("SELECT * FROM " + source.formatted(file)))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining("a query reads pond paths and the sources named")
          .hasMessageContaining("--table name='host+csv://" + file + "'");
    }
  }

  @Test
  void register_nameOfATableOfThePond_isRefused() {
    try (QuerySession session = harbour.open()) {
      Relation relation = session.relation(PondUrl.parse("/stations.table"));
      assertThatThrownBy(() -> session.register("Pond_Nodes", relation, TimeRange.ALL))
          .isInstanceOf(PondException.Usage.class)
          .hasMessageContaining("nothing else can be named 'Pond_Nodes'");
    }
  }

  @Test
  void prepare_namesThatDifferInLetterCase_areRefusedTogether() {
    harbour.table("/Stations.table", "SELECT 1 AS a");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM '/Stations.table', '/stations.table'"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("SQL does not tell their names apart");
    assertThat(harbour.csv("SELECT * FROM '/Stations.table'")).isEqualTo("a\n1\n");
  }

  @Test
  void prepare_hostileNames_areOnlyNames() {
    harbour.table("/x'); DROP VIEW \"y\"; --.table", "SELECT 7 AS a");
    assertThat(harbour.csv("SELECT * FROM pond('/x''); DROP VIEW \"y\"; --.table')"))
        .isEqualTo("a\n7\n");
    assertThat(harbour.csv("SELECT * FROM \"/x'); DROP VIEW \"\"y\"\"; --.table\""))
        .isEqualTo("a\n7\n");
    harbour.table("/odd[1]*{a,b}.table", "SELECT 8 AS a");
    assertThat(harbour.csv("SELECT * FROM '/odd[1]*{a,b}.table'")).isEqualTo("a\n8\n");
  }

  @Test
  void register_source_isReadByName() {
    PondUrl csv = PondUrl.ofHostFile(PondUrl.Format.CSV, harbour.text("h.csv", "a,b\n1,2\n"));
    try (QuerySession session = harbour.open(csv)) {
      session.register(
          "source",
          session.relation(PondUrl.parse("/sites/north.series")),
          new TimeRange(0, 1_717_200_060_000_000L));
      session.register("extra", session.relation(csv), TimeRange.ALL);
      assertThat(Harbour.csv(session, session.prepare("SELECT v, b FROM source, extra")))
          .isEqualTo("v,b\n1,2\n");
    }
  }

  @Test
  void openWithoutPond_hostFiles_areRead() {
    PondUrl parquet = PondUrl.parse("host://" + harbour.parquet("SELECT 1717200000 AS ts, 1 AS v"));
    try (QuerySession session = QuerySession.openWithoutPond(harbour.options(parquet))) {
      Relation relation = session.relation(parquet);
      assertThat(relation.extents()).isEmpty();
      assertThat(Harbour.csv(session, relation.select(TimeRange.ALL)))
          .isEqualTo("ts,v\n2024-06-01T00:00:00Z,1\n");
      assertThatThrownBy(() -> session.relation(PondUrl.parse("/a")))
          .isInstanceOf(PondException.Usage.class)
          .hasMessage("there is no pond to look into. Name the pond with --pond DIR.");
      assertThatThrownBy(() -> session.prepare("SELECT * FROM '/a'"))
          .isInstanceOf(PondException.Usage.class);
    }
  }

  @Test
  void openWithoutPond_hostFilesWithWildcardsInTheirNames_areReadAlone() throws IOException {
    harbour.text("n1.json", "{\"v\": 1}\n");
    Path ndjson = harbour.text("n[1].json", "{\"v\": 10}\n");
    Path files = directory.resolve("files");
    Files.copy(harbour.parquet("SELECT 2 AS v"), files.resolve("p1.parquet"));
    Path parquet = Files.copy(harbour.parquet("SELECT 20 AS v"), files.resolve("p[1]*.parquet"));
    PondUrl json = PondUrl.ofHostFile(PondUrl.Format.NDJSON, ndjson);
    PondUrl rows = PondUrl.ofHostFile(PondUrl.Format.PARQUET, parquet);
    try (QuerySession session = QuerySession.openWithoutPond(harbour.options(json, rows))) {
      assertThat(Harbour.csv(session, session.relation(json).select(TimeRange.ALL)))
          .isEqualTo("v\n10\n");
      assertThat(Harbour.csv(session, session.relation(rows).select(TimeRange.ALL)))
          .isEqualTo("v\n20\n");
    }
  }

  @Test
  void relation_hostFiles_badOnesAreNamed() {
    PondUrl none = PondUrl.parse("host+csv:///no/such/file.csv");
    PondUrl text = PondUrl.parse("host://" + harbour.text("t.txt", "hello"));
    try (QuerySession session = harbour.open(none, text)) {
      assertThatThrownBy(() -> session.relation(none))
          .isInstanceOf(PondException.NotFound.class)
          .hasMessage("'/no/such/file.csv' does not exist. Check the path.");
      assertThatThrownBy(() -> session.relation(text))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining("is not Parquet. Say what it is: 'host+csv:///");
    }
  }

  @Test
  void relation_seriesUrl_needsATime() {
    try (QuerySession session = harbour.open()) {
      assertThatThrownBy(() -> session.relation(PondUrl.parse("series:///stations.table")))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining("'series:///stations.table' is no series");
      assertThat(session.relation(PondUrl.parse("csv+series:///raw.csv")).time()).isPresent();
      assertThatThrownBy(
              () -> session.relation(PondUrl.parse("csv+series:///raw.csv?time_column=levl")))
          .hasMessageContaining("Did you mean 'level'?");
      assertThatThrownBy(() -> session.relation(PondUrl.parse("data:///raw.csv")))
          .hasMessageContaining("has no rows");
    }
  }

  @Test
  void relation_ndjsonAndParquetOfData_areRead() {
    harbour.data(
        "/x.ndjson",
        "{\"timestamp\":\"2024-06-01T00:00:00Z\",\"v\":1}\n{\"v\":2.5,\"n\":{\"a\":[1]}}\n");
    assertThat(harbour.csv("SELECT * FROM 'ndjson:///x.ndjson'"))
        .isEqualTo("timestamp,v,n\n2024-06-01T00:00:00Z,1.0,\n,2.5,\"{\"\"a\"\":[1]}\"\n");
    harbour.data("/bad.ndjson", "{\"a\":1}\n{bad\n");
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM 'ndjson:///bad.ndjson'"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "reading 'ndjson:///bad.ndjson' failed: Malformed JSON: unexpected character."
                + " Correct the file.");
  }

  @Test
  void relation_zstdCsvOfThePond_isUnpacked() throws IOException {
    Path packed = directory.resolve("files/x.zst");
    harbour
        .duck()
        .execute(
            Sql.of("COPY (SELECT 1 AS a, 'b' AS b) TO ")
                .plus(Sql.literal(packed.toString()))
                .plus(" (FORMAT csv, COMPRESSION zstd)"));
    harbour.data("/x.csv.zst", Files.readAllBytes(packed));
    assertThat(harbour.csv("SELECT * FROM 'csv+zstd:///x.csv.zst'")).isEqualTo("a,b\n1,b\n");
  }

  @Test
  void relation_severalCsvFiles_areUnitedByName() {
    harbour.data("/logs/1.csv", "ts,a\n1717200000,1\n");
    harbour.data("/logs/2.csv", "ts,b,a\n1717200060,x,2.5\n");
    assertThat(harbour.csv("SELECT * FROM pond('csv:///logs/*.csv')"))
        .isEqualTo("ts,a,b\n2024-06-01T00:00:00Z,1.0,\n2024-06-01T00:01:00Z,2.5,x\n");
  }

  @Test
  void union_ofSeveralKinds_isByName() {
    try (QuerySession session = harbour.open()) {
      Relation union =
          session.union(
              List.of(
                  session.relation(PondUrl.parse("/sites/north.series")),
                  session.relation(PondUrl.parse("csv:///raw.csv?time_column=ts")),
                  session.relation(PondUrl.parse("/stations.table"))));
      assertThat(union.time()).isEmpty();
      assertThat(union.extents()).hasSize(3);
      assertThat(union.columns().stream().map(RelationColumn::name))
          .containsExactly("timestamp", "v", "ts", "level", "site", "depth");
      assertThat(Harbour.csv(session, union.select(TimeRange.ALL)).lines()).hasSize(6);
      assertThatThrownBy(() ->
              session.union(
                  List.of(
                      session.relation(PondUrl.parse("/sites/south.series")),
                      session.relation(PondUrl.parse("csv:///text.csv")))))
          .isInstanceOf(PondException.NotFound.class);
    }
  }

  @Test
  void union_textBesideNumbers_isRefused() {
    harbour.data("/text.csv", "v\nhigh\n");
    try (QuerySession session = harbour.open()) {
      List<Relation> parts =
          List.of(
              session.relation(PondUrl.parse("/sites/south.series")),
              session.relation(PondUrl.parse("csv:///text.csv")));
      assertThatThrownBy(() -> session.union(parts))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining("its column 'v' is VARCHAR, there it is INTEGER");
    }
  }

  @Test
  void pondTables_showTheTree() {
    harbour.pond().commit((edit, write) -> edit.link(PondPath.of("/latest"), "sites/north.series"));
    harbour.append("/sites/north.series", "SELECT 1717300000 AS timestamp, 5 AS v");
    assertThat(
            harbour.csv(
                "SELECT path, type, version, row_count, min_time, max_time, time_column, target"
                    + " FROM pond_nodes ORDER BY path"))
        .isEqualTo(
            """
            path,type,version,row_count,min_time,max_time,time_column,target
            /latest,symlink,1,,,,,sites/north.series
            /raw.csv,data,1,,,,,
            /sites,directory,,,,,,
            /sites/north.series,table:series,2,3,2024-06-01T00:00:00Z,2024-06-02T03:46:40Z,timestamp,
            /sites/south.series,table:series,1,1,2024-06-01T00:00:00Z,2024-06-01T00:00:00Z,timestamp,
            /stations.table,table,1,1,,,,
            """);
    assertThat(
            harbour.csv(
                "SELECT path, version, row_count, time_encoding, length(sha256) AS l FROM"
                    + " POND_VERSIONS WHERE path LIKE '%north%'"))
        .isEqualTo(
            """
            path,version,row_count,time_encoding,l
            /sites/north.series,1,2,epoch_s,64
            /sites/north.series,2,1,epoch_s,64
            """);
    assertThat(
            harbour.csv(
                "SELECT txn_seq, args, user_name, host, entries, versions FROM pond_transactions"
                    + " WHERE txn_seq <= 2"))
        .isEqualTo(
            """
            txn_seq,args,user_name,host,entries,versions
            1,"[""pond"",""init""]",ada,station-1,1,0
            2,"[""pond"",""test""]",ada,station-1,2,1
            """);
  }
}
