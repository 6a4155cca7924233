package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalledAsTest {
  @TempDir Path directory;

  @Test
  void word_fromACheckout_isAsItWasTyped() {
    assertThat(word("./pond", "/usr/bin:/bin")).isEqualTo("./pond");
    assertThat(word("../harbour/pond", "/usr/bin")).isEqualTo("../harbour/pond");
    assertThat(word("/srv/it's/pond", "/usr/bin")).isEqualTo("\"/srv/it's/pond\"");
  }

  @Test
  void word_onThePath_isTheCommandAlone() {
    assertThat(word("/opt/duckpond/bin/pond", "/usr/bin:/opt/duckpond/bin")).isEqualTo("pond");
    assertThat(word("pond", "")).isEqualTo("pond");
  }

  @Test
  void word_notFromALauncher_isTheCommandAlone() {
    assertThat(CalledAs.word(CliEnvironment.in(directory).build())).isEqualTo("pond");
  }

  @Test
  void demo_fromACheckout_saysWhatCanBeTypedThere() {
    CliFixture cli = CliFixture.in(directory).withVariable("POND_CALLED_AS", "./pond");

    assertThat(cli.run("demo", "-q").out())
        .contains("\n$ ./pond --pond duckpond-demo/pond init --birthplace demo\n")
        .contains("\nTry next:\n  ./pond --pond duckpond-demo/pond list -l\n")
        .endsWith("\n  ./pond help copy\n");
  }

  @Test
  void demo_options_holdForItsCommands() {
    CliResult quiet = CliFixture.in(directory).run("demo", "-q", "--color", "always");

    assertThat(quiet.err()).isEmpty();
    assertThat(quiet.out()).contains("\u001b[1m# An empty pond\u001b[0m");
    assertThat(CliFixture.in(directory).run("demo", "d", "--memory-limit", "lots").status())
        .isEqualTo(2);
  }

  private String word(String called, String path) {
    return CalledAs.word(
        CliEnvironment.in(directory)
            .variables(Map.of("POND_CALLED_AS", called, "PATH", path))
            .build());
  }
}
