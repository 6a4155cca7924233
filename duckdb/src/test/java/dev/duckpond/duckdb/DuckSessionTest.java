package dev.duckpond.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.DuckException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuckSessionTest {
  @TempDir Path home;
  private Path data;
  private DuckSession session;

  @BeforeEach
  void openSession() throws Exception {
    data = Files.createDirectory(home.resolve("data"));
    session =
        DuckSession.open(
            DuckOptions.builder(home.resolve("spill")).allowDirectory(data).threads(2).build());
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @Test
  void query_everyType_readsItBack() {
    Sql query =
        Sql.of(
            "SELECT 42, 'ä', 1.5::DOUBLE, '\\xAA\\x00'::BLOB, TIMESTAMP '2024-02-29 12:00:00.000001',"
                + " TIMESTAMPTZ '2024-02-29 12:00:00+02', true, NULL, 1.25::DECIMAL(9,2)");
    try (Rows rows = session.query(query)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.longValue(0)).isEqualTo(42);
      assertThat(rows.text(1)).isEqualTo("ä");
      assertThat(rows.doubleValue(2)).isEqualTo(1.5);
      assertThat(rows.bytes(3)).containsExactly(0xAA, 0);
      assertThat(rows.micros(4)).isEqualTo(1_709_208_000_000_001L);
      assertThat(rows.micros(5)).isEqualTo(1_709_200_800_000_000L);
      assertThat(rows.flag(6)).isTrue();
      assertThat(rows.isNull(7)).isTrue();
      assertThat(rows.isNull(0)).isFalse();
      assertThat(rows.value(8)).hasToString("1.25");
      assertThat(rows.columns().get(8).type()).isEqualTo("DECIMAL(9,2)");
      assertThatIllegalStateException()
          .isThrownBy(() -> rows.text(7))
          .withMessageContaining("is NULL here");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void query_timestampsBefore1970_keepsMicroseconds() {
    assertThat(
            session.list(
                Sql.of("SELECT TIMESTAMP '1969-12-31 23:59:59.999999'"), row -> row.micros(0)))
        .containsExactly(-1L);
  }

  @Test
  void query_whileCursorIsOpen_refusesUntilClosed() {
    Rows rows = session.query(Sql.of("SELECT * FROM range(10)"));
    assertThatIllegalStateException()
        .isThrownBy(() -> session.execute(Sql.of("SELECT 1")))
        .withMessage("close the Rows of this session first");
    rows.close();
    rows.close();
    assertThat(session.list(Sql.of("SELECT 1"), row -> row.longValue(0))).containsExactly(1L);
  }

  @Test
  void query_afterAnError_sessionGoesOn() {
    assertThatThrownBy(() -> session.query(Sql.of("SELECT 'x'::INT")))
        .isInstanceOfSatisfying(
            DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONVERSION));
    assertThat(session.list(Sql.of("SELECT 1"), row -> row.longValue(0))).containsExactly(1L);
  }

  @Test
  void columns_ofAQuery_doesNotRunIt() {
    assertThat(
            session.columns(
                Sql.of("SELECT 1 AS a, [1] AS l, now()::TIMESTAMP AS t, error('ran') AS e")))
        .extracting(Column::toString)
        .hasSize(4)
        .startsWith(
            "Column[name=a, type=INTEGER]",
            "Column[name=l, type=INTEGER[]]",
            "Column[name=t, type=TIMESTAMP]");
  }

  @Test
  void setVariable_pathsWithQuotes_readsThemThroughAView() {
    Path first = data.resolve("it's \"1\".parquet");
    Path second = data.resolve("2.parquet");
    session.copyToParquet(Sql.of("SELECT 1 AS x"), first, ParquetOptions.defaults());
    session.copyToParquet(Sql.of("SELECT 2 AS x"), second, ParquetOptions.defaults());
    session.setVariable("a\"b", List.of(first.toString(), second.toString()));
    session.execute(Sql.of("CREATE VIEW v AS FROM read_parquet(getvariable('a\"b'))"));
    assertThat(session.list(Sql.of("FROM v"), row -> row.longValue(0))).containsExactly(1L, 2L);
    session.setVariable("a\"b", List.of(second.toString()));
    assertThat(session.list(Sql.of("FROM v"), row -> row.longValue(0))).containsExactly(2L);
  }

  @Test
  void setVariable_thousandsOfValues_keepsOrder() {
    List<String> values = new ArrayList<>();
    for (int i = 20_000; i > 0; i--) {
      values.add("value " + i);
    }
    session.setVariable("v", values);
    assertThat(session.list(Sql.of("SELECT unnest(getvariable('v'))"), row -> row.text(0)))
        .isEqualTo(values);
    session.setVariable("v", List.of());
    assertThat(session.list(Sql.of("SELECT len(getvariable('v'))"), row -> row.longValue(0)))
        .containsExactly(0L);
  }

  @Test
  void append_rowsOfAllTypes_areInTheTable() {
    session.execute(
        Sql.of(
            "CREATE TEMP TABLE t (a BIGINT, b VARCHAR, c BLOB, d TIMESTAMP, e DOUBLE, f BOOLEAN)"));
    try (RowAppender rows = session.append("t")) {
      for (int i = 0; i < 10_000; i++) {
        rows.append(i)
            .append("text " + i)
            .append(new byte[] {(byte) i, 0})
            .appendMicros(i)
            .append(i / 2.0)
            .append(i % 2 == 0)
            .endRow();
      }
      rows.appendNullable(null)
          .append((String) null)
          .append((byte[]) null)
          .appendNull()
          .appendNull()
          .appendNull()
          .endRow();
    }
    try (Rows rows = session.query(Sql.of("FROM t ORDER BY a DESC NULLS FIRST"))) {
      rows.next();
      assertThat(rows.isNull(0) && rows.isNull(1) && rows.isNull(2) && rows.isNull(3)).isTrue();
      rows.next();
      assertThat(rows.longValue(0)).isEqualTo(9_999);
      assertThat(rows.bytes(2)).containsExactly((byte) 9_999, 0);
      assertThat(rows.micros(3)).isEqualTo(9_999);
    }
  }

  @Test
  void append_toMissingTable_throwsCatalog() {
    assertThatThrownBy(() -> session.append("nowhere"))
        .isInstanceOfSatisfying(
            DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CATALOG));
    assertThat(session.execute(Sql.of("SELECT 1"))).isZero();
  }

  @Test
  void execute_insert_returnsChangedRows() {
    assertThat(session.execute(Sql.of("CREATE TABLE t (x INT); INSERT INTO t VALUES (1), (2)")))
        .isEqualTo(2);
  }

  @Test
  void open_always_worksInUtc() {
    session.execute(Sql.of("CREATE TABLE t (x TIMESTAMPTZ)"));
    assertThat(
            session.list(
                Sql.of(
                    "SELECT current_setting('TimeZone') || TIMESTAMPTZ '2024-07-01 00:00+02'::VARCHAR"),
                row -> row.text(0)))
        .containsExactly("UTC2024-06-30 22:00:00+00");
    assertThat(
            session.list(
                Sql.of("SELECT TIMESTAMP '2024-01-01' = ")
                    .plus(Sql.literal(Instant.parse("2024-01-01T00:00:00Z"))),
                row -> row.flag(0)))
        .containsExactly(true);
  }

  @Test
  void cancel_fromAnotherThread_interruptsAndSessionGoesOn() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Thread canceller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                started.await();
                // The statement may not have begun yet: repeat until the query has ended.
                while (!Thread.interrupted()) {
                  session.cancel();
                  Thread.onSpinWait();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    started.countDown();
    try {
      assertThatThrownBy(() ->
              session.execute(
                  Sql.of(
                      "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 7")))
          .isInstanceOfSatisfying(
              DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
    } finally {
      canceller.interrupt();
      canceller.join();
    }
    session.cancel();
    assertThat(session.list(Sql.of("SELECT 1"), row -> row.longValue(0))).containsExactly(1L);
  }

  @Test
  void within_statementsThatTakeLonger_areStoppedAndSessionGoesOn() {
    Sql endless = Sql.of("SELECT count(*) FROM range(1000000000000)");
    List<Supplier<Object>> works =
        List.of(
            () -> session.list(endless, row -> row.longValue(0)),
            () -> session.execute(Sql.of("CREATE TEMP TABLE t AS ").plus(endless)),
            () -> {
              while (true) {
                session.columns(Sql.of("SELECT 1"));
              }
            });

    assertThat(works)
        .allSatisfy(work ->
            assertThatThrownBy(() -> session.within(Duration.ofMillis(20), work))
                .isInstanceOf(TooSlowException.class)
                .hasMessage("it takes longer than 20 ms"));
    assertThat(
            session.within(
                Duration.ofHours(1),
                () -> session.list(Sql.of("SELECT 1"), row -> row.longValue(0))))
        .containsExactly(1L);
  }

  @Test
  void stop_betweenStatements_letsNoneBegin() {
    session.execute(Sql.of("CREATE TEMP TABLE t(i INTEGER)"));

    session.stop();

    List<ThrowingCallable> statements =
        List.of(
            () -> session.execute(Sql.of("INSERT INTO t VALUES (1)")),
            () -> session.list(Sql.of("FROM t"), row -> row.longValue(0)));
    assertThat(statements)
        .allSatisfy(statement ->
            assertThatThrownBy(statement)
                .hasMessage("interrupted")
                .isInstanceOfSatisfying(
                    DuckException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED)));
    session.close();
  }

  @Test
  void progress_whenIdle_isUnknown() {
    assertThat(session.progress()).isEmpty();
  }

  @Test
  void close_twice_isFine() {
    session.query(Sql.of("SELECT 1"));
    session.close();
    session.close();
  }
}
