package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Colour, tables, progress and silence: who gets what, on a terminal and elsewhere. */
class OutputStyleTest {
  private static final String PLAIN =
      """
      pond: no setting 'speed'
        try: pond config list shows all settings
      """;
  private static final String COLOURED =
      """
      \u001b[1;31mpond:\u001b[0m no setting 'speed'
        \u001b[36mtry:\u001b[0m pond config list shows all settings
      """;

  @TempDir Path directory;

  private CliFixture cli;

  @BeforeEach
  void makePond() {
    cli = CliFixture.in(directory).withVariable("POND", "p");
    cli.check("$ pond init\n! made pond <uuid> (harbour) in <dir>/p\n");
  }

  @Test
  void color_auto_isForTerminalsOnly() {
    assertThat(error()).isEqualTo(PLAIN);
    cli.withTerminal(StandardStream.OUTPUT);
    assertThat(error()).isEqualTo(PLAIN);
    cli.withTerminal(StandardStream.ERROR);
    assertThat(error()).isEqualTo(COLOURED);
  }

  @Test
  void color_refused_isLeftOut() {
    cli.withTerminal(StandardStream.OUTPUT, StandardStream.ERROR);

    assertThat(error("--color", "never")).isEqualTo(PLAIN);
    assertThat(cli.withVariable("TERM", "dumb").run("config", "get", "speed").err())
        .isEqualTo(PLAIN);
    cli.withVariable("TERM", "xterm");
    assertThat(error()).isEqualTo(COLOURED);
    assertThat(cli.withVariable("NO_COLOR", "1").run("config", "get", "speed").err())
        .isEqualTo(PLAIN);
    assertThat(error("--color", "always")).isEqualTo(COLOURED);
  }

  @Test
  void color_setting_holdsLikeTheOption() {
    assertThat(cli.withVariable("POND_COLOR", "always").run("config", "get", "speed").err())
        .isEqualTo(COLOURED);
    assertThat(error("--color", "never")).isEqualTo(PLAIN);
  }

  @Test
  void color_unknownWord_isAnError() {
    assertThat(error("--color", "alwyas"))
        .isEqualTo(
            "pond: wrong value of --color: 'alwyas' is not one of auto, always, never;"
                + " did you mean 'always'?\n  try: --color auto\n");
  }

  @Test
  void rows_terminal_areATable() {
    assertThat(cli.run("sql", "SELECT 1 AS a").out()).isEqualTo("a\n1\n");
    cli.withTerminal(StandardStream.OUTPUT);
    assertThat(cli.run("sql", "SELECT 1 AS a").out())
        .isEqualTo(
            """
                   a
             INTEGER
            ---------
                   1

            Summary: 1 total rows
            """);
    assertThat(cli.run("sql", "SELECT 1 AS a", "--format", "csv").out()).isEqualTo("a\n1\n");
  }

  @Test
  void progress_terminal_isDrawnAndTakenAway() {
    cli.file("notes.txt", "x").withTerminal(StandardStream.ERROR);

    assertThat(cli.run("copy", "notes.txt", "/a").err())
        .startsWith("\r\u001b[2Kcopying [")
        .endsWith("\r\u001b[2Kcopied 1 file, 1 B in transaction 2\n");
    assertThat(cli.run("copy", "notes.txt", "/b", "--progress", "none").err())
        .isEqualTo("copied 1 file, 1 B in transaction 3\n");
    assertThat(cli.run("copy", "notes.txt", "/c", "-q").err()).isEmpty();
  }

  @Test
  void quiet_errorsAndData_areStillThere() {
    assertThat(cli.run("-q", "sql", "SELECT 1 AS a").out()).isEqualTo("a\n1\n");
    assertThat(error("-q")).isEqualTo(PLAIN);
  }

  private String error(String... options) {
    String[] words = new String[options.length + 3];
    System.arraycopy(options, 0, words, 3, options.length);
    words[0] = "config";
    words[1] = "get";
    words[2] = "speed";
    return cli.run(words).err();
  }
}
