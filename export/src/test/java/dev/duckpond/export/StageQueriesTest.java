package dev.duckpond.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.config.At;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.tinyfs.PondException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StageQueriesTest {
  private static final QueryLimits SMALL = new QueryLimits(Duration.ofHours(1), 10, 100);

  @TempDir Path directory;
  private QuerySession session;

  @BeforeEach
  void open() {
    session = QuerySession.openWithoutPond(QueryOptions.builder(directory).build());
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static Stage.Query query(String sql, ResultFormat format) {
    return new Stage.Query(
        "Q",
        ConfigPlace.START,
        new At<>(ConfigPlace.START, sql),
        Optional.empty(),
        Optional.of(new At<>(ConfigPlace.START, new Stage.OutputFile("file", format))));
  }

  private String written(String sql, ResultFormat format, QueryLimits limits) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new StageQueries(session, limits).write(query(sql, format), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(ResultFormat.class)
  void write_moreRowsThanMayBe_isRefused(ResultFormat format) {
    QueryLimits rows = new QueryLimits(Duration.ofHours(1), 10, 1 << 20);

    assertThatThrownBy(() -> written("SELECT i FROM range(1000000000000) t(i)", format, rows))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("the answer of the query has more than 10 rows");
  }

  @Test
  void write_longerThanMayBe_isRefused() {
    assertThatThrownBy(() -> written("SELECT repeat('x', 101) AS x", ResultFormat.CSV, SMALL))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("the answer of the query is longer than 100 bytes");
  }

  @Test
  void write_asManyAsMayBe_areWrittenInOrder() throws IOException {
    assertThat(
            written("SELECT i FROM range(10) t(i) ORDER BY i DESC -- end", ResultFormat.CSV, SMALL))
        .isEqualTo("i\n9\n8\n7\n6\n5\n4\n3\n2\n1\n0\n");
  }

  @Test
  void write_columnsOfOneName_keepTheirNames() throws IOException {
    String twice = "SELECT 1 AS a, 2 AS a";

    assertThat(written(twice, ResultFormat.CSV, SMALL)).isEqualTo("a,a\n1,2\n");
    assertThat(written(twice, ResultFormat.JSON, QueryLimits.STANDARD))
        .contains("{\"name\":\"a\",\"type\":\"INTEGER\"},{\"name\":\"a\",\"type\":\"INTEGER\"}");
    assertThat(written(twice, ResultFormat.ARROW, QueryLimits.STANDARD)).doesNotContain("a_1");
  }

  @ParameterizedTest
  @EnumSource(ResultFormat.class)
  void write_pivotOfMoreRowsThanMayBe_isRefused(ResultFormat format) {
    QueryLimits rows = new QueryLimits(Duration.ofHours(1), 10, 1 << 20);
    String pivot = "PIVOT (SELECT i, i % 2 AS k FROM range(11) t(i)) ON k USING sum(i) GROUP BY i";

    assertThatThrownBy(() -> written(pivot, format, rows))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("the answer of the query has more than 10 rows");
  }

  @Test
  void make_moreRowsThanMayBe_isRefusedAndLeavesNoTable() {
    StageQueries queries = new StageQueries(session, SMALL);
    Stage.Query query = query("SELECT i FROM range(1000000000000) t(i)", ResultFormat.CSV);

    assertThatThrownBy(() -> queries.make("made", query))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("the answer of the query has more than 10 rows");
    assertThatThrownBy(() -> session.duck().columns(Sql.of("FROM made")))
        .hasMessageContaining("made does not exist");
  }

  @Test
  void make_whatNeverEnds_isStopped() {
    QueryLimits limits = new QueryLimits(Duration.ofMillis(50), 10, 100);
    String endless = "SELECT count(*) AS n FROM range(1000000000000) t(i) WHERE i % 7 = 3";

    assertThatThrownBy(
            () -> new StageQueries(session, limits).make("made", query(endless, ResultFormat.CSV)))
        .isInstanceOf(PondException.Failed.class)
        .hasMessageStartingWith("the query was stopped: it takes longer than 50 ms");
    assertThatThrownBy(() -> written(endless, ResultFormat.PARQUET, limits))
        .hasMessageStartingWith("the query was stopped: it takes longer than 50 ms");
  }

  @Test
  void make_valueThatCannotBeConverted_isShownInTheQueryAsItWasWritten() {
    Stage.Query query =
        query("SELECT\n  concat('x', i)::INT AS n\nFROM range(1) t(i)", ResultFormat.CSV);

    assertThatThrownBy(() -> new StageQueries(session).make("made", query))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("LINE 2:   concat('x', i)::INT AS n\n");
    assertThatThrownBy(() -> new StageQueries(session).write(query, new ByteArrayOutputStream()))
        .hasMessageContaining("LINE 2:   concat('x', i)::INT AS n\n");
  }
}
