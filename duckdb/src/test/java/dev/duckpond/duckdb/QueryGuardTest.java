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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryGuardTest {
  @TempDir Path home;
  private Path data;
  private DuckSession session;

  @BeforeEach
  void openSession() throws Exception {
    data = Files.createDirectory(home.resolve("data"));
    session =
        DuckSession.open(DuckOptions.builder(home.resolve("spill")).allowDirectory(data).build());
    session.execute(
        Sql.of(
            "CREATE VIEW v AS SELECT 1 AS a, 2 AS b; CREATE VIEW \"/x/*.series\" AS SELECT 3 AS a;"
                + " CREATE TABLE t (a INT)"));
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select 1;",
        "  SELECT 1 ; ; \n",
        "FROM v",
        "VALUES (1), (2)",
        "TABLE v",
        "WITH q AS (FROM v) SELECT * FROM q",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r",
        "-- a comment; DROP TABLE t\nSELECT 1",
        "/* ; */ SELECT ';' -- ; end",
        "SELECT 1; -- the end",
        "SELECT 1; /* the end */",
        "SELECT 'COPY v TO ''x'''",
        "DESCRIBE v",
        "DESCRIBE SELECT 1",
        "SUMMARIZE v",
        "SHOW TABLES",
        "UNPIVOT v ON a, b",
        "FROM (PIVOT v ON a IN (1) USING sum(b))",
        "(SELECT 1) UNION ALL (SELECT 2) ORDER BY 1 LIMIT 1",
        "SELECT * FROM pond('/x/*.series')",
        "SELECT $$;$$"
      })
  void requireSelect_aQuery_canStandInParenthesesAndRuns(String sql) {
    Sql query = session.requireSelect(sql);
    Sql embedded = Sql.of("SELECT * FROM (").plus(query).plus(") AS q");
    assertThat(session.columns(embedded)).isNotEmpty();
    assertThat(session.list(embedded, row -> row)).isNotEmpty();
    assertThat(session.list(query, row -> row)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXPLAIN SELECT 1",
        "explain analyze FROM v;",
        "PIVOT v ON a USING sum(b)",
        "PIVOT (SELECT v.* FROM v JOIN t AS w ON true UNION ALL FROM v) ON a;",
        "EXPLAIN DESCRIBE v"
      })
  void requireSelect_aQueryWithoutTree_runs(String sql) {
    assertThat(session.list(session.requireSelect(sql), row -> row)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM (PIVOT v ON a USING sum(b))",
        "WITH x AS (PIVOT v ON a) SELECT * FROM x",
        "EXPLAIN SELECT * FROM (pivot v ON a)"
      })
  void requireSelect_pivotWithoutValuesInsideAQuery_isToldWhatItNeeds(String sql) {
    assertThatThrownBy(() -> session.requireSelect(sql))
        .isInstanceOf(DuckException.class)
        .hasMessageStartingWith("a PIVOT inside another query must list its values, as in PIVOT");
    assertThatThrownBy(() -> session.tableNames(sql))
        .hasMessageStartingWith("a PIVOT inside another query must list its values, as in PIVOT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH x AS (SELECT a AS pivot FROM v) INSERT INTO t FROM x",
        "SELECT 1; PIVOT v ON a",
        "SELECT 'PIVOT' AS x INTO y"
      })
  void requireSelect_otherStatementsWithTheWordPivot_areNotTakenForOne(String sql) {
    assertThatThrownBy(() -> session.requireSelect(sql))
        .isInstanceOf(DuckException.class)
        .message()
        .doesNotContain("a PIVOT inside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE t",
        "COPY v TO 'x.parquet'",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "SET VARIABLE x = 1",
        "RESET threads",
        "PRAGMA version",
        "CREATE TABLE x AS SELECT 1",
        "CREATE VIEW x AS SELECT 1",
        "INSERT INTO t VALUES (1)",
        "UPDATE t SET a = 1",
        "DELETE FROM t",
        "DROP TABLE t",
        "ALTER TABLE t ADD COLUMN b INT",
        "CALL pragma_version()",
        "EXPORT DATABASE 'x'",
        "USE memory",
        "CHECKPOINT",
        "BEGIN",
        "VACUUM",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "CREATE SECRET s (TYPE s3)",
        "EXPLAIN COPY v TO 'x'",
        "EXPLAIN ANALYZE INSERT INTO t VALUES (1)",
        "EXPLAIN ANALYZE SELECT 1; DROP TABLE t",
        "PIVOT v ON a; DROP TABLE t",
        "PIVOT v ON a USING sum(b); SELECT 1",
        "/* PIVOT v ON a */ COPY v TO 'x'"
      })
  void requireSelect_anythingElse_isRefused(String sql) {
    assertThatThrownBy(() -> session.requireSelect(sql))
        .isInstanceOfSatisfying(
            DuckException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.SYNTAX);
              assertThat(e).hasMessageStartingWith("only a single query is accepted here: SELECT");
            });
    assertThatThrownBy(() -> session.tableNames(sql)).isInstanceOf(DuckException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ";", "-- nothing"})
  void requireSelect_nothing_isRefused(String sql) {
    assertThatThrownBy(() -> session.requireSelect(sql))
        .isInstanceOf(DuckException.class)
        .hasMessage("the query is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x",
        "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
        "WITH x AS (UPDATE t SET a = 2 RETURNING *) SELECT * FROM x",
        "SELECT * FROM v, (WITH x AS (INSERT INTO t VALUES (1) RETURNING *) FROM x)",
        "PIVOT (WITH x AS (INSERT INTO t VALUES (1) RETURNING *) FROM x) ON a",
        "EXPLAIN ANALYZE WITH x AS (INSERT INTO t VALUES (1) RETURNING *) FROM x"
      })
  void requireSelect_writingInsideWith_isRefused(String sql) {
    assertThatThrownBy(() -> session.requireSelect(sql))
        .isInstanceOf(DuckException.class)
        .hasMessageContaining("WITH holds a statement that is not a query");
    assertThat(session.list(Sql.of("SELECT count(*) FROM t"), row -> row.longValue(0)))
        .containsExactly(0L);
  }

  @Test
  void requireSelect_copyInsideWith_writesNothing() {
    Path target = data.resolve("x.csv");
    assertThatThrownBy(
            () -> session.requireSelect("WITH x AS (COPY (SELECT 1) TO '" + target + "') SELECT 1"))
        .isInstanceOf(DuckException.class)
        .hasMessageContaining("COPY_QUERY_NODE");
    assertThat(target).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"FROM query('SELECT 1')", "SELECT * FROM json_execute_serialized_sql('{}')"})
  void requireSelect_functionsThatRunText_areRefused(String sql) {
    assertThatThrownBy(() -> session.requireSelect(sql))
        .isInstanceOf(DuckException.class)
        .hasMessageContaining("is not available: it runs text that cannot be checked");
  }

  @Test
  void requireSelect_syntaxError_saysWhatTheParserSays() {
    assertThatThrownBy(() -> session.requireSelect("SELEC 1"))
        .isInstanceOf(DuckException.class)
        .hasMessage("syntax error at or near \"SELEC\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 | [] | []",
        "FROM v | [v] | []",
        "FROM '/a/b.series' JOIN \"c d\" USING (x) | [/a/b.series, c d] | []",
        "FROM v, v AS w, pond('/a') p, pond('/b/**') | [v] | [/a, /b/**]",
        "WITH q AS (FROM v) FROM q WHERE a IN (SELECT x FROM pond('/s')) | [v] | [/s]",
        "WITH v AS (FROM v) FROM v | [v] | []",
        "WITH q AS (FROM later), later AS (FROM x) FROM q, later | [later, x] | []",
        "WITH RECURSIVE r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r) FROM r, s | [s] | []",
        "FROM (WITH q AS (FROM v) FROM q), q | [v, q] | []",
        "SELECT (SELECT max(a) FROM m) FROM information_schema.tables | [m] | []",
        "DESCRIBE v | [v] | []",
        "SUMMARIZE FROM pond('/a') | [] | [/a]",
        "EXPLAIN ANALYZE FROM pond('it''s') | [] | [it's]",
        "PIVOT pond('/a') ON b | [] | [/a]",
        "PIVOT (FROM v JOIN w ON v.a = w.a) ON b | [v, w] | []",
        "SELECT 'pond', pond FROM v WHERE x = '/a' | [v] | []"
      })
  void tableNames_ofAQuery_listsWhatItReads(String sql, String tables, String ponds) {
    TableNames names = session.tableNames(sql);
    assertThat(names.tables()).hasToString(tables);
    assertThat(names.ponds()).hasToString(ponds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a FROM pond('/x/*.series')",
        "SELECT x.a FROM pond('/x/*.series') x JOIN pond('/x/*.series') y ON x.a = y.a",
        "WITH c AS (FROM pond('/x/*.series')) SELECT * FROM c WHERE a IN (FROM"
            + " pond('/x/*.series'))",
        "SELECT (SELECT max(a) FROM pond('/x/*.series')) FROM v",
        "SELECT DISTINCT a FROM (FROM pond('/x/*.series') UNION ALL FROM pond('/x/*.series'))"
      })
  void pond_inAnyPlace_readsTheViewOfThatName(String sql) {
    assertThat(session.list(session.requireSelect(sql), row -> row.longValue(0)))
        .containsExactly(3L);
  }
}
