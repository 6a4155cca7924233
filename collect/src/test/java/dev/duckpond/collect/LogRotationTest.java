package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rotated logs that are easily taken for each other. */
final class LogRotationTest extends LogScene {
  LogRotationTest() {
    super("**/app.log.*", "**/app.log");
  }

  @Test
  void run_logsThatBeginWithTheSameLine_allStayWhenTheMachineDeletesThem() throws IOException {
    List<String> written = new ArrayList<>();
    for (int day = 0; day < 4; day++) {
      append(app, "#Fields: a b\n");
      run().requireDone();
      append(app, "day " + day + "\n");
      written.add("#Fields: a b\nday " + day + "\n");
      Files.deleteIfExists(logs.resolve("app.log.1"));
      Files.move(app, logs.resolve("app.log.1"));
      run().requireDone();
    }

    assertThat(contents()).containsExactlyInAnyOrderElementsOf(written);
    assertThat(held("app.log.1")).isEqualTo("#Fields: a b\nday 3\n");
  }

  @Test
  void run_packedLogsOfOneTime_areAllTaken() throws IOException {
    for (int day = 1; day <= 3; day++) {
      append(logs.resolve("app.log." + day), "day " + day + "\n");
      time(logs.resolve("app.log." + day), 0);
      gzip(logs.resolve("app.log." + day));
      run().requireDone();
    }

    assertThat(all())
        .containsExactly("app.log.1=day 1\n", "app.log.2=day 2\n", "app.log.3=day 3\n");
  }

  @Test
  void run_nothingNewBesideLogsOfOneTime_writesNothing() throws IOException {
    append(logs.resolve("app.log.1"), "day 1\n");
    append(logs.resolve("app.log.2"), "day 2\n");
    time(logs.resolve("app.log.1"), 0);
    time(logs.resolve("app.log.2"), 0);
    gzip(logs.resolve("app.log.2"));
    run().requireDone();

    run().requireDone();

    assertThat(pond.commits()).isZero();
  }

  @Test
  void match_rotatedFileThatNothingHappenedTo_isNotOpened() throws IOException {
    append(logs.resolve("app.log.1"), "day 1\n");
    append(logs.resolve("app.log.2"), "day 2\n");
    gzip(logs.resolve("app.log.2"));
    run().requireDone();
    List<RotatedLog> rotated = new ArrayList<>();
    for (String name : List.of("app.log.1", "app.log.2.gz")) {
      PondPath target = PondPath.of("/logs/" + name.replace(".gz", ""));
      HostLog file = new HostLog(logs.resolve(name), target);
      rotated.add(new RotatedLog(file, file.stat()));
    }

    matching(rotated).match();

    assertThat(rotated).extracting(RotatedLog::finding).containsOnly(RotatedLog.Finding.TAKEN);
    assertThat(rotated).extracting(log -> log.file().readBytes()).containsOnly(0L);
  }

  @Test
  void match_copiesOfManyLogsThatBeginAlike_readsEachFileOnce() throws IOException {
    String banner = "=== " + "banner ".repeat(60) + "\n";
    for (int number = 1; number <= 9; number++) {
      String line = "log " + number + " goes on and on\n";
      append(logs.resolve("app.log." + number), banner + line.repeat(10_000));
    }
    append(app, banner);
    run().requireDone();
    List<RotatedLog> rotated = new ArrayList<>();
    for (int number = 1; number <= 9; number++) {
      Path copy = Files.copy(logs.resolve("app.log." + number), directory.resolve("copy" + number));
      HostLog file = new HostLog(copy, PondPath.of("/logs/app.log." + number));
      rotated.add(new RotatedLog(file, file.stat()));
    }

    matching(rotated).match();

    assertThat(rotated).extracting(RotatedLog::finding).containsOnly(RotatedLog.Finding.TAKEN);
    assertThat(rotated)
        .allSatisfy(log ->
            assertThat(log.file().readBytes())
                .isLessThanOrEqualTo(log.stat().sizeBytes() + 8 * LogSample.BYTES));
  }

  private LogMatching matching(List<RotatedLog> rotated) {
    LogShelf shelf = LogShelf.read(pond.tree(), PondPath.of("/logs"));
    CollectSite site = new CollectSite(pond.execution().execution());
    return new LogMatching(new LogUnpacking(site), pond.tree(), shelf, List.of(), rotated);
  }

  @Test
  void run_packedLogThatTheActiveFileOnlyLooksLike_isFoundAgain() throws IOException {
    String header = "#Fields: time" + " more".repeat(80) + "\n";
    append(app, header + "line 1" + " x".repeat(200) + "\n");
    Files.move(app, logs.resolve("app.log.1"));
    run().requireDone();
    append(app, header + "line 2" + " x".repeat(200) + "\nand on\n");
    time(gzip(logs.resolve("app.log.1")), 77);

    run().requireDone();

    assertThat(contents())
        .containsExactlyInAnyOrder(
            header + "line 1" + " x".repeat(200) + "\n",
            header + "line 2" + " x".repeat(200) + "\nand on\n");
  }

  @Test
  void run_lineThatComesAfterTheRotation_isAppended() throws IOException {
    append(app, "one\n");
    run().requireDone();
    Files.move(app, logs.resolve("app.log.1"));
    run().requireDone();
    append(logs.resolve("app.log.1"), "late\n");

    CollectPond.Ran ran = run().requireDone();

    assertThat(all()).containsExactly("app.log.1=one\nlate\n");
    assertThat(ran.printed().getFirst())
        .isEqualTo(
            "/logs/app.log.1: rotated before, 5 bytes more, from " + logs.resolve("app.log.1"));
    assertThat(pond.versions("/logs/app.log.1").getLast().sizeBytes()).isEqualTo(5);
  }

  @Test
  void run_lateLineAndPackedAndRenamedAtOnce_isAppended() throws IOException {
    append(app, "one\n");
    Files.move(app, logs.resolve("app.log.1"));
    run().requireDone();
    append(logs.resolve("app.log.1"), "late\n");
    time(logs.resolve("app.log.1"), 77);
    Files.move(gzip(logs.resolve("app.log.1")), logs.resolve("app.log.2.gz"));

    run().requireDone();

    assertThat(all()).containsExactly("app.log.2=one\nlate\n");
  }

  @Test
  void run_activeLogsOfOneNameInSeveralFolders_areKeptApart() throws IOException {
    for (String host : List.of("web1", "web2")) {
      append(logs.resolve(host + "/app.log"), host + "\n");
    }
    run().requireDone();
    for (String host : List.of("web1", "web2")) {
      append(logs.resolve(host + "/app.log"), "more of " + host + "\n");
    }
    Files.move(logs.resolve("web1/app.log"), logs.resolve("web1/app.log.1"));

    run().requireDone();

    assertThat(all())
        .containsExactly(
            "web1/app.log.1=web1\nmore of web1\n", "web2/app.log=web2\nmore of web2\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_packedBesideThePlainOne_isTheSameLog() throws IOException {
    append(logs.resolve("app.log.1"), "one\n");
    run().requireDone();
    Path copy = logs.resolve("app.log.1.copy");
    Files.copy(logs.resolve("app.log.1"), copy);
    Files.move(gzip(copy), logs.resolve("app.log.1.gz"));

    run().requireDone();
    assertThat(all()).containsExactly("app.log.1=one\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();
    Files.delete(logs.resolve("app.log.1"));
    run().requireDone();
    assertThat(pond.commits()).isZero();
    assertThat(all()).containsExactly("app.log.1=one\n");
  }

  @Test
  void run_packedBesideAnotherPlainOne_isALogOfItsOwn() throws IOException {
    append(logs.resolve("app.log.1"), "one\n");
    gzip(logs.resolve("app.log.1"));
    append(logs.resolve("app.log.1"), "two\n");

    run().requireDone();

    assertThat(contents()).containsExactlyInAnyOrder("one\n", "two\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_rotatedFileThatCannotBeRead_keepsTheActiveOneFromBeingMixedWithIt() throws IOException {
    append(app, "#Fields\n");
    run().requireDone();
    append(app, "one\n");
    Files.move(app, logs.resolve("app.log.1"));
    append(app, "#Fields\ntwo\n");
    Files.write(logs.resolve("app.log.2.gz"), new byte[] {1, 2, 3});

    assertThat(run().failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining("app.log.2.gz");

    assertThat(all()).containsExactly("app.log=#Fields\ntwo\n", "app.log.1=#Fields\none\n");
  }

  @Test
  void run_linkToTheActiveFileAmongTheRotated_isNoOtherLog() throws IOException {
    append(app, "one\n");
    Files.createSymbolicLink(logs.resolve("app.log.current"), app);
    run().requireDone();
    append(app, "two\n");

    run().requireDone();

    assertThat(all()).containsExactly("app.log=one\ntwo\n");
  }

  @Test
  void run_logOfAFolderThatIsGone_isNotTakenForOneOfAnother() throws IOException {
    append(logs.resolve("web1/app.log"), "#Fields\n");
    append(logs.resolve("web2/app.log"), "#Fields\n");
    run().requireDone();
    Files.delete(logs.resolve("web1/app.log"));
    append(logs.resolve("web2/app.log"), "one\n");
    Files.move(logs.resolve("web2/app.log"), logs.resolve("web2/app.log.2"));
    append(logs.resolve("web2/app.log.1"), "#Fields\ntwo\n");

    run().requireDone();

    assertThat(all())
        .containsExactly(
            "web1/app.log=#Fields\n",
            "web2/app.log.1=#Fields\ntwo\n",
            "web2/app.log.2=#Fields\none\n");
  }

  @Test
  void run_folderOfActiveLogsGone_isAFailure() throws IOException {
    append(app, "one\n");
    run().requireDone();
    Files.delete(app);
    Files.delete(logs);

    assertThat(run().failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageEndingWith(
            "/app.log' matches nothing: there is no folder "
                + logs
                + ". Correct the pattern, or see why the folder is gone.")
        .hasMessageStartingWith("'" + logs);
    assertThat(held("app.log")).isEqualTo("one\n");
  }

  @Test
  void run_rotationInAFolderThatWasRenamed_goesOnWithTheLogOfThatFolder() throws IOException {
    append(logs.resolve("web1/app.log"), "#h\nw1\n");
    run().requireDone();
    Files.move(logs.resolve("web1"), logs.resolve("web3"));
    append(logs.resolve("web3/app.log"), "w3\n");
    run().requireDone();
    Files.move(logs.resolve("web3/app.log"), logs.resolve("web3/app.log.1"));
    append(logs.resolve("web3/app.log"), "#h\nnew\n");

    run().requireDone();

    assertThat(all()).containsExactly("web3/app.log=#h\nnew\n", "web3/app.log.1=#h\nw1\nw3\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }
}
