package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is replaced for good is asked about on a terminal. */
class YesOptionTest {
  @TempDir Path directory;

  private CliFixture cli;

  @BeforeEach
  void makePond() {
    cli = CliFixture.in(directory).withVariable("POND", "p").file("new.txt", "new");
    assertThat(cli.run("init").status()).isZero();
    assertThat(cli.run("copy", "new.txt", "/a.txt").status()).isZero();
    cli.file("out/a.txt", "old");
  }

  @Test
  void copyOut_onATerminal_asksBeforeItReplaces() {
    CliResult result = onATerminal("n\n").run("copy", "/a.txt", "host://" + cli.path("out"));

    assertThat(result.err())
        .isEqualTo(
            """
            pond: 1 file is there already and would be replaced: %s
            Go on? [y/N] pond: nothing was changed: the answer was not yes
              try: Add --yes, or copy to another directory.
            """
                .formatted(cli.path("out/a.txt")));
    assertThat(result.status()).isEqualTo(1);
    assertThat(cli.path("out/a.txt")).hasContent("old");
  }

  @Test
  void copyOut_answerYes_replaces() {
    assertThat(onATerminal("Yes\n").run("copy", "/a.txt", "host://" + cli.path("out")).status())
        .isZero();
    assertThat(cli.path("out/a.txt")).hasContent("new");
  }

  @Test
  void copyOut_endOfInput_changesNothing() {
    assertThat(onATerminal("").run("copy", "/a.txt", "host://" + cli.path("out")).status())
        .isEqualTo(1);
    assertThat(cli.path("out/a.txt")).hasContent("old");
  }

  @Test
  void copyOut_yesOption_doesNotAsk() {
    CliResult result =
        onATerminal("n\n").run("copy", "--yes", "/a.txt", "host://" + cli.path("out"));

    assertThat(result.err()).doesNotContain("Go on?");
    assertThat(cli.path("out/a.txt")).hasContent("new");
  }

  @Test
  void copyOut_nothingInTheWay_doesNotAsk() {
    assertThat(onATerminal("n\n").run("copy", "/a.txt", "host://" + cli.path("else.txt")).status())
        .isZero();
    assertThat(cli.path("else.txt")).hasContent("new");
  }

  @Test
  void copyOut_fromAScript_replacesAsCpDoes() {
    assertThat(cli.run("copy", "/a.txt", "host://" + cli.path("out")).status()).isZero();
    assertThat(cli.path("out/a.txt")).hasContent("new");
  }

  @Test
  void rm_onATerminal_doesNotAsk() {
    CliResult result = onATerminal("n\n").run("rm", "/a.txt");

    assertThat(result.status()).isZero();
    assertThat(cli.run("list").out()).isEmpty();
    assertThat(cli.run("rm", "--yes", "-f", "/a.txt").status()).isZero();
  }

  private CliFixture onATerminal(String answer) {
    return cli.withVariable("NO_COLOR", "1")
        .withTerminal(StandardStream.INPUT, StandardStream.ERROR)
        .withInput(answer);
  }
}
