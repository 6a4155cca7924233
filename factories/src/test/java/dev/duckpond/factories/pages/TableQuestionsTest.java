package dev.duckpond.factories.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tera.ArrayValue;
import dev.duckpond.tera.CallException;
import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over a table {@code t} of three rows. */
final class TableQuestionsTest {
  private static final AnswerLimits SMALL = new AnswerLimits(Duration.ofHours(1), 10, 1000);

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private QuerySession session;

  @BeforeEach
  void open() {
    session = QuerySession.openWithoutPond(QueryOptions.builder(directory).build());
    session.duck().execute(Sql.of("CREATE TEMP TABLE t AS FROM range(3) r(i)"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private TableQuestions asking(AnswerLimits limits) {
    return asking(limits, AnswerLimits.PAGE);
  }

  private TableQuestions asking(AnswerLimits one, AnswerLimits all) {
    return new TableQuestions(
        session, List.of("t"), Map.of(), _ -> {}, () -> new PageAllowance(one, all, nanos::get));
  }

  @Test
  void ask_withinLimits_answersRowsInOrder() {
    assertThat(asking(SMALL).ask("SELECT i, {'a': [i]} AS n FROM t ORDER BY i DESC").toString())
        .containsSubsequence(
            "i=IntegerValue[number=2]", "i=IntegerValue[number=1]", "i=IntegerValue[number=0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM read_text('/x')"
      })
  void ask_functionOrCatalogNamedLikeATable_isRefused(String sql) {
    TableQuestions asking =
        new TableQuestions(
            session, List.of("duckdb_settings", "tables", "read_text"), Map.of(), _ -> {});

    assertThatThrownBy(() -> asking.ask(sql))
        .isInstanceOf(CallException.class)
        .hasMessageStartingWith("a template cannot ask '");
  }

  @Test
  void ask_whatNeverEnds_isStopped() {
    TableQuestions asking = asking(new AnswerLimits(Duration.ofMillis(50), 10, 1000));

    assertThatThrownBy(() -> asking.ask("SELECT count(*) AS n FROM range(1000000000000)"))
        .isInstanceOf(CallException.class)
        .hasMessage("the query was stopped: it takes longer than 50 ms");
    assertThat(session.duck().list(Sql.of("SELECT count(*) FROM t"), row -> row.longValue(0)))
        .containsExactly(3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT repeat('x', 1001) AS x",
        "SELECT repeat('x', 300) AS x FROM range(5)",
        "SELECT list(i) AS x FROM range(1000) t(i)",
      })
  void ask_longAnswer_isRefusedByTheEngine(String sql) {
    assertThatThrownBy(() -> asking(SMALL).ask(sql))
        .isInstanceOf(CallException.class)
        .hasMessage("the answer of the query is longer than 1000 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT current_setting('secret_directory') AS x",
        "SELECT Current_Setting('secret_directory') AS x FROM t",
        "FROM duckdb_settings()",
        "FROM (SHOW ALL TABLES)",
        "SHOW ALL TABLES",
        "SHOW TABLES",
        "SHOW DATABASES",
        "WITH a AS (SELECT getvariable('x') AS x) FROM a",
        "SELECT pg_get_viewdef(1) AS x",
        "SELECT * FROM pg_tables",
        "FROM information_schema.tables",
        "SELECT list_transform([1], lambda x: sleep_ms(x)) AS y",
      })
  void ask_engineOrMachine_isRefused(String sql) {
    assertThatThrownBy(() -> asking(AnswerLimits.STANDARD).ask(sql))
        .isInstanceOf(CallException.class)
        .hasMessageContaining("a template cannot ");
  }

  @Test
  void ask_columnsOfATable_areTold() {
    assertThat(asking(AnswerLimits.STANDARD).ask("DESCRIBE t").toString()).contains("BIGINT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT 1 AS duckpond_bytes, 2 AS a; duckpond_bytes a",
        "SELECT 1 AS DuckPond_Row, 2 AS duckpond_row_, 3 AS answer; DuckPond_Row duckpond_row_ answer",
        "SELECT 1 AS a, 2 AS a; a a_1",
        "PIVOT (SELECT 'duckpond_row' AS k, 7 AS v) ON k USING sum(v); duckpond_row",
      })
  void ask_columnsNamedLikeThoseAroundTheQuery_areAnswered(String sql, String columns) {
    assertThat(rows(asking(SMALL).ask(sql)).getFirst().keys())
        .containsExactlyInAnyOrder(columns.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT repeat('x', 1001) AS x, 1 AS duckpond_row, 1 AS duckpond_bytes, 1 AS answer",
        "PIVOT (SELECT 'duckpond_row' AS k, repeat('x', 1001) AS v) ON k USING max(v)",
      })
  void ask_longAnswerWithColumnsNamedLikeThoseAroundTheQuery_isRefused(String sql) {
    assertThatThrownBy(() -> asking(SMALL).ask(sql))
        .isInstanceOf(CallException.class)
        .hasMessage("the answer of the query is longer than 1000 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "15; 10000; the queries of this page have more than 15 rows together: the 2 before this had 12",
        "100; 150; the queries of this page answer more than 150 bytes together: the 2 before this had 96",
      })
  void ask_queriesOfOnePageTogether_areRefused(int rows, long bytes, String problem) {
    TableQuestions asking = asking(SMALL, new AnswerLimits(Duration.ofHours(1), rows, bytes));
    asking.ask("SELECT i FROM range(6) t(i)");
    asking.ask("SELECT i FROM range(6) t(i)");

    assertThatThrownBy(() -> asking.ask("SELECT i FROM range(7) t(i)"))
        .isInstanceOf(CallException.class)
        .hasMessage(problem);
    asking.beginPage();
    assertThat(rows(asking.ask("SELECT i FROM range(7) t(i)"))).hasSize(7);
  }

  @Test
  void ask_whatIsKnownFromAnotherPage_countsAllTheSame() {
    String sql = "SELECT i FROM range(6) t(i)";
    TableQuestions asking = asking(SMALL, new AnswerLimits(Duration.ofHours(1), 15, 1000));
    asking.ask(sql);
    asking.beginPage();
    asking.ask(sql);
    asking.ask(sql);

    assertThatThrownBy(() -> asking.ask(sql))
        .hasMessage(
            "the queries of this page have more than 15 rows together: the 2 before this had 12");
  }

  @Test
  void ask_queriesOfOnePageTakeLongTogether_areRefused() {
    AnswerLimits page = new AnswerLimits(Duration.ofSeconds(30), 100, 1000);
    TableQuestions asking =
        new TableQuestions(
            session,
            List.of("t"),
            Map.of(),
            _ -> {},
            () -> new PageAllowance(SMALL, page, () -> nanos.getAndAdd(29_900_000_000L)));
    asking.ask("SELECT 1 AS n");

    assertThatThrownBy(
            () -> asking.ask("SELECT count(*) AS n FROM range(1000000000000) t(i) WHERE i > 1"))
        .isInstanceOf(CallException.class)
        .hasMessage(
            "the queries of this page take longer than 30 s together: the one before this took 29.9 s");
    assertThatThrownBy(() -> asking.ask("SELECT 2 AS n"))
        .hasMessage(
            "the queries of this page take longer than 30 s together: the one before this took 59.8 s");
    asking.beginPage();
    assertThat(rows(asking.ask("SELECT 2 AS n"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXPLAIN SELECT 1", " explain ANALYZE FROM t"})
  void ask_explain_isRefused(String sql) {
    assertThatThrownBy(() -> asking(SMALL).ask(sql))
        .isInstanceOf(CallException.class)
        .hasMessage("a template cannot ask to EXPLAIN a query");
  }

  @Test
  void ask_listOfTables_isRefusedWithTheTables() {
    assertThatThrownBy(() -> asking(SMALL).ask("SHOW TABLES"))
        .isInstanceOfSatisfying(
            CallException.class,
            e -> {
              assertThat(e).hasMessage("a template cannot list tables");
              assertThat(e.remedy()).startsWith("There are the tables t and");
            });
  }

  @Test
  void ask_noQuery_isToldWhatATemplateCanAsk() {
    assertThatThrownBy(() -> asking(SMALL).ask("DROP TABLE t"))
        .isInstanceOf(CallException.class)
        .hasMessage(
            "the query failed: only a single query is accepted here: SELECT, WITH, FROM, VALUES,"
                + " DESCRIBE, SUMMARIZE, PIVOT or UNPIVOT");
  }

  @Test
  void ask_pivotInsideAQuery_isToldWhatItNeeds() {
    assertThatThrownBy(() -> asking(SMALL).ask("SELECT * FROM (PIVOT t ON i)"))
        .isInstanceOf(CallException.class)
        .hasMessage(
            "the query failed: a PIVOT inside another query must list its values, as in"
                + " PIVOT t ON k IN ('a', 'b')");
  }

  @Test
  void ask_columnThatIsNotThere_isShownInTheQueryAsItWasWritten() {
    assertThatThrownBy(() -> asking(SMALL).ask("SELECT i,\n  nothing\nFROM t"))
        .isInstanceOf(CallException.class)
        .hasMessage(
            """
            the query failed: Referenced column "nothing" not found in FROM clause!
            Candidate bindings: "i"
            LINE 2:   nothing
                      ^^^^^^^\
            """);
  }

  @Test
  void ask_valueThatCannotBeConverted_isShownInTheQueryAsItWasWritten() {
    String text = "SELECT CAST(concat('x', i) AS INTEGER) AS n\nFROM t";

    for (String before : List.of("", "\n\n  ")) {
      assertThatThrownBy(() -> asking(SMALL).ask(before + text))
          .isInstanceOf(CallException.class)
          .hasMessage(
              """
              the query failed: Could not convert string 'x0' to INT32
              LINE %d: SELECT CAST(concat('x', i) AS INTEGER) AS n
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\
              """
                  .formatted(before.isEmpty() ? 1 : 3));
    }
  }

  private static List<ObjectValue> rows(Value answer) {
    ArrayValue array = (ArrayValue) answer;
    return IntStream.range(0, array.size()).mapToObj(i -> (ObjectValue) array.at(i)).toList();
  }

  @Test
  void ask_manyRows_isRefused() {
    assertThatThrownBy(() -> asking(SMALL).ask("SELECT 1 AS n FROM range(1000000000)"))
        .isInstanceOf(CallException.class)
        .hasMessage("the query has more than 10 rows");
  }
}
