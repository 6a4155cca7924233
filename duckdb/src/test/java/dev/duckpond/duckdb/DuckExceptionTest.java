package dev.duckpond.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.DuckException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DuckExceptionTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELEC 1 | SYNTAX | syntax error at or near \"SELEC\"",
        "SELECT nope FROM range(1) | BINDING | Referenced column \"nope\" not found in FROM clause!",
        "FROM nowhere | CATALOG | Table with name nowhere does not exist!",
        "SELECT nofunction(1) | CATALOG | Scalar Function with name nofunction does not exist!",
        "SELECT 'x'::INT | CONVERSION | Could not convert string 'x' to INT32",
        "SELECT concat(range, 'x')::INT FROM range(9) | CONVERSION | Could not convert string '0x' to INT32",
        "SELECT 200::UTINYINT + 100::UTINYINT | CONVERSION | Overflow in addition of UINT8",
        "FROM '/etc/passwd.csv' | PERMISSION | Cannot access file \"/etc/passwd.csv\"",
        "SELECT error('boom') | OTHER | boom",
      })
  void from_failingQuery_hasKindAndTheEnginesWords(String sql, Kind kind, String message) {
    try (DuckSession session = DuckSession.open(DuckOptions.builder(home).build())) {
      assertThatThrownBy(() -> session.list(Sql.checked(sql), row -> row))
          .isInstanceOfSatisfying(DuckException.class, e -> assertThat(e.kind()).isEqualTo(kind))
          .hasMessageStartingWith(message);
    }
  }

  @Test
  void from_errorLateInTheStream_comesFromNext() {
    try (DuckSession session = DuckSession.open(DuckOptions.builder(home).build());
        Rows rows =
            session.query(
                Sql.of(
                    "SELECT CASE WHEN range > 4900000 THEN error('boom') ELSE range END"
                        + " FROM range(5000000)"))) {
      assertThat(rows.next()).isTrue();
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  assertThat(rows.longValue(0)).isLessThanOrEqualTo(4_900_000);
                }
              })
          .isInstanceOf(DuckException.class)
          .hasMessage("boom");
    }
  }

  @Test
  void from_missingFile_isMissingFile() {
    try (DuckSession session =
        DuckSession.open(DuckOptions.builder(home).allowDirectory(home).build())) {
      assertThatThrownBy(() ->
              session.list(
                  Sql.of("FROM read_parquet(")
                      .plus(DuckSession.path(home.resolve("none.parquet")))
                      .plus(")"),
                  row -> row))
          .isInstanceOfSatisfying(
              DuckException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.MISSING_FILE);
                assertThat(e.findExcerpt()).isPresent();
                assertThat(e.getMessage()).doesNotContain("LINE 1");
              });
    }
  }

  @Test
  void from_fullSpillDirectory_isOutOfMemoryOrNoSpace() throws Exception {
    // A file where the spill directory should be: nothing can be spilled.
    Path blocked = Files.createFile(home.resolve("blocked"));
    try (DuckSession session =
        DuckSession.open(
            DuckOptions.builder(blocked.resolve("spill"))
                .memoryLimitBytes(32_000_000)
                .threads(1)
                .build())) {
      assertThatThrownBy(() ->
              session.execute(
                  Sql.of("CREATE TABLE t AS SELECT hash(range) AS h FROM range(20000000)")))
          .isInstanceOfSatisfying(
              DuckException.class,
              e -> assertThat(e.kind()).isIn(Kind.IO, Kind.MISSING_FILE, Kind.OUT_OF_MEMORY));
    }
  }

  @Test
  void spill_moreThanMemory_worksAndLeavesNothing() throws Exception {
    Path spill = home.resolve("spill");
    try (DuckSession session =
        DuckSession.open(
            DuckOptions.builder(spill).memoryLimitBytes(64_000_000).threads(2).build())) {
      assertThat(
              session.list(
                  Sql.of(
                      "SELECT count(*) FROM (SELECT hash(range) AS h, range AS r FROM range(8000000)"
                          + " ORDER BY h OFFSET 1)"),
                  row -> row.longValue(0)))
          .containsExactly(7_999_999L);
      assertThat(
              session.list(
                  Sql.of(
                      "SELECT sum(h::HUGEINT) IS NOT NULL FROM (SELECT hash(range) AS h FROM"
                          + " range(8000000) ORDER BY h LIMIT 7000000)"),
                  row -> row.flag(0)))
          .containsExactly(true);
      assertThat(spill).isDirectory();
    }
    if (Files.exists(spill)) {
      try (var files = Files.list(spill)) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void from_errorsNoTestCanMakeCheaply_areTold() {
    assertThat(DuckException.from(new SQLException("IO Error: No space left on device")).kind())
        .isEqualTo(Kind.NO_SPACE);
    assertThat(
            DuckException.from(
                    new SQLException(
                        "Out of Memory Error: failed to offload data block of size 32.0 KiB (1.0"
                            + " MiB/1.0 MiB used).\nThis limit was set by the"
                            + " 'max_temp_directory_size' setting.\n\nPossible solutions:\n* x"))
                .kind())
        .isEqualTo(Kind.NO_SPACE);
    DuckException memory =
        DuckException.from(
            new SQLException(
                "Out of Memory Error: failed to allocate data of size 16.0 MiB (50.3 MiB/61.0 MiB"
                    + " used)\n\nPossible solutions:\n* Reducing the number of threads"));
    assertThat(memory.kind()).isEqualTo(Kind.OUT_OF_MEMORY);
    assertThat(memory)
        .hasMessage("failed to allocate data of size 16.0 MiB (50.3 MiB/61.0 MiB used)");
    assertThat(DuckException.from(new SQLException("no class")).kind()).isEqualTo(Kind.OTHER);
  }
}
