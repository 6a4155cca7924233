package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.json.Json;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultWriterTest {
  /** One row of hostile and one of NULL values. */
  private static final String SAMPLE =
      """
      SELECT * FROM (VALUES
        (TIMESTAMP '2024-05-30 00:00:00', 1::BIGINT, 'NaN'::DOUBLE, E'a,"b"|\\n\\tc\\\\\\x1b[31m', true,
         123456789012345678901234567890::HUGEINT, 1.10::DECIMAL(9,2)),
        (TIMESTAMP '2024-05-30 00:00:00.5', -9007199254740993, 0.1, '', false, -1, 2.00),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL)) t(time, n, d, "x|y", b, h, e)
      """;

  @TempDir Path directory;
  private Harbour harbour;
  private QuerySession session;

  @BeforeEach
  void open() {
    harbour = new Harbour(directory);
    session = harbour.open();
  }

  @AfterEach
  void close() {
    session.close();
    harbour.close();
  }

  private String written(String sql, ResultFormat format) {
    return Harbour.written(session, session.prepare(sql), format);
  }

  @Test
  void table_hostileCells_areEscapedAndAligned() {
    assertThat(written(SAMPLE, ResultFormat.TABLE))
        .isEqualTo(
            """
             time                     |                 n |      d | x|y                    | b       |                              h |            e
             TIMESTAMP                |            BIGINT | DOUBLE | VARCHAR                | BOOLEAN |                        HUGEINT | DECIMAL(9,2)
            --------------------------+-------------------+--------+------------------------+---------+--------------------------------+--------------
             2024-05-30T00:00:00Z     |                 1 |    NaN | a,"b"|\\n\\tc\\\\u001b[31m | true    | 123456789012345678901234567890 |         1.10
             2024-05-30T00:00:00.500Z | -9007199254740993 |    0.1 |                        | false   |                             -1 |         2.00
             NULL                     |              NULL |   NULL | NULL                   | NULL    |                           NULL |         NULL

            Summary: 3 total rows
            """);
  }

  @Test
  void table_noRows_hasNamesAndTypes() {
    assertThat(written("SELECT 1 AS a WHERE false", ResultFormat.TABLE))
        .isEqualTo("       a\n INTEGER\n---------\n\nSummary: 0 total rows\n");
  }

  @Test
  void table_longCellsAfterTheFirstRows_overflow() {
    String text =
        written(
            "SELECT CASE WHEN i = 1500 THEN 'a long cell' ELSE 'x' END AS a, i FROM range(2000)"
                + " r(i)",
            ResultFormat.TABLE);
    assertThat(text).contains("\n x       |     42\n").contains("\n a long cell |   1500\n");
  }

  @Test
  void csv_isQuotedWhereNeeded() {
    assertThat(written(SAMPLE, ResultFormat.CSV))
        .isEqualTo(
            "time,n,d,x|y,b,h,e\n"
                + "2024-05-30T00:00:00Z,1,NaN,\"a,\"\"b\"\"|\n\tc\\\u001b[31m\",true,"
                + "123456789012345678901234567890,1.10\n"
                + "2024-05-30T00:00:00.500Z,-9007199254740993,0.1,\"\",false,-1,2.00\n"
                + ",,,,,,\n");
  }

  @Test
  void tsv_isEscaped() {
    assertThat(written(SAMPLE, ResultFormat.TSV))
        .isEqualTo(
            "time\tn\td\tx|y\tb\th\te\n"
                + "2024-05-30T00:00:00Z\t1\tNaN\ta,\"b\"|\\n\\tc\\\\\u001b[31m\ttrue\t"
                + "123456789012345678901234567890\t1.10\n"
                + "2024-05-30T00:00:00.500Z\t-9007199254740993\t0.1\t\tfalse\t-1\t2.00\n"
                + "\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\n");
  }

  @Test
  void csv_singleColumn_readsBackWithEveryRow() {
    assertThat(written("SELECT unnest([1, NULL, 3]) AS v", ResultFormat.CSV))
        .isEqualTo("v\n1\n\"\"\n3\n");
    Path file =
        harbour.text("one.csv", written("SELECT unnest([1, NULL, 3]) AS v", ResultFormat.CSV));
    PondUrl url = PondUrl.ofHostFile(PondUrl.Format.CSV, file);
    try (QuerySession reading = harbour.open(url)) {
      assertThat(Harbour.csv(reading, reading.relation(url).select(TimeRange.ALL)))
          .isEqualTo("v\n1\n\"\"\n3\n");
    }
  }

  @Test
  void markdown_carriageReturns_areLineEnds() {
    assertThat(
            written(
                "SELECT 'a' || chr(13) || 'b' || chr(13) || chr(10) || 'c' AS v",
                ResultFormat.MARKDOWN))
        .contains("| a<br>b<br>c |");
  }

  @Test
  void markdown_isEscaped() {
    assertThat(written("SELECT E'a|b\\n<i>' AS \"x|y\", 1.5::DOUBLE AS d", ResultFormat.MARKDOWN))
        .isEqualTo("| x\\|y | d |\n| --- | ---: |\n| a\\|b<br>&lt;i> | 1.5 |\n");
  }

  @Test
  void json_isExactAndVersioned() {
    String text = written(SAMPLE, ResultFormat.JSON);
    assertThat(text)
        .isEqualTo(
            """
            {"version":1,"columns":[{"name":"time","type":"TIMESTAMP"},{"name":"n","type":"BIGINT"},\
            {"name":"d","type":"DOUBLE"},{"name":"x|y","type":"VARCHAR"},{"name":"b","type":"BOOLEAN"},\
            {"name":"h","type":"HUGEINT"},{"name":"e","type":"DECIMAL(9,2)"}],"rows":[
            ["2024-05-30T00:00:00Z",1,"NaN","a,\\"b\\"|\\n\\tc\\\\\\u001b[31m",true,123456789012345678901234567890,1.10],
            ["2024-05-30T00:00:00.500Z",-9007199254740993,0.1,"",false,-1,2.00],
            [null,null,null,null,null,null,null]
            ],"row_count":3}
            """);
    assertThat(Json.parse(text).asObject().require("row_count").longValue()).isEqualTo(3);
  }

  @Test
  void json_noRows_isADocument() {
    assertThat(Json.parse(written("SELECT 1 AS a WHERE false", ResultFormat.JSON)).toText())
        .isEqualTo(
            "{\"version\":1,\"columns\":[{\"name\":\"a\",\"type\":\"INTEGER\"}],\"rows\":[],\"row_count\":0}");
  }

  @Test
  void ndjson_repeatedNames_getNumbers() {
    assertThat(written("SELECT 1 AS a, 2 AS a, 3 AS a_1, NULL AS a", ResultFormat.NDJSON))
        .isEqualTo("{\"a\":1,\"a_2\":2,\"a_1\":3,\"a_3\":null}\n");
  }

  @Test
  void json_everyOtherType_isDefined() {
    assertThat(
            written(
                """
                SELECT '\\xAB\\x00'::BLOB AS blob, DATE '2024-01-02' AS day, TIME '01:02:03' AS time,
                  INTERVAL 3 DAY AS i, '6f2c1f6e-0000-7000-8000-000000000001'::UUID AS u,
                  TIMESTAMPTZ '2024-01-01 02:00:00+02' AS tz, make_timestamp_ns(1) AS ns,
                  {'a': 'NaN'::DOUBLE, 'b': ['NaN "Infinity', NULL], 'c': '-Infinity'::DOUBLE} AS s,
                  MAP {'k': 1} AS m, 'infinity'::TIMESTAMP AS inf, '-infinity'::DATE AS dinf,
                  18446744073709551615::UBIGINT AS ub, 'x'::ENUM('x', 'y') AS en, '101'::BIT AS bits,
                  '{"j": 1}'::JSON AS j, '-Infinity'::FLOAT AS f, 0.1::FLOAT AS f1, NULL AS nothing
                """,
                ResultFormat.NDJSON))
        .isEqualTo(
            """
            {"blob":"ab00","day":"2024-01-02","time":"01:02:03","i":"3 days",\
            "u":"6f2c1f6e-0000-7000-8000-000000000001","tz":"2024-01-01T00:00:00Z",\
            "ns":"1970-01-01T00:00:00.000000001Z",\
            "s":{"a":"NaN","b":["NaN \\"Infinity",null],"c":"-Infinity"},\
            "m":{"k":1},"inf":"infinity","dinf":"-infinity","ub":18446744073709551615,"en":"x",\
            "bits":"101","j":{"j":1},"f":"-Infinity","f1":0.1,"nothing":null}
            """);
  }

  @Test
  void write_orderOfTheQuery_isKept() {
    String text = written("SELECT i FROM range(300000) r(i) ORDER BY hash(i), i", ResultFormat.CSV);
    List<Long> inOrder =
        session
            .duck()
            .list(
                session.prepare("SELECT i FROM range(300000) r(i) ORDER BY hash(i), i"),
                row -> row.longValue(0));
    assertThat(text.lines().skip(1).map(Long::valueOf).toList()).isEqualTo(inOrder);
  }

  @Test
  void write_explainAndPivot_areWrittenToo() {
    assertThat(written("EXPLAIN SELECT 42", ResultFormat.CSV)).contains("explain_key");
    assertThat(
            written(
                "PIVOT (FROM (VALUES ('a', 1, TIMESTAMP '2024-01-01'), ('b', 2, TIMESTAMP"
                    + " '2024-01-01')) t(k, v, ts)) ON k USING sum(v)",
                ResultFormat.CSV))
        .isEqualTo("ts,a,b\n2024-01-01T00:00:00Z,1,2\n");
    assertThat(written("DESCRIBE SELECT 1 AS a", ResultFormat.CSV)).contains("\na,INTEGER,");
  }

  @Test
  void parquet_isWhatTheQuerySays() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rows =
        new ResultWriter(session)
            .write(session.prepare("SELECT 1717200000 AS ts, 'x' AS v"), ResultFormat.PARQUET, out);
    assertThat(rows).isEqualTo(1);
    Path file = harbour.bytes("back.parquet", out.toByteArray());
    assertThat(harbour.duck().readParquetSchema(file).columns().toString())
        .contains("ts", "INTEGER", "VARCHAR");
    assertThat(directory.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void arrow_everyMappedType_comesBack() throws IOException {
    String sql =
        """
        SELECT true AS b, 1::TINYINT AS i1, 2::SMALLINT AS i2, 3::INTEGER AS i4, 4::BIGINT AS i8,
          200::UTINYINT AS u1, 60000::USMALLINT AS u2, 4000000000::UINTEGER AS u4,
          18446744073709551615::UBIGINT AS u8, 1.5::FLOAT AS f, 2.5::DOUBLE AS d,
          1.23::DECIMAL(9,2) AS dec, 'é' AS t, '\\xAB'::BLOB AS blob, DATE '2024-01-02' AS day,
          TIMESTAMP '2024-01-02 00:00:00.000001' AS ts, TIMESTAMPTZ '2024-01-02 00:00:00+00' AS tz,
          make_timestamp_ns(5) AS ns, TIME '01:02:03' AS time, 'x'::ENUM('x') AS en, NULL AS n
        UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
          NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        """;
    List<String> cells = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader = arrow(sql, allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(root.getRowCount()).isEqualTo(2);
      for (FieldVector vector : root.getFieldVectors()) {
        Object value = vector.getObject(0);
        cells.add(
            vector.getName()
                + "="
                + (value instanceof byte[] bytes ? "bytes " + bytes.length : value));
        assertThat(vector.isNull(1)).describedAs(vector.getName()).isTrue();
      }
      assertThat(root.getSchema().findField("tz").getType().toString())
          .isEqualTo("Timestamp(MICROSECOND, UTC)");
    }
    assertThat(cells)
        .contains("b=true", "i1=1", "i2=2", "i4=3", "i8=4", "u1=-56", "u8=-1", "f=1.5", "d=2.5")
        .contains("dec=1.23", "t=é", "blob=bytes 1", "day=19724", "time=01:02:03", "en=x", "n=null")
        .contains("ts=2024-01-02T00:00:00.000001", "tz=1704153600000000");
  }

  @Test
  void arrow_hugeint_isADecimal() throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            arrow(
                "SELECT sum(i) * 100000000000000000000::HUGEINT AS s FROM range(4) r(i)",
                allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.getVectorSchemaRoot().getVector("s").getObject(0))
          .hasToString("600000000000000000000");
    }
    assertThatThrownBy(() ->
            written(
                "SELECT 170141183460469231731687303715884105727::HUGEINT AS s", ResultFormat.ARROW))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("it has more than 38 digits");
  }

  @Test
  void arrow_manyRows_comeInBatches() throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader = arrow("SELECT i FROM range(20000) r(i)", allocator)) {
      long rows = 0;
      while (reader.loadNextBatch()) {
        assertThat(reader.getVectorSchemaRoot().getRowCount())
            .isLessThanOrEqualTo(ArrowResult.BATCH_ROWS);
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
      assertThat(rows).isEqualTo(20_000);
    }
  }

  private ArrowStreamReader arrow(String sql, RootAllocator allocator) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ResultWriter(session).write(session.prepare(sql), ResultFormat.ARROW, out);
    return new ArrowStreamReader(new ByteArrayInputStream(out.toByteArray()), allocator);
  }

  @Test
  void arrow_nestedType_isAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(() -> written("SELECT [1] AS l", ResultFormat.ARROW))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "the column 'l' cannot be written as arrow: it is of type INTEGER[]. Cast it to"
                + " VARCHAR, or choose --format parquet.");
  }

  @Test
  void arrow_dayThatIsNone_isAnError() {
    assertThatThrownBy(() -> written("SELECT 'infinity'::DATE AS d", ResultFormat.ARROW))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("the day 'infinity' cannot be written as arrow");
  }

  @Test
  void write_outOfMemory_saysWhichLimit() {
    QueryOptions small =
        QueryOptions.builder(directory.resolve("scratch")).memoryLimitBytes(20_000_000).build();
    try (QuerySession limited = QuerySession.openWithoutPond(small)) {
      Sql query = limited.prepare("SELECT list(i) FROM range(20000000) r(i)");
      assertThatThrownBy(() -> Harbour.written(limited, query, ResultFormat.CSV))
          .isInstanceOf(PondException.NoSpace.class)
          .hasMessage(
              "the query failed: it needs more memory than it may use. Raise --memory-limit.");
    }
  }

  @Test
  void write_errorInTheMiddle_isAUsersError() {
    assertThatThrownBy(() ->
            written(
                "SELECT CAST(CASE WHEN i = 400000 THEN 'x' ELSE '1' END AS INTEGER) FROM"
                    + " range(500000) r(i)",
                ResultFormat.CSV))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("Could not convert string 'x' to INT32");
    assertThat(written("SELECT 1 AS a", ResultFormat.CSV)).isEqualTo("a\n1\n");
  }

  @Test
  void write_brokenStream_frees_theSession() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Sql query = session.prepare("SELECT i, 'some text' FROM range(200000) r(i)");
    for (ResultFormat format : ResultFormat.values()) {
      assertThatThrownBy(() -> new ResultWriter(session).write(query, format, broken))
          .describedAs(format.word())
          .isInstanceOf(IOException.class)
          .hasMessage("Broken pipe");
    }
    assertThat(written("SELECT 1 AS a", ResultFormat.CSV)).isEqualTo("a\n1\n");
  }

  @Test
  void require_unknownFormat_isSuggested() {
    assertThatThrownBy(() -> ResultFormat.require("jsn"))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage("'jsn' is not a format. Did you mean 'json'?");
  }
}
