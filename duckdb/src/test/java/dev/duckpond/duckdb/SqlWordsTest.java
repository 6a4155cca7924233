package dev.duckpond.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlWordsTest {
  @Test
  void of_wordsAndQuotedNames_areListedAsTheyAreWritten() {
    assertThat(SqlWords.of("SELECT a.Written, \"the \"\"x\"\"\" FROM \"/p/*\" -- end"))
        .containsExactly("SELECT", "a", "Written", "the \"x\"", "FROM", "/p/*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'written', 'it''s written', E'\\' written'",
        "SELECT $$ written $$, $a$ ' written $a$",
        "SELECT 1 -- written",
        "SELECT 1 /* /* */ written */",
        "SELECT typewritten, written_, \"un written\"",
        "SELECT COLUMNS('w.*'), * LIKE 'written'",
        "SELECT 'written",
        "SELECT E'written\\",
        "SELECT 1 /* written *",
        "SELECT $$ written $",
      })
  void contain_onlyInTextsCommentsAndLongerNames_isNotSo(String sql) {
    assertThat(SqlWords.contain(sql, "written")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT Written",
        "SELECT m.\"WRITTEN\"",
        "SELECT * EXCLUDE(written)",
        "SELECT '' AS x,written",
        "SELECT E'\\\\',written",
        "SELECT 1 /* /* */ */ written",
        "SELECT 1 -- x\n,written",
        "SELECT $1,written",
        "SELECT $$x$$,\"written",
      })
  void contain_asANameOfItsOwn_isSo(String sql) {
    assertThat(SqlWords.contain(sql, "written")).isTrue();
  }
}
