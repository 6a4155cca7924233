package dev.duckpond.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlTest {
  @TempDir static Path spill;
  private static DuckSession session;

  @BeforeAll
  static void openSession() {
    session = DuckSession.open(DuckOptions.builder(spill).build());
  }

  @AfterAll
  static void closeSession() {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "it's",
        "'; DROP TABLE t; --",
        "\\'",
        "a\nb\r\t",
        "/* */",
        "$$x$$",
        "\"",
        "ünïcødé 🦆",
        "{fn now()}",
        "?",
        "%s"
      })
  void literal_hostileText_comesBackUnchanged(String text) {
    assertThat(session.list(Sql.join(Sql.of("SELECT"), Sql.literal(text)), row -> row.text(0)))
        .containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "select",
        "\"; DROP TABLE t; --",
        "a b",
        "a\"\"b\"",
        "it's",
        "/a/*.series",
        "ünïcødé 🦆",
        "a\nb"
      })
  void identifier_hostileName_comesBackUnchanged(String name) {
    Sql query = new SqlBuilder().text("SELECT 1 AS ").identifier(name).build();
    assertThat(session.columns(query)).containsExactly(new Column(name, "INTEGER"));
    Sql read =
        new SqlBuilder()
            .text("SELECT ")
            .identifier(name)
            .text(" FROM (")
            .append(query)
            .text(") AS ")
            .identifier(name)
            .build();
    assertThat(session.list(read, row -> row.longValue(0))).containsExactly(1L);
  }

  @Test
  void literalAndIdentifier_withNul_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sql.literal("a\0b"))
        .withMessage("SQL cannot hold the character NUL");
    assertThatIllegalArgumentException().isThrownBy(() -> Sql.identifier("\0"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sql.identifier(""))
        .withMessage("an SQL identifier cannot be empty");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40})
  void literal_longAfterMinus_isNoComment(long value) {
    Sql query =
        Sql.of("SELECT 0::HUGEINT -").plus(Sql.literal(value)).plus(" , ").plus(Sql.literal(value));
    try (Rows rows = session.query(query)) {
      rows.next();
      assertThat(rows.text(0)).isEqualTo(java.math.BigInteger.valueOf(value).negate().toString());
      assertThat(rows.longValue(1)).isEqualTo(value);
      assertThat(rows.columns().get(1).type()).isIn("INTEGER", "BIGINT");
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1.5,
        -1e300,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void literal_double_comesBackExactly(double value) {
    assertThat(session.list(Sql.of("SELECT ").plus(Sql.literal(value)), row -> row.doubleValue(0)))
        .containsExactly(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2024-02-29T23:59:59.999999Z",
        "1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z",
        "-0044-03-15T12:00:00Z",
        "9999-12-31T23:59:59Z",
        "+12345-01-01T00:00:00Z"
      })
  void literal_instant_comesBackAsTimestamp(String text) {
    Instant time = Instant.parse(text);
    Sql query = new SqlBuilder().text("SELECT ").literal(time).build();
    assertThat(session.columns(query)).extracting(Column::type).containsExactly("TIMESTAMP");
    assertThat(session.list(query, row -> row.micros(0)))
        .containsExactly(java.time.temporal.ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INTEGER",
        "DECIMAL(18,3)",
        "TIMESTAMP WITH TIME ZONE",
        "STRUCT(\"a \"\"b); --\" INTEGER, c DOUBLE[3])[]",
        "MAP(VARCHAR, BIGINT)",
        "ENUM('x', 'it''s')"
      })
  void type_asTheEngineTellsIt_isTaken(String type) {
    Sql select = Sql.of("SELECT CAST(NULL AS ").plus(Sql.type(type)).plus(") AS x");

    assertThat(session.columns(select)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "INTEGER) AS x, (1",
        "INTEGER, 1",
        "INTEGER; DROP TABLE x",
        "INTEGER -- x",
        "ENUM('x",
        "((INTEGER)"
      })
  void type_anythingElse_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Sql.type(text));
  }

  @Test
  void listJoinPlus_ofParts_putThemTogether() {
    assertThat(Sql.list(List.of(Sql.of("a"), Sql.literal(true), Sql.identifier("c")), ", "))
        .hasToString("a, TRUE, \"c\"");
    assertThat(Sql.list(List.of(), ", ")).hasToString("");
    assertThat(Sql.join(Sql.of("a"), Sql.of("b")).plus("c").plus(Sql.of("d")))
        .hasToString("a bcd")
        .isEqualTo(Sql.of("a bcd"))
        .hasSameHashCodeAs(Sql.of("a bcd"));
    assertThat(
            new SqlBuilder()
                .text("x ")
                .literal("s")
                .literal(2)
                .literal(false)
                .literal(2.0)
                .append(Sql.of("!"))
                .build())
        .hasToString("x 's'2FALSECAST('2.0' AS DOUBLE)!");
  }
}
