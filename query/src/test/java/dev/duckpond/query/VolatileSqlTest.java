package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolatileSqlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT x AS \"current.speed\" FROM t",
        "SELECT x AS current, n AS now, 'random()' AS \"uuid\" FROM t",
        "SELECT \"it's now\" FROM t -- now()",
        "SELECT 'it''s now()', /* current_date */ snow FROM t WHERE sample > 1",
        "WITH current AS (SELECT 1) SELECT count(*) FROM current JOIN now USING (sampled)",
        "SELECT \"current_date\", \"a \"\" now\" FROM today",
        "SELECT sum(current) OVER (ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) FROM t",
      })
  void mayChange_namesTextsAndComments_doNotCount(String sql) {
    assertThat(VolatileSql.mayChange(sql)).isFalse();
    assertThat(VolatileSql.asksTheClock(sql)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT now()",
        "SELECT 'x' || Now ( )",
        "SELECT \"now\"()",
        "SELECT main.today/**/()",
        "SELECT get_current_timestamp()",
        "SELECT current_date - 1",
        "SELECT CURRENT_TIMESTAMP",
        "SELECT 'a''' || localtime || ''''",
        "SELECT age(t)",
        "SELECT E'\\'', now()",
        "SELECT $$'$$, now(), '",
        "SELECT /* /* */ */ now()",
        "SELECT \"--\", now()",
        "SELECT '/*', now() -- */",
      })
  void asksTheClock_functionsAndWords_count(String sql) {
    assertThat(VolatileSql.asksTheClock(sql)).isTrue();
    assertThat(VolatileSql.mayChange(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT random()",
        "SELECT gen_random_uuid()",
        "SELECT * FROM t USING  SAMPLE 10%",
        "SELECT * FROM t TABLESAMPLE reservoir(3)",
        "SELECT getvariable('x')",
      })
  void mayChange_chance_counts(String sql) {
    assertThat(VolatileSql.mayChange(sql)).isTrue();
    assertThat(VolatileSql.asksTheClock(sql)).isFalse();
  }
}
