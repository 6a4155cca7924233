package dev.duckpond.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectMacrosTest {
  @TempDir Path directory;
  private DuckSession session;

  @BeforeEach
  void open() {
    session = DuckSession.open(DuckOptions.builder(directory).threads(1).build());
  }

  @AfterEach
  void close() {
    session.close();
  }

  private List<String> list(String query) {
    return session.list(session.requireSelect(query), row -> row.isNull(0) ? "NULL" : row.text(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "date_bin(INTERVAL '15 minutes', TIMESTAMP '2024-06-01 12:34:56') ! 2024-06-01 12:30:00",
        "DATE_BIN('7 days', TIMESTAMP '1969-12-31 00:00:00') ! 1969-12-25 00:00:00",
        "date_bin(INTERVAL '1 hour', TIMESTAMPTZ '2024-06-01 12:34:56+02', TIMESTAMP '2024-01-01"
            + " 00:05:00') ! 2024-06-01 10:05:00",
        "date_bin(INTERVAL '1 month', DATE '2024-06-17') ! 2024-06-01 00:00:00",
        "to_timestamp(1717243200) ! 2024-06-01 12:00:00",
        "to_timestamp(1717243200::INTEGER) ! 2024-06-01 12:00:00",
        "to_timestamp(-1.5::DOUBLE) ! 1969-12-31 23:59:58.5",
        "to_timestamp('2024-06-01T12:00:00Z') ! 2024-06-01 12:00:00",
        "to_timestamp('2024-06-01 12:00:00-08:00') ! 2024-06-01 20:00:00",
        "to_timestamp('2024-06-01') ! 2024-06-01 00:00:00",
        "to_timestamp(TIMESTAMP '2024-06-01 12:00:00') ! 2024-06-01 12:00:00",
        "to_timestamp(NULL::BIGINT) ! NULL",
        "to_timestamp_seconds(1717243200) ! 2024-06-01 12:00:00",
        "to_timestamp_seconds('2024-06-01T12:00:00.7Z') ! 2024-06-01 12:00:00",
        "to_timestamp_millis(1717243200123) ! 2024-06-01 12:00:00.123",
        "to_timestamp_micros(1717243200123456) ! 2024-06-01 12:00:00.123456",
        "to_timestamp_nanos(-1) ! 1969-12-31 23:59:59.999999",
        "to_timestamp_nanos(1717243200123456789) ! 2024-06-01 12:00:00.123456",
        "from_unixtime(60) ! 1970-01-01 00:01:00",
        "to_unixtime('2024-06-01T12:00:00Z') ! 1717243200",
        "to_unixtime(TIMESTAMP '2024-06-01 12:00:00') ! 1717243200",
        "to_date('2024-06-01') ! 2024-06-01",
        "approx_percentile_cont(x, 0.5) ! 2",
        "approx_percentile_cont(x, 0.5, 100) ! 2",
        "approx_median(x) ! 2",
        "approx_distinct(x) ! 3",
        "var(x) ! 1.0",
        "var_population(x * 3) ! 6.0",
        "covar(x, x) ! 1.0",
        "nvl(NULL, 'b') ! b",
        "nvl2(NULL, 'b', 'c') ! c",
        "nanvl('NaN'::DOUBLE, 5) ! 5.0",
        "iszero(0) ! true",
        "signum(-3.5) ! -1",
        "btrim('  a ') ! a",
        "btrim('xxaxx', 'x') ! a",
        "regexp_like('harbour', 'b.u') ! true",
        "regexp_count('banana', 'an') ! 2",
        "array_element([4, 5], 2) ! 5",
        "array_max([4, 5]) ! 5",
        "array_min([4, 5]) ! 4",
        "list_length([4, 5]) ! 2",
        "to_char(TIMESTAMP '2024-06-01 12:34:56', '%d.%m.%Y %H:%M') ! 01.06.2024 12:34",
        "date_format(DATE '2024-06-01', '%Y-%m') ! 2024-06",
        "len(make_array()) ! 0",
        "make_array(1, 2, 3)[3] ! 3",
        "len(make_array(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)) ! 16",
        "array_repeat('a', 2)[2] ! a",
        "array_empty([]) ! true",
        "empty([1]) ! false",
        "arrays_overlap([1, 2], [2, 3]) ! true",
        "string_to_list('a-b', '-')[2] ! b",
        "substr_index('www.apache.org', '.', 1) ! www",
        "substring_index('www.apache.org', '.', -2) ! apache.org",
        "substring_index('www.apache.org', '.', 9) ! www.apache.org",
        "find_in_set('b', 'a,b,c') ! 2",
        "find_in_set('x', 'a,b,c') ! 0",
        "find_in_set(NULL, 'a,b,c') ! NULL",
        "find_in_set('a', NULL) ! NULL",
        "substr_index('a.b', '.', NULL) ! NULL",
        "substr_index('a.b', '.', 0)||'|' ! |",
        "substr_index('abc', '', 2)||'|' ! |",
        "get_field({'k': 4}, 'k') ! 4",
        "arrow_typeof(1.5::DOUBLE) ! Float64",
        "arrow_typeof(now()::TIMESTAMP) ! Timestamp(Microsecond, None)",
        "ifnull(NULL, 1) ! 1",
        "date_part('hour', TIMESTAMP '2024-06-01 12:34:56') ! 12",
        "len(array_agg(x)) ! 3"
      })
  void function_ofAnotherDialect_answersWhatItDoesThere(String expression, String expected) {
    boolean isAggregate = expression.contains("x") && expression.matches(".*[( ]x[,)]? ?.*");
    String from = isAggregate ? " FROM (VALUES (1), (2), (3)) t(x)" : "";
    assertThat(list("SELECT CAST(" + expression + " AS VARCHAR)" + from)).containsExactly(expected);
  }

  @Test
  void requireSelect_queryWithoutSuchFunctions_makesNoMacro() {
    String macros =
        "SELECT count(*) FROM duckdb_functions() WHERE function_type = 'macro'"
            + " AND NOT internal";
    String before = list(macros).getFirst();
    list("SELECT abs(1)");
    assertThat(list(macros)).containsExactly(before);
    list("SELECT nvl(1, 2), nvl(3, 4)");
    list("EXPLAIN SELECT NVL(1, 2)");
    assertThat(Long.parseLong(list(macros).getFirst())).isEqualTo(Long.parseLong(before) + 1);
  }

  @Test
  void requireSelect_pivotAndSubqueries_findTheirFunctions() {
    assertThat(list("WITH a AS (SELECT nvl(NULL, 1) AS v) SELECT v FROM (SELECT * FROM a)"))
        .containsExactly("1");
    assertThat(list("PIVOT (SELECT 'k' AS k, nvl(NULL, 1) AS v) ON k USING sum(v)"))
        .containsExactly("1");
  }

  @Test
  void guide_table_listsWhatThereIs() throws IOException {
    String guide = Files.readString(Path.of("../docs/guide/sql.md"));
    List<String> rows = guide.lines().filter(line -> line.startsWith("| `")).toList();
    assertThat(rows).isEqualTo(DialectMacros.tableRows());
  }
}
