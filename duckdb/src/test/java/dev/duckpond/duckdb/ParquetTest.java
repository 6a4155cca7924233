package dev.duckpond.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.DuckException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetTest {
  private static final ParquetOptions OPTIONS = ParquetOptions.defaults();

  @TempDir Path home;
  private DuckSession session;

  @BeforeEach
  void openSession() {
    session =
        DuckSession.open(
            DuckOptions.builder(home.resolve("spill")).allowDirectory(home).threads(2).build());
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @Test
  void footer_wordsBesideNumbers_hasBoundsOfBoth() {
    Path file = home.resolve("mixed.parquet");
    session.copyToParquet(
        Sql.of("SELECT 7::BIGINT AS n, 'word' AS t, TIMESTAMP '2024-01-01' AS ts"), file, OPTIONS);

    ParquetFooter footer = session.readParquetSchema(file);

    assertThat(footer.requireColumn("n").findMin()).contains("7");
    assertThat(footer.requireColumn("t").findMax()).contains("word");
    assertThat(footer.requireColumn("ts").findMin()).contains("2024-01-01 00:00:00");
  }

  @Test
  void copyToParquet_thenFooter_agree() {
    Path file = home.resolve("a.parquet");
    WrittenParquet written =
        session.copyToParquet(
            Sql.of(
                "SELECT range AS n, CASE WHEN range % 2 = 0 THEN 'nan'::DOUBLE ELSE -range END AS d,"
                    + " CASE WHEN range > 5 THEN 'é' || range END AS \"a\"\"b\","
                    + " TIMESTAMP '2024-01-01' + to_hours(range) AS ts, [range] AS l,"
                    + " NULL::INT AS nothing FROM range(300000)"),
            file,
            OPTIONS.withMetadata(Map.of("it's \"k\"", "v;'ü")).withRowGroupRows(100_000));

    assertThat(written.path()).isEqualTo(file);
    assertThat(written.rows()).isEqualTo(300_000);
    assertThat(written.sizeBytes()).isEqualTo(file.toFile().length());
    assertThat(written.partitionKeys()).isEmpty();
    assertThat(written.columns()).containsOnlyKeys("n", "d", "a\"b", "ts", "l", "nothing");
    assertThat(written.requireColumn("n")).isEqualTo(new ColumnStatistics("0", "299999", 0L, null));
    assertThat(written.requireColumn("d").hasNan()).isTrue();
    assertThat(written.requireColumn("a\"b").findNullCount()).hasValue(6);

    ParquetFooter footer = session.readParquetSchema(file);
    assertThat(footer.columns())
        .containsExactly(
            new Column("n", "BIGINT"),
            new Column("d", "DOUBLE"),
            new Column("a\"b", "VARCHAR"),
            new Column("ts", "TIMESTAMP"),
            new Column("l", "BIGINT[]"),
            new Column("nothing", "INTEGER"));
    assertThat(footer.rows()).isEqualTo(300_000);
    assertThat(footer.metadata()).isEqualTo(Map.of("it's \"k\"", "v;'ü"));
    assertThat(footer.statistics()).containsOnlyKeys("n", "d", "a\"b", "ts", "nothing");
    assertThat(footer.requireColumn("n")).isEqualTo(new ColumnStatistics("0", "299999", 0L, null));
    assertThat(footer.requireColumn("ts").findMin()).contains("2024-01-01 00:00:00");
    assertThat(footer.requireColumn("ts").max()).isEqualTo(written.requireColumn("ts").max());
    assertThat(footer.requireColumn("a\"b").min()).isEqualTo("é10");
    assertThat(footer.requireColumn("nothing"))
        .isEqualTo(new ColumnStatistics(null, null, 300_000L, null));
    assertThat(
            session.list(
                Sql.of("SELECT bool_and(n = file_row_number), count(*) FROM read_parquet(")
                    .plus(DuckSession.path(file))
                    .plus(", file_row_number = true)"),
                row -> row.flag(0)))
        .containsExactly(true);
  }

  @Test
  void copyToParquet_integersBeyond64Bits_areExactOrRefused() {
    Path file = home.resolve("huge.parquet");
    session.copyToParquet(
        Sql.of(
            "SELECT 1 AS a, 12345678901234567890123456789012345678::HUGEINT AS h, sum(range) AS a,"
                + " NULL::HUGEINT AS n FROM range(10)"),
        file,
        OPTIONS);
    assertThat(session.readParquetSchema(file).columns())
        .extracting(Column::type)
        .containsExactly("INTEGER", "DECIMAL(38,0)", "DECIMAL(38,0)", "DECIMAL(38,0)");
    assertThat(
            session.list(
                Sql.of("SELECT h::VARCHAR FROM read_parquet(")
                    .plus(DuckSession.path(file))
                    .plus(")"),
                row -> row.text(0)))
        .containsExactly("12345678901234567890123456789012345678");
    Path refused = home.resolve("refused.parquet");
    assertThatThrownBy(() ->
            session.copyToParquet(
                Sql.of("SELECT 170141183460469231731687303715884105727::HUGEINT AS h"),
                refused,
                OPTIONS))
        .isInstanceOfSatisfying(
            DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONVERSION))
        .hasMessageContaining("170141183460469231731687303715884105727 to DECIMAL(38,0)");
    for (Sql select :
        List.of(
            Sql.of("SELECT 1::UHUGEINT AS wide"),
            Sql.of("SELECT 1::BIGNUM AS wide"),
            Sql.of("SELECT [1::HUGEINT] AS wide"))) {
      assertThatThrownBy(() -> session.copyToParquet(select, refused, OPTIONS))
          .isInstanceOfSatisfying(
              DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONVERSION))
          .hasMessageContaining("Parquet cannot hold the column 'wide' exactly")
          .hasMessageContaining("Cast it");
    }
  }

  @Test
  void copyToParquet_noRows_writesASchema() {
    Path file = home.resolve("empty.parquet");
    WrittenParquet written =
        session.copyToParquet(Sql.of("SELECT 1 AS a WHERE false"), file, OPTIONS);
    assertThat(written.rows()).isZero();
    ParquetFooter footer = session.readParquetSchema(file);
    assertThat(footer.columns()).containsExactly(new Column("a", "INTEGER"));
    assertThat(footer.rows()).isZero();
    assertThat(footer.requireColumn("a").findMin()).isEmpty();
  }

  @Test
  void copyToParquet_failingQuery_reportsIt() {
    assertThatThrownBy(() ->
            session.copyToParquet(
                Sql.of("SELECT (range || 'x')::INT FROM range(1000000)"),
                home.resolve("x.parquet"),
                OPTIONS))
        .isInstanceOfSatisfying(
            DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONVERSION))
        .hasMessageStartingWith("Could not convert string '0x' to INT32");
  }

  @Test
  void copyToParquet_anyNumberOfThreads_writesTheSameBytes() throws Exception {
    Path one = home.resolve("1.parquet");
    Sql select =
        Sql.of("SELECT range AS n, hash(range) AS h FROM range(500000) ORDER BY range % 7, n");
    try (DuckSession single = sessionWith(1)) {
      single.copyToParquet(select, one, OPTIONS);
    }
    try (DuckSession four = sessionWith(4)) {
      Path other = home.resolve("4.parquet");
      four.copyToParquet(select, other, OPTIONS);
      assertThat(Files.mismatch(one, other)).isEqualTo(-1);
    }
  }

  @Test
  void copyPartitioned_anyNumberOfThreads_writesOneEqualFileForEachPartition() throws Exception {
    List<String> sources = new ArrayList<>();
    for (int source = 0; source < 3; source++) {
      Path file = home.resolve("source" + source + ".parquet");
      session.copyToParquet(
          Sql.of("SELECT range // 3 AS ts, hash(range) % 10 AS v FROM range(400000)"),
          file,
          OPTIONS);
      sources.add(file.toString());
    }
    List<Path> directories = new ArrayList<>();
    for (int threads : new int[] {1, 2, 4}) {
      Path directory = home.resolve("threads" + threads);
      directories.add(directory);
      try (DuckSession other = sessionWith(threads)) {
        other.setVariable("files", sources);
        List<WrittenParquet> files =
            other.copyPartitioned(
                Sql.of(
                    "SELECT ts, v, ts // 70000 AS k, file_index AS i, file_row_number AS r FROM"
                        + " read_parquet(getvariable('files'))"),
                directory,
                List.of("k"),
                List.of(Sql.of("ts"), Sql.of("i"), Sql.of("r")),
                OPTIONS,
                KeepPartitionColumns.IN_PATH_ONLY);
        assertThat(files).extracting(WrittenParquet::rows).containsExactly(630_000L, 570_000L);
      }
    }
    for (String partition : List.of("k=0/data_0.parquet", "k=1/data_0.parquet")) {
      for (Path directory : directories) {
        assertThat(
                Files.mismatch(
                    directories.getFirst().resolve(partition), directory.resolve(partition)))
            .isEqualTo(-1);
      }
    }
  }

  private DuckSession sessionWith(int threads) {
    return DuckSession.open(
        DuckOptions.builder(home.resolve("spill")).allowDirectory(home).threads(threads).build());
  }

  @Test
  void copyPartitioned_keysOfAllKinds_reportsEveryFile() {
    Path directory = home.resolve("out");
    List<WrittenParquet> files =
        session.copyPartitioned(
            Sql.of(
                "SELECT * FROM (VALUES ('it''s/ü', 2, 5, 1.0), ('it''s/ü', 2, 4, NULL),"
                    + " (NULL, 1, 7, 'nan'::DOUBLE), ('', 1, 8, 2.0)) v(k, y, n, d)"),
            directory,
            List.of("k", "y"),
            List.of(Sql.identifier("n")),
            OPTIONS,
            KeepPartitionColumns.IN_PATH_ONLY);

    assertThat(files)
        .hasSize(3)
        .isSortedAccordingTo(java.util.Comparator.comparing(WrittenParquet::path));
    assertThat(files).allSatisfy(file -> assertThat(file.path()).exists().startsWith(directory));
    WrittenParquet quoted =
        files.stream().filter(file -> file.rows() == 2).findFirst().orElseThrow();
    assertThat(quoted.partitionKeys()).hasToString("{k=Optional[it's/ü], y=Optional[2]}");
    assertThat(quoted.columns()).containsOnlyKeys("n", "d");
    assertThat(quoted.requireColumn("n")).isEqualTo(new ColumnStatistics("4", "5", 0L, null));
    assertThat(quoted.requireColumn("d").nullCount()).isEqualTo(1);
    assertThat(quoted.requireColumn("d").hasNan()).isFalse();
    assertThat(files)
        .extracting(file -> file.partitionKeys().get("k"))
        .containsExactlyInAnyOrder(Optional.of("it's/ü"), Optional.empty(), Optional.of(""));
    assertThat(session.readParquetSchema(quoted.path()).columns())
        .extracting(Column::name)
        .containsExactly("n", "d");
  }

  @Test
  void copyPartitioned_keepInFiles_writesTheColumns() {
    List<WrittenParquet> files =
        session.copyPartitioned(
            Sql.of("SELECT range AS n, range % 2 AS k FROM range(10)"),
            home.resolve("out"),
            List.of("k"),
            List.of(Sql.of("n DESC")),
            OPTIONS,
            KeepPartitionColumns.IN_FILES);
    assertThat(session.readParquetSchema(files.getFirst().path()).columns())
        .extracting(Column::name)
        .containsExactly("n", "k");
    assertThat(
            session.list(
                Sql.of("SELECT n FROM read_parquet(")
                    .plus(DuckSession.path(files.getFirst().path()))
                    .plus(")"),
                row -> row.longValue(0)))
        .containsExactly(8L, 6L, 4L, 2L, 0L);
  }

  @Test
  void copyPartitioned_noColumns_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            session.copyPartitioned(
                Sql.of("SELECT 1"),
                home.resolve("out"),
                List.of(),
                List.of(),
                OPTIONS,
                KeepPartitionColumns.IN_FILES))
        .withMessage("partition columns and sort terms are needed");
  }

  @Test
  void readParquetSchema_notParquet_saysSo() throws Exception {
    assertFooterProblem(
        Files.writeString(home.resolve("a.csv"), "a,b\n1,2\n"),
        Kind.NOT_PARQUET,
        "is not a Parquet file");
    assertFooterProblem(
        Files.createFile(home.resolve("empty")), Kind.NOT_PARQUET, "is not a Parquet file");
    assertFooterProblem(home.resolve("none"), Kind.MISSING_FILE, "does not exist");
    assertFooterProblem(Files.createDirectory(home.resolve("dir")), Kind.IO, "is a directory");
  }

  @Test
  void readParquetSchema_cutAtAnyPlace_isTruncated() throws Exception {
    Path whole = home.resolve("whole.parquet");
    session.copyToParquet(Sql.of("SELECT * FROM range(1000)"), whole, OPTIONS);
    byte[] bytes = Files.readAllBytes(whole);
    for (int size : new int[] {4, 7, 11, 12, bytes.length / 2, bytes.length - 1}) {
      Path cut = Files.write(home.resolve("cut.parquet"), Arrays.copyOf(bytes, size));
      assertFooterProblem(cut, Kind.TRUNCATED_PARQUET, "is a truncated Parquet file");
    }
  }

  @Test
  void readParquetSchema_damagedFooter_isNotParquet() throws IOException {
    Path whole = home.resolve("whole.parquet");
    session.copyToParquet(Sql.of("SELECT * FROM range(1000)"), whole, OPTIONS);
    byte[] bytes = Files.readAllBytes(whole);
    Arrays.fill(bytes, bytes.length - 60, bytes.length - 8, (byte) 0xFF);
    assertFooterProblem(
        Files.write(home.resolve("damaged.parquet"), bytes),
        Kind.NOT_PARQUET,
        "has a damaged footer");
  }

  @Test
  void readParquetSchema_outsideOfAllowed_isPermission() {
    Path file = home.resolve("a.parquet");
    session.copyToParquet(Sql.of("SELECT 1"), file, OPTIONS);
    try (DuckSession other = DuckSession.open(DuckOptions.builder(home.resolve("s")).build())) {
      assertThatThrownBy(() -> other.readParquetSchema(file))
          .isInstanceOfSatisfying(
              DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PERMISSION));
    }
  }

  private void assertFooterProblem(Path file, Kind kind, String message) {
    assertThatThrownBy(() -> session.readParquetSchema(file))
        .isInstanceOfSatisfying(DuckException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }
}
