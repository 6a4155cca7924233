package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.simulate.SimulatedDevice;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collectors as users meet them: made, run, run again, looked after. */
final class CollectCommandTest {
  private static final String SECRET = "the-secret-of-the-account";
  private static final long FIRST = CliFixture.START.getEpochSecond() - 36_000;

  @TempDir Path directory;
  private final HydroVuData data = new HydroVuData();
  private CliFixture cli;
  private HydroVuServer server;

  @BeforeEach
  void start() throws IOException {
    SimulatedDevice device = new SimulatedDevice(7, "buoy");
    for (int i = 0; i < 10; i++) {
      device.put(FIRST + i * 3600L, new Quantity("Temperature", "C"), i);
      device.put(FIRST + i * 3600L, new Quantity("% Saturation", "% sat"), i * 2);
    }
    data.add(device);
    server =
        HydroVuServer.start(
            data,
            HydroVuServer.Options.of(new HydroVuServer.Credentials("me", SECRET)),
            InstantSource.system());
    cli =
        CliFixture.in(directory)
            .withVariable("POND", "p")
            .withVariable("CLIENT", "me")
            .withVariable("SECRET", SECRET);
    cli.run("init");
    cli.run("mkdir", "-p", "/system/run");
    cli.file("buoy.yaml", yaml(""));
    require("mknod", "hydrovu", "/system/run/10-buoy", "--config-path", "buoy.yaml");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String yaml(String more) {
    return """
    client_id: ${env:CLIENT}
    client_secret: ${env:SECRET}
    hydrovu_path: /hydrovu
    base_url: %s
    devices:
      - {name: buoy, id: 7}
    %s
    """
        .formatted(server.baseUrl(), more);
  }

  private CliResult require(String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as(result.err()).isZero();
    return result;
  }

  @Test
  void run_collector_printsRowsTimesAndSource() {
    CliResult result = require("run", "10-buoy", "collect");

    assertThat(result.out())
        .isEqualTo(
            "/hydrovu/devices/7/buoy_active.series: 10 rows, 2024-05-01T02:00:00Z to"
                + " 2024-05-01T11:00:00Z, from HydroVu location 7\n");
    assertThat(require("cat", "/hydrovu/devices/7/buoy_active.series", "--limit", "1").status())
        .isZero();
    assertThat(require("run", "10-buoy").out()).contains("nothing new, from HydroVu location 7");
    assertThat(require("describe", "/hydrovu/devices/7/buoy_active.series").out())
        .contains("Temperature.C       DOUBLE  [C]");
  }

  @Test
  void runAll_oneNodeFails_theOthersRunAndTheExitCodeTells() throws IOException {
    Files.createDirectories(cli.path("inbox"));
    cli.file("inbox/a.csv", "time,t\n2024-05-01 11:00:00,1\n");
    cli.file(
        "inbox.yaml", "sources: [{pattern: '" + cli.path("inbox") + "/*', format: csv, to: /in}]");
    require("mknod", "inbox", "/system/run/20-inbox", "--config-path", "inbox.yaml");
    cli.file("bad.yaml", yaml("deadline: 0s"));
    require("mknod", "hydrovu", "/system/run/10-buoy", "--config-path", "bad.yaml", "--overwrite");

    CliResult result = cli.run("run", "--all");

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.out()).contains("/in: 1 row, ").contains("1 file taken in");
    assertThat(result.err())
        .contains("run /system/run/10-buoy\n", "run /system/run/20-inbox\n")
        .contains(
            "1 of 2 failed\n    /system/run/10-buoy: POST /public-api/oauth/token was not asked: the 0 s that")
        .doesNotContain(SECRET);
  }

  @Test
  void status_collectors_tellsSuccessErrorNewestAndStale() {
    require("run", "--all");
    assertThat(require("status").out())
        .contains(
            "run: /system/run/10-buoy  last success 2024-05-01T12:00:00Z; newest data"
                + " 2024-05-01T11:00:00Z\n");
    server.close();
    cli.pass(Duration.ofDays(2));
    cli.file("short.yaml", yaml("deadline: 0s"));
    require(
        "mknod", "hydrovu", "/system/run/10-buoy", "--config-path", "short.yaml", "--overwrite");

    assertThat(cli.run("run", "10-buoy").status()).isEqualTo(1);

    String margin = " ".repeat("run: /system/run/10-buoy  ".length());
    assertThat(require("status").out())
        .contains(
            "last success 2024-05-01T12:00:00Z; newest data 2024-05-01T11:00:00Z\n"
                + margin
                + "failed 2024-05-03T12:00:00Z: ")
        .contains("was not asked")
        .contains("\n" + margin + "stale: buoy\n");
    assertThat(require("status", "--format", "csv").out())
        .contains("run:/system/run/10-buoy:stale:buoy,2024-05-01T11:00:00Z");
  }

  @Test
  void status_successAfterAFailure_stillTellsTheLastError() {
    cli.file("short.yaml", yaml("deadline: 0s"));
    require(
        "mknod", "hydrovu", "/system/run/10-buoy", "--config-path", "short.yaml", "--overwrite");
    assertThat(cli.run("run", "10-buoy").status()).isEqualTo(1);
    cli.pass(Duration.ofMinutes(1));
    require("mknod", "hydrovu", "/system/run/10-buoy", "--config-path", "buoy.yaml", "--overwrite");
    require("run", "10-buoy");

    assertThat(require("status").out())
        .contains("last success 2024-05-01T12:01:00Z")
        .contains("last error 2024-05-01T12:00:00Z: POST ");
  }

  @Test
  void status_partOfACollection_doesNotCountAsSuccessAndAWrongWordNotAsFailure() {
    require("run", "10-buoy", "collect", "--device", "buoy");
    assertThat(require("status").out())
        .contains("never successful; newest data 2024-05-01T11:00:00Z\n");

    assertThat(cli.run("run", "10-buoy", "collect", "buoy").status()).isEqualTo(2);

    assertThat(require("status").out()).doesNotContain("failed").doesNotContain("error");
  }

  @Test
  void status_nodeThatWasMovedOrRemoved_isToldWhereItIs() {
    require("run", "10-buoy");
    require("mv", "/system/run/10-buoy", "/system/run/15-sea");
    assertThat(require("status").out())
        .contains("run: /system/run/15-sea  last success ")
        .doesNotContain("run: /system/run/10-buoy");

    require("rm", "/system/run/15-sea");

    assertThat(require("status").out()).doesNotContain("run: ");
  }

  @Test
  void run_secretThatIsNotSet_isToldByStatus() {
    CliFixture other = CliFixture.in(directory).withVariable("POND", "p");
    assertThat(other.run("run", "--all").status()).isEqualTo(8);

    assertThat(require("status").out())
        .contains("never successful")
        .contains("the environment variable 'CLIENT' is not set");
  }

  @Test
  void status_clockOfAnInstrumentSetToTheFuture_isStaleAllTheSame() {
    data.find(7).orElseThrow().put(FIRST + 2_000_000_000L, new Quantity("Temperature", "C"), 1);
    require("run", "--all");
    assertThat(require("status").out()).contains("; newest data 2024-05-01T12:00:00Z\n");
    cli.pass(Duration.ofDays(2));

    assertThat(require("status").out()).contains("stale: buoy\n");
  }

  /** Holds the lock of the node that was run before, as another process would. */
  private FileChannel lockRun() throws IOException {
    try (Stream<Path> files = Files.list(cli.path("p/cache/runs"))) {
      Path lock = files.filter(file -> file.toString().endsWith(".lock")).findFirst().orElseThrow();
      FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE);
      file.lock();
      return file;
    }
  }

  @Test
  void run_nodeThatIsBeingRun_endsWithCode4() throws IOException {
    require("run", "10-buoy");
    require("ln", "-s", "/system/run/10-buoy", "/sea");
    try (FileChannel _ = lockRun()) {
      CliResult result = cli.run("run", "--all");

      assertThat(result.status()).isEqualTo(4);
      assertThat(result.err()).contains("'/system/run/10-buoy' is being run by another process");
      assertThat(cli.run("run", "/sea").status()).isEqualTo(4);
      assertThat(require("run", "10-buoy", "locations").out()).contains("7\tbuoy\t");
    }
  }

  @Test
  void runAll_links_runTheirNodesOnceInTheOrderOfNames() throws IOException {
    cli.file("in/a", "a");
    cli.file(
        "inbox.yaml",
        "sources: [{pattern: '%s/*', format: data, to: /in, as: data}]".formatted(cli.path("in")));
    require("mkdir", "-p", "/nodes/more");
    require("mknod", "inbox", "/nodes/inbox", "--config-path", "inbox.yaml");
    require("ln", "-s", "/nodes/inbox", "/system/run/05-inbox");
    require("ln", "-s", "/nodes/inbox", "/system/run/20-inbox-again");
    require("ln", "-s", "10-buoy", "/system/run/07-buoy");
    require("ln", "-s", "/nodes/more", "/system/run/30-directory");

    CliResult result = require("run", "--all");

    assertThat(result.err().lines().filter(line -> line.startsWith("run ")))
        .containsExactly("run /system/run/05-inbox", "run /system/run/07-buoy");
    assertThat(result.out())
        .contains("1 file taken in, 0 in already")
        .contains("/hydrovu/devices/7/buoy_active.series: 10 rows");
  }

  @Test
  void runAll_systemRunThatIsALink_runsWhatItLeadsTo() {
    require("mv", "/system/run", "/jobs");
    require("ln", "-s", "/jobs", "/system/run");

    assertThat(require("run", "--all").out())
        .contains("/hydrovu/devices/7/buoy_active.series: 10 rows");
  }

  @Test
  void runAll_linkThatLeadsNowhere_isNamedAndTheOthersRun() {
    require("ln", "-s", "/gone", "/system/run/05-gone");
    require("ln", "-s", "/system/run/06-circle", "/system/run/06-circle");

    CliResult result = cli.run("run", "--all");

    assertThat(result.status()).isEqualTo(8);
    assertThat(result.err())
        .contains("2 of 3 failed")
        .contains("'/system/run/05-gone' leads nowhere");
    assertThat(result.out()).contains("10 rows");
  }

  @Test
  void runAll_nodeThatIsBeingRun_othersRunAndTheirFailuresTell() throws IOException {
    require("run", "10-buoy");
    makeInbox("20-inbox", "inbox");
    Files.createDirectories(cli.path("inbox"));
    cli.file("inbox/a.csv", "time,t\n2024-05-01 11:00:00,1\n");
    try (FileChannel _ = lockRun()) {
      CliResult result = cli.run("run", "--all");
      assertThat(result.status()).isEqualTo(4);
      assertThat(result.out()).contains("/in: 1 row, ");

      cli.file("inbox/b.csv", "nothing\n");
      CliResult failing = cli.run("run", "--all");

      assertThat(failing.status()).isEqualTo(8);
      assertThat(failing.err())
          .contains("1 of 2 failed\n    /system/run/20-inbox: ")
          .contains("'/system/run/10-buoy' is being run by another process");
    }
  }

  private void makeInbox(String name, String folder) {
    cli.file(
        "inbox.yaml", "sources: [{pattern: '" + cli.path(folder) + "/*', format: csv, to: /in}]");
    require("mknod", "inbox", "/system/run/" + name, "--config-path", "inbox.yaml");
  }

  @Test
  void run_secretThatIsNotSet_isNamedAndNothingIsShown() throws IOException {
    CliFixture other = CliFixture.in(directory).withVariable("POND", "p");

    CliResult result = other.run("run", "10-buoy");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("the environment variable 'CLIENT' is not set");
    require("run", "10-buoy");
    try (Stream<Path> files = Files.walk(cli.path("p"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
  }

  @Test
  void installTimer_unitAndLine_nameThePond() {
    String out = require("install-timer", "--every", "15m").out();

    assertThat(out)
        .contains("ExecStart=pond --pond " + cli.path("p") + " run --all\n")
        .contains("OnCalendar=*:0/15\n")
        .contains("*/15 * * * * set -a; ")
        .endsWith("; pond --pond " + cli.path("p") + " run --all\n");
  }

  @Test
  void installTimer_timeThatCannotBe_printsNothingButTheError() {
    for (String time : new String[] {"7m", "0m", "90"}) {
      CliResult result = cli.run("install-timer", "--every", time);

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("--every '" + time + "' cannot be");
    }
  }

  @Test
  void installTimer_lineForCron_runsWithAndWithoutVariables() throws Exception {
    Path program = cli.path("a dollar $HOME/pond");
    cli.file("a dollar $HOME/pond", "#!/bin/sh\necho \"$TOKEN_OF_TEST $*\" > \"$HOME/called\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    cli.withVariable("POND_CALLED_AS", program.toString());
    String out = require("install-timer", "--every", "1d").out();
    String line = out.lines().toList().getLast().replace("7 4 * * * ", "");

    assertThat(called(line)).isEqualTo(" --pond " + cli.path("p") + " run --all\n");
    cli.file("home/.config/pond/environment", "TOKEN_OF_TEST=x\n");
    assertThat(called(line)).isEqualTo("x --pond " + cli.path("p") + " run --all\n");
    assertThat(out).contains("ExecStart='" + program.toString().replace("$", "$$") + "' --pond ");
  }

  private String called(String line) throws Exception {
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", line);
    shell.environment().put("HOME", cli.path("home").toString());
    assertThat(shell.start().waitFor()).isZero();
    return Files.readString(cli.path("home/called"));
  }

  @Test
  void dev_withoutDataOrService_saysWhatIsWrong() throws IOException {
    Files.createDirectories(cli.path("empty"));
    assertThat(cli.run("dev", "hydrovu-server", "--data", "empty").err())
        .contains("'" + cli.path("empty") + "' holds no devices");
    assertThat(cli.run("dev", "hydrovue", "--data", "empty").err())
        .contains("there is no service 'hydrovue' to play");
  }

  @Test
  void dev_folderThatIsALink_isLookedInto() throws IOException {
    Path device = Files.createDirectories(cli.path("there/4990594334457856"));
    Files.writeString(device.resolve("Vulink_1.series"), "no Parquet");
    Files.createSymbolicLink(cli.path("link"), cli.path("there"));

    assertThat(cli.run("dev", "hydrovu-server", "--data", "link").err())
        .contains("Vulink_1.series' cannot be served");
  }
}
