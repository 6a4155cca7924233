package dev.duckpond.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.DuckException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockDownTest {
  @TempDir Path home;
  private Path data;
  private Path single;
  private DuckSession session;

  @BeforeEach
  void openSession() throws Exception {
    data = Files.createDirectory(home.resolve("it's \"data\""));
    single = Files.writeString(home.resolve("single, [1].csv"), "a\n1\n");
    Files.writeString(home.resolve("secret.csv"), "a\n2\n");
    session =
        DuckSession.open(
            DuckOptions.builder(home.resolve("spill"))
                .allowDirectory(data)
                .allowPath(single)
                .build());
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @Test
  void read_allowedDirectoryAndFile_works() throws Exception {
    Files.writeString(data.resolve("in.csv"), "a\n3\n");
    assertThat(session.list(readCsv(data.resolve("in.csv").toString()), row -> row.longValue(0)))
        .containsExactly(3L);
    assertThat(session.list(readCsv(single.toString()), row -> row.longValue(0)))
        .containsExactly(1L);
  }

  @Test
  void read_outside_isRefused() throws Exception {
    assertPermission(readCsv(home.resolve("secret.csv").toString()));
    assertPermission(readCsv(data + "/../secret.csv"));
    assertPermission(readCsv(home + "/*.csv"));
    Path link = Files.createSymbolicLink(data.resolve("link.csv"), home.resolve("secret.csv"));
    assertPermission(readCsv(link.toString()));
    Path directoryLink = Files.createSymbolicLink(data.resolve("up"), home);
    assertPermission(readCsv(directoryLink.resolve("secret.csv").toString()));
  }

  @Test
  void write_outside_isRefused() {
    Path target = home.resolve("out.parquet");
    assertThatThrownBy(
            () -> session.copyToParquet(Sql.of("SELECT 1"), target, ParquetOptions.defaults()))
        .isInstanceOfSatisfying(
            DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PERMISSION));
    assertThat(target).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM 'http://localhost:1/x.parquet'",
        "SELECT * FROM read_parquet('https://localhost:1/x.parquet')",
        "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
        "ATTACH '/tmp/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '/tmp/x.so'",
        "COPY (SELECT 1) TO '/tmp/out.csv'",
        "WITH x AS (COPY (SELECT 1) TO '/tmp/out.csv') SELECT 1",
        "EXPORT DATABASE '/tmp/out'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "SET allowed_directories = ['/']",
        "SET allowed_paths = ['/etc/passwd']",
        "SET memory_limit = '100GB'",
        "SET threads = 100",
        "SET temp_directory = '/etc'",
        "SET TimeZone = 'Europe/Rome'",
        "PRAGMA enable_logging",
        "CALL enable_logging(storage = 'file', storage_path = '/tmp/out')",
        "CREATE PERSISTENT SECRET s (TYPE s3)",
        "SELECT getenv('HOME')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('/etc/passwd')",
        "IMPORT DATABASE '/tmp'"
      })
  void statement_thatLeavesTheRoom_isRefused(String sql) {
    Sql statement = Sql.checked(sql);
    boolean query = sql.startsWith("SELECT") || sql.startsWith("FROM");
    assertThatThrownBy(
            () -> {
              if (query) {
                session.list(statement, row -> row);
              } else {
                session.execute(statement);
              }
            })
        .isInstanceOfSatisfying(
            DuckException.class,
            e -> assertThat(e.kind()).isIn(Kind.PERMISSION, Kind.CATALOG, Kind.BINDING, Kind.OTHER))
        .message()
        .containsAnyOf(
            "disabled by configuration",
            "disabled through configuration",
            "configuration has been locked",
            "does not exist",
            "not been installed",
            "not found");
  }

  private static Sql readCsv(String path) {
    return Sql.of("SELECT a FROM read_csv(").plus(Sql.literal(path)).plus(")");
  }

  private void assertPermission(Sql sql) {
    assertThatThrownBy(() -> session.list(sql, row -> row))
        .isInstanceOfSatisfying(
            DuckException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.PERMISSION);
              assertThat(e).hasMessageStartingWith("Cannot access");
            });
  }
}
