package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that do something, through {@code pond run}. */
class RunCommandTest {
  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void makePond() {
    cli = CliFixture.in(directory).withKinds(DiaryKind.SOURCE);
    cli.file("diary.yaml", "file: /diary");
    cli.run("init", "--pond", "p");
  }

  private void makeNodes() {
    cli.withVariable("POND", "p");
    cli.run("mkdir", "-p", "/system/run", "/system/etc", "/other");
    for (String path : new String[] {"/system/run/a", "/system/etc/a", "/system/etc/b", "/.c"}) {
      assertThat(cli.run("mknod", "diary", path, "--config-path", "diary.yaml").status()).isZero();
    }
  }

  @Test
  void run_node_commitsSeveralTimesAndPrints() {
    makeNodes();

    CliResult result = cli.run("run", "-q", "/system/run/a", "one", "--two", "one");

    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("diary /diary [one, --two, one]\n");
    assertThat(cli.run("run", "/system/run/a", "three", "-q").err())
        .isEqualTo("wrote three in transaction 10\nwrote -q in transaction 11\n");
    assertThat(cli.run("cat", "/diary").out()).isEqualTo("-q");
    assertThat(cli.run("cat", "/diary", "--version", "2").out()).isEqualTo("--two");
    assertThat(cli.run("log", "--limit", "1").out()).contains("run /system/run/a three -q");
  }

  @Test
  void run_partOfItFailing_keepsTheRestAndTellsByTheExitCode() {
    makeNodes();

    CliResult result = cli.run("run", "a", "one", "bad", "two");

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.err())
        .isEqualTo(
            """
            wrote one in transaction 7
            pond: 'bad' is not written
            wrote two in transaction 8
            pond: a word is not written: 1 bad
              try: Run it again without.
            """);
    assertThat(cli.run("cat", "/diary").out()).isEqualTo("two");
  }

  @Test
  void status_freshnessCannotBeTold_stillTellsHowTheRunEnded() {
    makeNodes();
    cli.file("faded.yaml", "file: /faded");
    cli.run("mknod", "diary", "/system/run/0", "--config-path", "faded.yaml");

    CliResult result = cli.run("run", "0", "collect", "bad");

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.err())
        .contains("how new the data is cannot be told: the diary cannot be read: it has faded");
    assertThat(cli.run("status").out()).contains("a word is not written: 1 bad");
  }

  @Test
  void runAll_mistakeOfTheProgram_keepsNoOtherFromRunning() {
    makeNodes();
    cli.file("broken.yaml", "file: /broken");
    cli.run("mknod", "diary", "/system/run/0", "--config-path", "broken.yaml");

    CliResult result = cli.run("run", "--all");

    assertThat(result.out()).isEqualTo("diary /diary []\n");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("/system/run/0: internal error: ")
        .contains("internal error: IllegalStateException: the pen is broken");
    assertThat(cli.run("status").out()).contains("IllegalStateException: the pen is broken");
  }

  @Test
  void runAll_fullDiskAmongOtherFailures_runsTheOthersAndEndsWithItsCode() {
    makeNodes();
    cli.file("full.yaml", "file: /full");
    cli.file("torn.yaml", "file: /torn");
    cli.run("mknod", "diary", "/system/run/0", "--config-path", "full.yaml");
    cli.run("mknod", "diary", "/system/run/1", "--config-path", "torn.yaml");

    CliResult result = cli.run("run", "--all");

    assertThat(result.status()).isEqualTo(7);
    assertThat(result.out()).isEqualTo("diary /diary []\n");
    assertThat(result.err())
        .contains("2 of 3 failed")
        .contains("/system/run/0: the diary cannot be written: it is full")
        .contains("/system/run/1: the diary cannot be written: it is torn");
    cli.run("rm", "/system/run/0");
    assertThat(cli.run("run", "--all").status()).isEqualTo(8);
  }

  /** A file that a node writes itself does not fit, and no more is known of that. */
  @Test
  void runAll_fullDiskThatThePlatformTellsOf_endsWithItsCode() {
    makeNodes();
    cli.file("damp.yaml", "file: /damp");
    cli.run("mknod", "diary", "/system/run/0", "--config-path", "damp.yaml");

    CliResult result = cli.run("run", "--all");

    assertThat(result.status()).isEqualTo(7);
    assertThat(result.out()).isEqualTo("diary /diary []\n");
    assertThat(result.err()).contains("1 of 2 failed").contains("/system/run/0: ");
  }

  @Test
  void run_bareName_isLookedUpInItsPlaces() {
    makeNodes();

    assertThat(cli.run("run", "b", "x").status()).isZero();
    CliResult missing = cli.run("run", "bb");
    assertThat(missing.status()).isEqualTo(3);
    assertThat(missing.err())
        .isEqualTo(
            """
            pond: there is no 'bb' to run: it is neither in /system/run nor in /system/etc
              try: Did you mean 'b'?
            """);
    assertThat(cli.run("run", "/system/run/aa").err()).contains("Did you mean '/system/run/a'?");
  }

  @Test
  void run_withoutPath_listsWhatCanBeRun() {
    assertThat(cli.run("run", "--pond", "p").err()).isEqualTo("nothing in this pond can be run\n");
    makeNodes();

    assertThat(cli.run("run").out())
        .isEqualTo(
            """
            /.c            diary
            /system/etc/a  diary
            /system/etc/b  diary
            /system/run/a  diary
            """);
  }

  @Test
  void run_whatIsNothingToRun_saysWhatItIs() {
    makeNodes();
    cli.file("sql.yaml", "patterns: {a: '/none/*.series'}");
    cli.run("mknod", "sql-derived-series", "/s", "--config-path", "sql.yaml");

    CliResult result = cli.run("run", "/s");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            pond: '/s' cannot be run: it is a table:dynamic of the factory sql-derived-series
              try: Run 'pond run' to see what can be.
            """);
    assertThat(cli.run("run", "/other").err()).contains("it is a directory\n");
    assertThat(cli.run("run", "-v", "x=1", "/s").err()).contains("-v is for configurations");
  }

  @Test
  void run_configurationOfThisMachine_needsNoPond() {
    cli.file("given.yaml", "file: '/${var:name}'");
    String url = "host+diary://" + cli.path("given.yaml");

    assertThat(cli.run("run", "-v", "name=d", url).out()).isEqualTo("diary /d []\n");
    CliResult without = cli.run("run", "-v", "name=d", url, "word");
    assertThat(without.status()).isEqualTo(3);
    assertThat(without.err()).contains("no pond");
    assertThat(cli.run("run", "--pond", "p", "-v", "name=d", url, "word").err())
        .isEqualTo("wrote word in transaction 2\n");
    assertThat(cli.run("run", url.replace("diary", "dairy")).err())
        .contains("there is no factory 'dairy': did you mean 'diary'?");
    assertThat(cli.run("run", "diary://x").err()).contains("it is no URL of a configuration");
    cli.file("sql.yaml", "patterns: {a: '/none/*.series'}");
    assertThat(cli.run("run", "host+sql-derived-series://" + cli.path("sql.yaml")).err())
        .contains("the factory sql-derived-series makes a table:dynamic");
    cli.file("bad.yaml", "fil: /x");
    assertThat(cli.run("run", "host+diary://" + cli.path("bad.yaml")).err())
        .contains("bad.yaml:1:1: unknown key 'fil'. Did you mean 'file'?");
  }

  @Test
  void run_node_readsThePond() throws Exception {
    makeNodes();
    Files.write(
        cli.path("a.parquet"),
        cli.run("sql", "SELECT 1 AS n FROM range(4)", "--format", "parquet").outBytes());
    cli.run("copy", "a.parquet", "/a.table");

    assertThat(cli.run("run", "a", "/a.table").out())
        .isEqualTo("diary /diary [/a.table]\n/a.table has 4 rows\n");
  }

  @Test
  void factories_ofOtherRooms_areListedAndMayStandInDirectories() {
    makeNodes();
    cli.file("dir.yaml", "entries: [{name: d, factory: diary, config: {file: /x}}]");
    cli.run("mknod", "dynamic-dir", "/dir", "--config-path", "dir.yaml");

    assertThat(cli.run("factories").out()).contains("diary                 writes what it is told");
    assertThat(cli.run("run", "/dir/d").out()).isEqualTo("diary /x []\n");
    assertThat(cli.run("run").out()).contains("/dir/d");
  }
}
