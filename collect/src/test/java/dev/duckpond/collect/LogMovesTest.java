package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Folders that are renamed while their logs rotate, or to a name that another log had. */
final class LogMovesTest extends YardScene {
  private CollectPond.Ran run() {
    return yard.run("**/*.log.*", "*/*.log");
  }

  private void runsOnWithoutChange() {
    run().requireDone();
    assertThat(yard.pond().commits()).isZero();
  }

  /** Makes a copy of a log, to which lines come then; a run takes them before the truncation. */
  private void copyAndTruncate(String log, String copy) throws IOException {
    yard.copy(log, copy);
    yard.append(log, "a3\n");
    run().requireDone();
    yard.truncate(log, "b1\nb2\n");
  }

  private void swap(String one, String other) throws IOException {
    yard.move(one, "aside");
    yard.move(other, one);
    yard.move("aside", other);
  }

  @Test
  void run_folderRenamedAfterTheTruncation_keepsTheLinesAfterTheCopyInTheLog() throws IOException {
    yard.append("w1/a.log", "a1\na2\n");
    run().requireDone();
    copyAndTruncate("w1/a.log", "w1/a.log.1");
    yard.move("w1", "w2");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=b1\nb2\n", "w2/a.log.1=a1\na2\na3\n");
    runsOnWithoutChange();
  }

  @Test
  void run_folderRenamedAndTheCopyPacked_keepsTheLinesAfterTheCopyInTheLog() throws IOException {
    yard.append("w1/a.log", "a1\na2\n");
    run().requireDone();
    copyAndTruncate("w1/a.log", "w1/a.log.1");
    yard.gzip("w1/a.log.1");
    yard.move("w1", "w2");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=b1\nb2\n", "w2/a.log.1=a1\na2\na3\n");
    runsOnWithoutChange();
  }

  @Test
  void run_folderRenamedWithTheCopyInAnother_keepsTheLinesAfterTheCopyInTheLog()
      throws IOException {
    yard.append("w1/a.log", "a1\na2\n");
    run().requireDone();
    copyAndTruncate("w1/a.log", "w1/old/a.log.1");
    yard.move("w1", "w2");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=b1\nb2\n", "w2/old/a.log.1=a1\na2\na3\n");
    runsOnWithoutChange();
  }

  @Test
  void run_foldersSwappedAfterTheTruncation_keepsTheLinesAfterTheCopyInTheLog() throws IOException {
    yard.append("w1/a.log", "a1\na2\n");
    yard.append("w2/a.log", "c1\n");
    run().requireDone();
    copyAndTruncate("w1/a.log", "w1/a.log.1");
    swap("w1", "w2");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly("w1/a.log=c1\n", "w2/a.log=b1\nb2\n", "w2/a.log.1=a1\na2\na3\n");
    runsOnWithoutChange();
  }

  @Test
  void run_foldersOfLogsWithoutEndingSwappedAfterTheTruncation_keepsTheLines() throws IOException {
    yard.append("w1/web", "a1\na2\n");
    yard.append("w2/web", "c1\n");
    yard.run("*/web.*", "*/web").requireDone();
    yard.copy("w1/web", "w1/web.1");
    yard.append("w1/web", "a3\n");
    yard.run("*/web.*", "*/web").requireDone();
    yard.truncate("w1/web", "b1\nb2\n");
    swap("w1", "w2");

    yard.run("*/web.*", "*/web").requireDone();

    assertThat(yard.all())
        .containsExactly("w1/web=c1\n", "w2/web=b1\nb2\n", "w2/web.1=a1\na2\na3\n");
  }

  @Test
  void run_bothFoldersCopiedAndTruncatedAndSwapped_keepsTheLinesOfEach() throws IOException {
    yard.append("w1/a.log", "#h\na1\na2\n");
    yard.append("w2/a.log", "#h\nc1\nc2\n");
    run().requireDone();
    yard.copy("w1/a.log", "w1/a.log.1");
    yard.copy("w2/a.log", "w2/a.log.1");
    yard.append("w1/a.log", "a3\n");
    yard.append("w2/a.log", "c3\n");
    run().requireDone();
    yard.truncate("w1/a.log", "#h\nb\n");
    yard.truncate("w2/a.log", "#h\nd\n");
    swap("w1", "w2");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly(
            "w1/a.log=#h\nd\n",
            "w1/a.log.1=#h\nc1\nc2\nc3\n",
            "w2/a.log=#h\nb\n",
            "w2/a.log.1=#h\na1\na2\na3\n");
    runsOnWithoutChange();
  }

  /** What a folder of the same name has is no sign that a log was truncated. */
  @Test
  void run_fileElsewhereThatBeginsLikeADeletedLog_isALogOfItsOwn() throws IOException {
    yard.append("w1/a.log", "a1\na2\na3\n");
    run().requireDone();
    Files.delete(yard.file("w1/a.log"));
    yard.append("w2/a.log.1", "a1\na2\n");
    yard.append("w2/a.log", "b1\n");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly("w1/a.log=a1\na2\na3\n", "w2/a.log=b1\n", "w2/a.log.1=a1\na2\n");
  }

  @Test
  void run_folderThatGetsTheNameOfALogThatMovesAway_goesOnWithItsLog() throws IOException {
    yard.append("w1/a.log", "a1\n");
    yard.append("x.log.1", "x1\n");
    run().requireDone();
    yard.move("x.log.1", "y.log.2");
    yard.move("w1", "x.log.1");
    yard.append("x.log.1/a.log", "a2\n");

    CollectPond.Ran ran = run().requireDone();

    assertThat(yard.all()).containsExactly("x.log.1/a.log=a1\na2\n", "y.log.2=x1\n");
    assertThat(ran.printed())
        .contains(
            "/logs/y.log.2: renamed from x.log.1",
            "/logs/x.log.1/a.log: renamed from /logs/w1/a.log");
    runsOnWithoutChange();
  }

  @Test
  void run_folderThatGetsTheNameOfALogThatGrewAndMovesAway_goesOnWithItsLog() throws IOException {
    yard.append("w1/a.log", "a1\n");
    yard.append("x.log.1", "x1\n");
    run().requireDone();
    yard.move("x.log.1", "y.log.2");
    yard.append("y.log.2", "x2\n");
    yard.move("w1", "x.log.1");

    run().requireDone();

    assertThat(yard.all()).containsExactly("x.log.1/a.log=a1\n", "y.log.2=x1\nx2\n");
    runsOnWithoutChange();
  }

  @Test
  void run_copyUnderWayInAFolderWithTheNameOfALogThatMovesAway_waits() throws IOException {
    yard.append("w1/a.log", "a1\na2\n");
    yard.append("x.log.1", "x1\n");
    run().requireDone();
    yard.move("x.log.1", "y.log.2");
    yard.move("w1", "x.log.1");
    yard.copy("x.log.1/a.log", "x.log.1/a.log.1");
    yard.append("x.log.1/a.log", "a3\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("x.log.1/a.log=a1\na2\na3\n", "y.log.2=x1\n");
    yard.truncate("x.log.1/a.log", "b1\n");
    run().requireDone();
    assertThat(yard.all())
        .containsExactly("x.log.1/a.log=b1\n", "x.log.1/a.log.1=a1\na2\na3\n", "y.log.2=x1\n");
    runsOnWithoutChange();
  }

  @Test
  void run_folderThatGetsTheNameOfAnActiveLogThatIsRenamed_goesOnWithItsLog() throws IOException {
    yard.append("w1/a.log", "a1\n");
    yard.append("x.log", "x1\n");
    yard.append("z/x.log", "z1\n");
    yard.run("**/*.log.*", "**/*.log").requireDone();
    yard.move("x.log", "y.log");
    yard.move("w1", "x.log");
    yard.move("z", "x.log/z");

    yard.run("**/*.log.*", "**/*.log").requireDone();

    assertThat(yard.all()).containsExactly("x.log/a.log=a1\n", "x.log/z/x.log=z1\n", "y.log=x1\n");
  }

  /** One log after the other is in the way of the next: of the first folder is a rotated one. */
  @Test
  void run_foldersThatGetTheNamesOfLogsOneAfterTheOther_goOnWithTheirLogs() throws IOException {
    yard.append("w1/a.log", "a1\n");
    yard.append("z/b.log", "b1\n");
    yard.append("x.log.1", "x1\n");
    run().requireDone();
    yard.move("x.log.1", "y.log.2");
    yard.move("w1", "x.log.1");
    Files.createDirectory(yard.file("w1"));
    yard.move("z", "w1/a.log");
    yard.append("w1/a.log/b.log", "b2\n");

    yard.run("**/*.log.*", "**/*.log").requireDone();

    assertThat(yard.all())
        .containsExactly("w1/a.log/b.log=b1\nb2\n", "x.log.1/a.log=a1\n", "y.log.2=x1\n");
  }

  @Test
  void run_activeFileMovedBesideAPackedOneOfItsName_goesOnWithItsLog() throws IOException {
    yard.append("w1/a.log", "a1\n");
    yard.append("w2/a.log", "p1\n");
    yard.gzip("w2/a.log");
    run().requireDone();
    assertThat(yard.all()).containsExactly("w1/a.log=a1\n", "w2/a.log=p1\n");
    yard.move("w1/a.log", "w2/a.log");

    run().requireDone();

    assertThat(yard.all())
        .hasSize(2)
        .contains("w2/a.log=a1\n")
        .anyMatch(log -> log.matches("(?s)w2/a\\.log~[0-9a-f]{8}=p1\n"));
    runsOnWithoutChange();
  }

  @Test
  void run_folderWhoseNameALogKeeps_isAnErrorThatDoublesNothing() throws IOException {
    yard.append("w1/a.log", "a1\n");
    yard.append("x.log.1", "x1\n");
    run().requireDone();
    Files.delete(yard.file("x.log.1"));
    yard.move("w1", "x.log.1");

    assertThat(run().failure().orElseThrow())
        .hasMessageContaining("'/logs/x.log.1/a.log' has no place");

    assertThat(yard.all()).containsExactly("w1/a.log=a1\n", "x.log.1=x1\n");
  }

  @Test
  void run_renamedLogWhoseNameSomethingElseHas_isAnErrorOfThatAlone() throws IOException {
    yard.append("v/a.log", "v1\n");
    yard.append("w1/a.log", "a1\n");
    yard.append("x1/a.log", "x1\n");
    run().requireDone();
    PondPath folder = PondPath.of("/logs/w2");
    PondPath name = PondPath.of("/logs/x2/a.log");
    yard.pond()
        .change(draft -> {
          draft.edit().link(folder, "/elsewhere");
          draft.edit().makeDirectory(name.parent());
          draft.edit().link(name, "/elsewhere");
        });
    yard.move("w1", "w2");
    yard.move("x1", "x2");
    yard.append("v/a.log", "v2\n");

    assertThat(run().failure().orElseThrow())
        .hasMessageContaining("2 of 3 files failed")
        .hasMessageContaining("'/logs/w2/a.log' has no place")
        .hasMessageContaining("'/logs/x2/a.log' is no log that was taken in");

    assertThat(yard.held("/logs/v/a.log")).isEqualTo("v1\nv2\n");
    assertThat(yard.held("/logs/w1/a.log")).isEqualTo("a1\n");
    assertThat(yard.held("/logs/x1/a.log")).isEqualTo("x1\n");
    yard.pond()
        .change(draft -> {
          draft.edit().remove(folder);
          draft.edit().remove(name);
        });
    run().requireDone();
    assertThat(yard.all()).containsExactly("v/a.log=v1\nv2\n", "w2/a.log=a1\n", "x2/a.log=x1\n");
    runsOnWithoutChange();
  }

  /** What is in the way comes after the run had planned, so that the transaction for all fails. */
  @Test
  void run_somethingElseTakesANameJustBeforeTheRenaming_isAnErrorOfThatAlone() throws IOException {
    yard.append("v/a.log", "v1\n");
    yard.append("w1/a.log", "a1\n");
    yard.append("x1/a.log", "x1\n");
    run().requireDone();
    yard.move("w1", "w2");
    yard.move("x1", "x2");
    yard.append("v/a.log", "v2\n");
    PondPath folder = PondPath.of("/logs/w2");
    yard.pond()
        .beforeNextCommit(
            () -> yard.pond().change(draft -> draft.edit().link(folder, "/elsewhere")));

    assertThat(run().failure().orElseThrow())
        .hasMessage(
            "1 of 3 files failed\n  "
                + yard.file("w2/a.log")
                + ": '/logs/w2/a.log' has no place: '/logs/w2' has the type symlink."
                + " Move that elsewhere with 'pond mv'.");

    assertThat(yard.held("/logs/v/a.log")).isEqualTo("v1\nv2\n");
    assertThat(yard.held("/logs/w1/a.log")).isEqualTo("a1\n");
    assertThat(yard.held("/logs/x2/a.log")).isEqualTo("x1\n");
    yard.pond().change(draft -> draft.edit().remove(folder));
    run().requireDone();
    assertThat(yard.all()).containsExactly("v/a.log=v1\nv2\n", "w2/a.log=a1\n", "x2/a.log=x1\n");
    runsOnWithoutChange();
  }
}
