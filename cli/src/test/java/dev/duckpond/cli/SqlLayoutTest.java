package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlLayoutTest {
  @Test
  void of_nestedQueries_areIndented() {
    assertThat(
            SqlLayout.of(
                "SELECT max(\"a (b\") FROM (SELECT ')(' AS x FROM ((SELECT 1) UNION ALL (FROM t)))"
                    + " WHERE x IN (1, 2)"))
        .isEqualTo(
            """
            SELECT max("a (b") FROM (
              SELECT ')(' AS x FROM (
                (
                  SELECT 1
                ) UNION ALL (
                  FROM t
                )
              )
            ) WHERE x IN (1, 2)\
            """);
  }

  @Test
  void of_plainOrBrokenText_staysWhatItSays() {
    assertThat(SqlLayout.of("SELECT 1")).isEqualTo("SELECT 1");
    assertThat(SqlLayout.of("a) ' (")).isEqualTo("a) ' (");
    assertThat(SqlLayout.of("")).isEmpty();
  }
}
