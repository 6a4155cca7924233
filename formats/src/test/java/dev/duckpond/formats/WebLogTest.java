package dev.duckpond.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebLogTest {
  private static final String NAMES =
      "timestamp TIMESTAMP|remote_host VARCHAR|identity VARCHAR|user VARCHAR|method VARCHAR|path"
          + " VARCHAR|protocol VARCHAR|status INTEGER|bytes BIGINT|referer VARCHAR|user_agent"
          + " VARCHAR";

  @TempDir Path directory;

  private List<String> rows(String... lines) {
    try (Workshop workshop = new Workshop(directory)) {
      return workshop.rows(TextFormat.WEBLOG, Map.of(), lines);
    }
  }

  @Test
  void convert_commonAndCombined_areRead() {
    assertThat(
            rows(
                "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a.gif?x=1 HTTP/1.0\" 200"
                    + " 2326",
                "::1 ident frank smith [01/Jan/2024:00:00:00 +0000] \"POST /b c HTTP/2.0\" 304 -"
                    + " \"http://x/\" \"Agent \\\"7\\\" \\\\ \\x41\" \"more\" 0.5"))
        .containsExactly(
            NAMES,
            "2000-10-10 20:55:36|127.0.0.1|NULL|frank|GET|/a.gif?x=1|HTTP/1.0|200|2326|NULL|NULL",
            "2024-01-01 00:00:00|::1|ident|frank smith|POST|/b c|HTTP/2.0|304|NULL|http://x/|Agent"
                + " \"7\" \\ \\x41");
  }

  @Test
  void convert_requestsThatAreNone_areKeptAsPaths() {
    assertThat(
            rows(
                "h - - [10/Oct/2000:13:55:36 +0000] \"\\x16\\x03\" 400 0 \"-\" \"-\"",
                "h - - [10/Oct/2000:13:55:36 +0000] \"-\" 408 -"))
        .containsExactly(
            NAMES,
            "2000-10-10 13:55:36|h|NULL|NULL|NULL|\\x16\\x03|NULL|400|0|NULL|NULL",
            "2000-10-10 13:55:36|h|NULL|NULL|NULL|NULL|NULL|408|NULL|NULL|NULL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "hello ! it ends before the identity",
        "h - - \"GET / HTTP/1.0\" 200 1 ! it has no time in brackets",
        "h - - [2000-10-10] \"GET / HTTP/1.0\" 200 1 ! '2000-10-10' is no time like"
            + " '10/Oct/2000:13:55:36 -0700'",
        "h - - [10/Oct/2000:13:55:36 +0000] GET / 200 1 ! the request is not in quotes",
        "h - - [10/Oct/2000:13:55:36 +0000] \"GET / 200 1 ! the request has no quote at its end",
        "h - - [10/Oct/2000:13:55:36 +0000] \"GET /\" ok 1 ! the status is 'ok' and not a number",
        "h - - [10/Oct/2000:13:55:36 +0000] \"GET /\" 200 ! it ends before the number of bytes",
        "h - - [10/Oct/2000:13:55:36 +0000] \"GET /\" 200 -5 ! the number of bytes is '-5' and not"
            + " a number",
        "h - - [10/Oct/2000:13:55:36 +0000] \"GET /\" 200 5 x ! the referer is not in quotes"
      })
  void convert_lineThatDoesNotFit_isCountedWithItsReason(String line, String reason) {
    try (Workshop workshop = new Workshop(directory)) {
      String good = "h - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.0\" 200 1";
      assertThat(workshop.rows(TextFormat.WEBLOG, Map.of(), good, line)).hasSize(2);
      assertThat(workshop.last().rejected())
          .isEqualTo(new Rejected(1, 2, List.of(new LineProblem(2, reason))));
    }
  }

  @Test
  void convert_anotherLog_isAnError() {
    assertThatThrownBy(() -> rows("{}"))
        .hasMessage(
            "'in.txt' is not weblog: its only line does not fit; line 1: it ends before the"
                + " identity. Lines look like '1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET /"
                + " HTTP/1.0\" 200 5'.");
  }
}
