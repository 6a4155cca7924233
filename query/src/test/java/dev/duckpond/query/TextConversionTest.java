package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextConversionTest {
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

  /** Answers types and rows of what a CSV becomes. */
  private String converted(Path csv, String scheme, String options) {
    Path target = directory.resolve("out.parquet");
    new TextConversion(harbour.duck())
        .convert(PondUrl.parse(scheme + "://" + csv + options), target);
    PondUrl url = PondUrl.ofHostFile(PondUrl.Format.PARQUET, target);
    try (QuerySession session = harbour.open(url)) {
      Relation relation = session.relation(url);
      StringBuilder out = new StringBuilder();
      relation.columns().forEach(column -> out.append(column.type()).append(' '));
      return out.append('\n')
          .append(Harbour.csv(session, relation.select(TimeRange.ALL)))
          .toString();
    }
  }

  private String converted(String csv) {
    return converted(harbour.text("x.csv", csv), "host+csv", "");
  }

  @Test
  void convert_plainCsv_findsTypesOverAllLines() {
    StringBuilder csv = new StringBuilder("Timestamp,v,w\n");
    for (int i = 0; i < 30_000; i++) {
      csv.append("2024-06-01 00:00,").append(i).append(",1\n");
    }
    csv.append("2024-06-01 00:00,1.5,x\n");
    assertThat(converted(csv.toString()))
        .startsWith("TIMESTAMP DOUBLE VARCHAR \nTimestamp,v,w\n2024-06-01T00:00:00Z,0.0,1\n")
        .endsWith("2024-06-01T00:00:00Z,1.5,x\n");
  }

  @Test
  void convert_formatOfDigitsAlone_readsTheTimeAndNoOtherColumn() {
    Path csv = harbour.text("x.csv", "id,time,n,t\n10010101,20240601,20240602,x\n,,20240602,y\n");
    String rows = "\nid,time,n,t\n10010101,2024-06-01T00:00:00Z,20240602,x\n,,20240602,y\n";

    for (String name : List.of("timestampformat", "dateformat")) {
      assertThat(converted(csv, "host+csv", "?" + name + "=%25Y%25m%25d"))
          .isEqualTo("BIGINT TIMESTAMP BIGINT VARCHAR " + rows);
    }
    assertThat(converted(csv, "host+csv", "?timestampformat=%25y%25m%25d"))
        .startsWith("BIGINT BIGINT BIGINT VARCHAR ");
    assertThat(converted(csv, "host+csv", "?timestampformat=%25Y%25m%25d&time_column=N"))
        .isEqualTo(
            """
            BIGINT BIGINT DATE VARCHAR\s
            id,time,n,t
            10010101,20240601,2024-06-02,x
            ,,2024-06-02,y
            """);
    assertThat(
            converted(
                harbour.text("y.csv", "Date,v\n202406011230.5,202406011230.5\n"),
                "host+csv",
                "?timestampformat=%25Y%25m%25d%25H%25M.%25g"))
        .startsWith("TIMESTAMP DOUBLE \nDate,v\n2024-06-01T12:30:00.500Z,2.024");
    assertThat(
            converted(
                harbour.text("z.csv", "time,v\n01/02/2024,03/04/2024\n"),
                "host+csv",
                "?timestampformat=%25m/%25d/%25Y"))
        .isEqualTo("TIMESTAMP DATE \ntime,v\n2024-01-02T00:00:00Z,2024-03-04\n");
  }

  @Test
  void convert_emptyLinesBeforeTheNames_areSkippedAlsoWhereAllIsText() {
    String expected = "VARCHAR VARCHAR \nname,color\nx,red\ny,blue\n";

    for (String before : List.of("", "\n", "\n\n\n", "\r\n\r\n")) {
      String end = before.startsWith("\r") ? "\r\n" : "\n";
      String rows = String.join(end, "name,color", "x,red", "y,blue", "");
      assertThat(converted(before + rows)).as(before).isEqualTo(expected);
      assertThat(
              converted(
                  harbour.text("c.csv", "of me" + end + before + "# c" + end + before + rows),
                  "host+csv",
                  "?skip=1&comment=%23"))
          .as(before)
          .isEqualTo(expected);
    }
    assertThat(converted(harbour.text("h.csv", "\nx,red\ny,blue\n"), "host+csv", "?header=false"))
        .isEqualTo("VARCHAR VARCHAR \ncolumn0,column1\nx,red\ny,blue\n");
    assertThat(converted("\n\nname\nx\n")).isEqualTo("VARCHAR \nname\nx\n");
    assertThatThrownBy(() -> converted("\n\nname,color\nx,red\ny\n"))
        .hasMessageContaining("line 5");
  }

  @Test
  void convert_utf16WithAnEmoji_isRefusedWithAdviceOnUtf8() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("x.csv"), "a,b\nx,\ud83d\ude00 y\n", StandardCharsets.UTF_16LE);

    assertThatThrownBy(() -> converted(file, "host+csv", "?encoding=utf-16"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("x.csv' failed: it is not UTF-16, or has characters that cannot be")
        .hasMessageContaining("Convert it to UTF-8");
  }

  @Test
  void convert_gzipThatEndsWithItsFirstBytes_isRefusedWithoutInnerPaths() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("time,v\n2024-06-01,1\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(directory.resolve("x.csv.gz"), Arrays.copyOf(packed.toByteArray(), 20));

    assertThatThrownBy(() -> converted(file, "host+csv+gzip", ""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageEndingWith(
            "failed: it ends in the middle of what is packed as gzip, as half a copy does. Get it"
                + " again from where it came from.");
  }

  @Test
  void convert_formatThatIsNone_isRefusedWithoutSql() {
    Path csv = harbour.text("x.csv", "time,v\n1717243200,1\n");

    for (String name : List.of("timestampformat", "dateformat")) {
      assertThatThrownBy(() -> converted(csv, "host+csv", "?" + name + "=%25s"))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining(
              "x.csv' failed: '%s' says nothing in 'timestampformat' or 'dateformat'. Write it as")
          .hasMessageNotContaining("read_csv");
    }
  }

  @Test
  void convert_objectsOfWhichThereAreNone_isRefusedWithoutSql() {
    for (String text : List.of("", "\n\n", "1\n2\n")) {
      Path file = harbour.text("x.ndjson", text);

      assertThatThrownBy(() -> converted(file, "host+ndjson", ""))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining("x.ndjson' failed: it is empty, or its lines are no objects. Write")
          .hasMessageNotContaining("read_json");
    }
  }

  @Test
  void convert_otherDialects_areFoundInTheFirstLine() {
    assertThat(converted("a;b\n1;\"x;y\"\n")).isEqualTo("BIGINT VARCHAR \na,b\n1,x;y\n");
    assertThat(converted("a\tb\n1\t2\n")).isEqualTo("BIGINT BIGINT \na,b\n1,2\n");
    assertThat(converted("a|b\r\n1|2\r\n")).isEqualTo("BIGINT BIGINT \na,b\n1,2\n");
    assertThat(converted("\ufeffa,b\n1,2\n")).isEqualTo("BIGINT BIGINT \na,b\n1,2\n");
    assertThat(converted("\"a,1\",\"b;;;\"\n1,2\n"))
        .isEqualTo("BIGINT BIGINT \n\"a,1\",b;;;\n1,2\n");
    assertThat(converted("5\" pipe;b;c\n1;2;3\n")).endsWith("1,2,3\n");
    assertThat(converted("a\n1\n2\n")).isEqualTo("BIGINT \na\n1\n2\n");
  }

  @Test
  void convert_quotedLineBreakOfAnotherKind_isPartOfTheValue() {
    assertThat(converted("a,b\r\n1,\"x\ny\"\r\n2,z\r\n"))
        .isEqualTo("BIGINT VARCHAR \na,b\n1,\"x\ny\"\n2,z\n");
  }

  @Test
  void convert_linesThatEndInTwoWays_isRefusedWithTheLine() {
    assertThatThrownBy(() -> converted("a,b\r\n1,\"x\r\ny\"\r\n2,z\n"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining(
            "x.csv' cannot be read: its lines end in two ways, the first with CR LF,")
        .hasMessageContaining("line 4 with LF. Write all lines with one kind of end");
    assertThatThrownBy(() -> converted("a,b\n1,x\r\n2,z\n"))
        .hasMessageContaining("the first with LF, line 2 with CR LF.");
  }

  @Test
  void convert_quotedLinesThatEndInTwoWays_areRefusedWithTheLine() {
    assertThatThrownBy(() -> converted("\"t\",\"v\"\r\n\"a\",\"1\"\r\n\"b\",\"6\"\n"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("the first with CR LF, line 3 with LF.");
    assertThatThrownBy(() -> converted("\"t\"\n\"a\nb\"\n\"b\"\r\n\"c\"\r\n"))
        .hasMessageContaining("the first with LF, line 4 with CR LF.");
    assertThatThrownBy(() -> converted("\uFEFF\"t\nu\"\r\n\"a\"\r\n\"b\"\n"))
        .hasMessageContaining("the first with CR LF, line 4 with LF.");
    assertThatThrownBy(() -> converted("t,v\r\n5\" a,1\r\n2,\"6\"\n3,7\n"))
        .hasMessageContaining("the first with CR LF, line 3 with LF.");
  }

  @Test
  void convert_linesOfAnEncodingThatEndInTwoWays_areRefusedWithTheLine() {
    for (String encoding : List.of("latin-1", "utf-8")) {
      assertThatThrownBy(() ->
              converted(
                  harbour.text("x.csv", "t,v\r\na,1\r\nb,2\n"),
                  "host+csv",
                  "?encoding=" + encoding))
          .hasMessageContaining("the first with CR LF, line 3 with LF.");
    }
  }

  @Test
  void convert_datesOfTwoForms_areRefusedWithValueAndColumn() {
    assertThatThrownBy(() -> converted("t,v\n2024-06-01,\"a\nb\"\n01/02/2024,x\n"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining(
            "line 2: '2024-06-01' in the column 't' cannot be read as DATE. Write the values of the"
                + " column alike, or say how the file is written");
  }

  @Test
  void convert_emptyLinesAndCommentsBeforeTheNames_areSkipped() {
    for (String before : List.of("# c\n\n# d\n\n", "\n# c\n# d\n# e\n", "# c\n# d\n\n\n")) {
      Path csv = harbour.text("x.csv", before + "name,color\nx,red\n");
      assertThat(converted(csv, "host+csv", "?comment=%23"))
          .as(before)
          .isEqualTo("VARCHAR VARCHAR \nname,color\nx,red\n");
    }
  }

  @Test
  void convert_emptyLinesBeforeTheNames_areNoErrorWhereTypesDiffer() {
    assertThat(converted("\n\ntime,v\n2024-06-01 12:30,2\n"))
        .isEqualTo("TIMESTAMP BIGINT \ntime,v\n2024-06-01T12:30:00Z,2\n");
  }

  @Test
  void convert_formatOfDaysWithoutAClock_isThatOfDates() {
    Path csv = harbour.text("x.csv", "date,v\n01/02/2024,1\n");

    assertThat(converted(csv, "host+csv", "?timestampformat=%25m/%25d/%25Y"))
        .isEqualTo("DATE BIGINT \ndate,v\n2024-01-02,1\n");
  }

  @Test
  void convert_linesOfComments_areKept() {
    assertThat(converted("a,b\n#1,2\n#3,4\n")).isEqualTo("VARCHAR BIGINT \na,b\n#1,2\n#3,4\n");
  }

  @Test
  void convert_options_sayHowItIsWritten() {
    Path csv =
        harbour.text(
            "x.csv", "made by hand\na;b\n1,5;-\n31.12.2024;x\n".replace("31.12.2024", "2,5"));
    assertThat(converted(csv, "host+csv", "?skip=1&decimal_separator=,&nullstr=-"))
        .isEqualTo("DOUBLE VARCHAR \na,b\n1.5,\n2.5,x\n");
    Path days = harbour.text("y.csv", "time,v\n31.12.2024 23:59,1\n");
    assertThat(converted(days, "host+csv", "?timestampformat=%25d.%25m.%25Y %25H:%25M"))
        .isEqualTo("TIMESTAMP BIGINT \ntime,v\n2024-12-31T23:59:00Z,1\n");
    Path latin = harbour.bytes("z.csv", "a,b\n1,café\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(converted(latin, "host+csv", "?encoding=latin-1"))
        .isEqualTo("BIGINT VARCHAR \na,b\n1,café\n");
  }

  @Test
  void convert_gzip_isUnpacked() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(converted(harbour.bytes("x", bytes.toByteArray()), "host+csv+gzip", ""))
        .isEqualTo("BIGINT BIGINT \na,b\n1,2\n");
    assertThatThrownBy(() -> converted(harbour.text("y", "a,b\n1,2\n"), "host+csv+gzip", ""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageEndingWith(
            "it is not packed with gzip, or damaged. Leave '+gzip' out of the URL when it is plain"
                + " text.");
  }

  /** Answers a CSV packed as Zstandard, whose last bytes are a checksum or the last block. */
  private byte[] zstdCsv(int rows) throws IOException {
    Path file = directory.resolve("packed.zst");
    harbour
        .duck()
        .execute(
            new SqlBuilder()
                .text("COPY (SELECT range AS a, hash(range) AS b FROM range(")
                .literal(rows)
                .text(")) TO ")
                .literal(file.toString())
                .text(" (FORMAT csv, HEADER true, COMPRESSION zstd)")
                .build());
    return Files.readAllBytes(file);
  }

  @Test
  void read_truncatedZstd_isRefusedInPlaceAndConverted() throws IOException {
    byte[] whole = zstdCsv(200_000);
    byte[] cut = Arrays.copyOf(whole, whole.length / 3);
    String why = "it is cut short, after " + cut.length + " bytes";
    Path host = harbour.bytes("cut.zst", cut);
    harbour.data("/whole", whole);
    harbour.data("/large", cut);
    harbour.data("/small", Arrays.copyOf(zstdCsv(100), 100));
    assertThat(harbour.csv("SELECT count(*) AS n FROM 'csv+zstd:///whole'"))
        .isEqualTo("n\n200000\n");
    assertThatThrownBy(() -> converted(host, "host+csv+zstd", ""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'"
                + host
                + "' cannot be unpacked as zstd: "
                + why
                + ". Get it again from where it came from, or leave '+zstd' away.");
    PondUrl url = PondUrl.parse("host+csv+zstd://" + host);
    try (QuerySession session = harbour.open(url)) {
      assertThatThrownBy(() -> session.relation(url))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining(why);
    }
    for (String scheme : new String[] {"csv", "ndjson", "jsonlogs", "weblog"}) {
      for (String path : new String[] {"/large", "/small"}) {
        assertThatThrownBy(() -> harbour.csv("SELECT * FROM '" + scheme + "+zstd://" + path + "'"))
            .isInstanceOf(PondException.Invalid.class)
            .hasMessageStartingWith("'" + path + "' cannot be unpacked as zstd: it is cut short");
      }
    }
  }

  @Test
  void read_damagedZstd_saysSo() throws IOException {
    byte[] bytes = zstdCsv(200_000);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 16, (byte) 0x5a);
    harbour.data("/damaged", bytes);
    assertThatThrownBy(() -> harbour.csv("SELECT * FROM 'csv+zstd:///damaged'"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("it is damaged")
        .hasMessageContaining("Get it again from where it came from");
  }

  @Test
  void convert_wrongLines_areNamed() {
    String begin = "converting '" + directory.resolve("files/x.csv") + "' failed: ";
    assertThatThrownBy(() -> converted("a,b\n1,2\n3\n4,5,6\n"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            begin
                + "line 3: Expected Number of Columns: 2 Found: 1. Correct the file, or say how"
                + " it is written, as in 'host+csv+series:///PATH?delim=;&decimal_separator=,&skip=2'.");
    assertThatThrownBy(() -> converted("a,b\n1,2\n3,\"x\n5,6\n"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            begin
                + "line 3: Value with unterminated quote found. Correct the file, or say how it"
                + " is written, as in 'host+csv+series:///PATH?delim=;&decimal_separator=,&skip=2'.");
    assertThatThrownBy(() -> converted(""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageEndingWith(
            "x.csv' is empty: it has not even a line of names. Get it again from where it came"
                + " from, or leave it out.");
    assertThatThrownBy(() -> converted("a,b\n" + "1,2\n".repeat(50_000) + "1,2,3\n"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("line 50002: ");
  }

  @Test
  void convert_nameWithWildcards_isThatFileAlone() {
    harbour.text("z1.csv", "a\n1\n");
    harbour.text("zz.csv", "a\n2\n");
    harbour.text("zq.csv", "a\n3\n");
    Path bracket = harbour.text("z[1].csv", "a\n10\n");
    Path star = harbour.text("z*.csv", "a\n20\n");
    Path question = harbour.text("z?.csv", "a\n30\n");
    assertThat(converted(bracket, "host+csv", "")).isEqualTo("BIGINT \na\n10\n");
    assertThat(converted(star, "host+csv", "")).isEqualTo("BIGINT \na\n20\n");
    assertThat(converted(Path.of(question.toString().replace("?", "%3F")), "host+csv", ""))
        .isEqualTo("BIGINT \na\n30\n");
  }

  @Test
  void convert_notUtf8_saysHowToSayIt() {
    Path latin = harbour.bytes("x.csv", "a,b\n1,café\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> converted(latin, "host+csv", ""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("it is not UTF-8")
        .hasMessageContaining("Say the encoding, '?encoding=latin-1'");
  }

  @Test
  void convert_sameCsv_givesSameBytesAtAnyNumberOfThreads() throws IOException {
    StringBuilder csv = new StringBuilder("timestamp,v\n");
    for (int i = 0; i < 400_000; i++) {
      csv.append(1_717_200_000L + i).append(',').append(i * 0.1).append('\n');
    }
    Path file = harbour.text("x.csv", csv.toString());
    Path one = directory.resolve("one.parquet");
    Path four = directory.resolve("four.parquet");
    convert(file, one, 1);
    convert(file, four, 4);
    assertThat(Files.mismatch(one, four)).isEqualTo(-1);
    assertThat(
            new RelationInspector(harbour.duck())
                .inspectSeries(
                    one,
                    "x.csv",
                    SeriesTarget.of(PondPath.of("/s"), harbour.tree()),
                    TimeHints.NONE)
                .rowCount())
        .hasValue(400_000);
  }

  private OptionalLong line(String csv, String options, long row) {
    PondUrl url = PondUrl.parse("host+csv://" + harbour.text("x.csv", csv) + options);
    return new TextConversion(harbour.duck())
        .findLine(url, row, "x.csv", directory.resolve("lines"));
  }

  @Test
  void findLine_optionsOfTheDialect_decideWhatIsARow() {
    assertThat(line("a,b\n1,2\n\n3,4\n", "", 1)).hasValue(4);
    assertThat(line("note\na,b\n1,2\n", "?skip=1", 0)).hasValue(3);
    assertThat(line("1,2\n3,4\n", "?header=false", 1)).hasValue(2);
    assertThat(line("a,b\n#1,2\n3,4\n", "?comment=%23", 0)).hasValue(3);
    assertThat(line("a,b\n'x\\'\ny',2\n3,4\n", "?quote='&escape=\\", 1)).hasValue(4);
    assertThat(line("a,b\r\n\r\n\"x\r\n\r\n\"\"y\",2\r\n3,4\r\n", "", 1)).hasValue(6);
    assertThat(line("a,b\n1,2\n", "", 1)).isEmpty();
  }

  @Test
  void findLine_quotesWithinPlainValues_beginNothing() {
    assertThat(line("a,b\n1,5\" pipe\n3,4\n5,7\" pipe\n7,8\n9,9\n", "", 4)).hasValue(6);
    assertThat(line("a;b,c\n1;5\n2;\"x\ny\"\n3;4\n", "?delim=;", 2)).hasValue(5);
    assertThat(line("a|b\n1|5' pipe\n2| 'x\ny'\n3|4\n", "?quote='", 2)).hasValue(5);
    assertThat(line("a,b\n1,\"x\"\"\ny\"\n2,3\" x\n4,5\n", "", 2)).hasValue(5);
    assertThat(line("5\" pipe,b\n1,2\n3,4\n", "", 1)).hasValue(3);
    assertThat(line("a,b\n1,\"x\n2,3\n", "?quote=", 1)).hasValue(3);
  }

  @Test
  void findLine_longFile_countsAsTheRowsAreNumbered() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("n,text\n");
    List<Integer> lines = new ArrayList<>();
    int line = 2;
    for (int row = 0; row < 20_000; row++) {
      lines.add(line);
      int inside = random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
      int after = random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
      csv.append(row).append(",\"a\"\"").append("\n".repeat(inside)).append("\"\n");
      csv.append("\n".repeat(after));
      line += 1 + inside + after;
    }
    for (int row : new int[] {0, 1, 99, 10_000, 19_999}) {
      assertThat(line(csv.toString(), "", row)).as("seed %s", seed).hasValue(lines.get(row));
    }
  }

  private void convert(Path csv, Path target, int threads) {
    try (DuckSession duck =
        DuckSession.open(
            DuckOptions.builder(directory.resolve("spill"))
                .threads(threads)
                .allowDirectory(directory)
                .build())) {
      new TextConversion(duck).convert(PondUrl.ofHostFile(PondUrl.Format.CSV, csv), target);
    }
  }
}
