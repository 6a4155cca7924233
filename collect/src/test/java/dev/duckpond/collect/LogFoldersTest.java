package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Logs whose folders are renamed, swapped, copied and made anew between runs. */
final class LogFoldersTest extends YardScene {
  private CollectPond.Ran run() {
    return yard.run("*/a.log.*", "*/a.log");
  }

  private void runsOnWithoutChange() {
    run().requireDone();
    assertThat(yard.pond().commits()).isZero();
  }

  @Test
  void run_folderThatWasRenamed_goesOnWithItsLogsUnderTheNewName() throws IOException {
    yard.append("w1/a.log.1", "y1\ny2\n");
    yard.append("w1/a.log", "x1\nx2\n");
    run().requireDone();
    yard.move("w1", "w2");
    yard.append("w2/a.log", "x3\n");

    CollectPond.Ran ran = run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=x1\nx2\nx3\n", "w2/a.log.1=y1\ny2\n");
    assertThat(ran.printed())
        .contains(
            "/logs/w2/a.log: renamed from /logs/w1/a.log",
            "/logs/w2/a.log.1: renamed from /logs/w1/a.log.1",
            "/logs/w2/a.log.1: renamed from /logs/w1/a.log.1",
            "/logs/w2/a.log: 3 bytes more, from " + yard.file("w2/a.log"));
    assertThat(yard.pond().versions("/logs/w2/a.log").getLast().sizeBytes()).isEqualTo(3);
    runsOnWithoutChange();
  }

  @Test
  void run_folderThatWasRenamedWithNothingAdded_renamesAndTakesNothing() throws IOException {
    yard.append("w1/a.log", "x1\n");
    run().requireDone();
    yard.move("w1", "w2");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=x1\n");
    assertThat(yard.pond().commits()).isEqualTo(1);
    yard.move("w2", "w3");
    yard.append("w3/a.log", "x2\n");
    run().requireDone();
    assertThat(yard.all()).containsExactly("w3/a.log=x1\nx2\n");
    runsOnWithoutChange();
  }

  @Test
  void run_foldersThatSwappedNames_goOnWithTheLogOfEachFile() throws IOException {
    yard.append("w1/a.log", "#h\n");
    yard.append("w2/a.log", "#h\nx1\n");
    yard.append("w2/a.log.1", "y1\n");
    run().requireDone();
    yard.move("w1", "w");
    yard.move("w2", "w1");
    yard.move("w", "w2");
    yard.append("w1/a.log", "x2\n");
    yard.append("w2/a.log", "z1\n");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly("w1/a.log=#h\nx1\nx2\n", "w1/a.log.1=y1\n", "w2/a.log=#h\nz1\n");
    runsOnWithoutChange();
  }

  @Test
  void run_folderThatWasCopied_isTakenBesideTheOther() throws IOException {
    yard.append("w1/a.log", "x1\n");
    run().requireDone();
    yard.copy("w1/a.log", "w2/a.log");
    yard.append("w1/a.log", "x2\n");
    yard.append("w2/a.log", "z2\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w1/a.log=x1\nx2\n", "w2/a.log=x1\nz2\n");
    runsOnWithoutChange();
  }

  @Test
  void run_folderThatWasCopiedAndTheFirstDeleted_isALogOfItsOwn() throws IOException {
    yard.append("w1/a.log", "x1\nx2\n");
    run().requireDone();
    yard.copy("w1/a.log", "w2/a.log");
    Files.delete(yard.file("w1/a.log"));
    yard.append("w2/a.log", "z\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w1/a.log=x1\nx2\n", "w2/a.log=x1\nx2\nz\n");
    runsOnWithoutChange();
  }

  @Test
  void run_severalLogsOfAFileThatWasWrittenAnew_goesOnWithTheLongest() throws IOException {
    yard.append("w2/a.log", "#h\nx1\n");
    run().requireDone();
    yard.move("w2", "w1");
    yard.truncate("w1/a.log", "#h\n");
    run().requireDone();
    assertThat(yard.all()).containsExactly("w1/a.log=#h\n", "w2/a.log=#h\nx1\n");
    yard.move("w1", "w3");
    yard.append("w3/a.log", "x1\nx2\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w1/a.log=#h\n", "w3/a.log=#h\nx1\nx2\n");
    runsOnWithoutChange();
  }

  @Test
  void run_newFolderThatBeginsLikeTheRenamedOne_isALogOfItsOwn() throws IOException {
    yard.append("w1/a.log", "#h\n");
    run().requireDone();
    yard.move("w1", "w2");
    yard.append("w2/a.log", "x1\n");
    yard.append("w1/a.log", "#h\nz1\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w1/a.log=#h\nz1\n", "w2/a.log=#h\nx1\n");
    runsOnWithoutChange();
  }

  @Test
  void run_newFolderBesideTheOneThatStays_isALogOfItsOwn() throws IOException {
    yard.append("w1/a.log", "#h\n");
    run().requireDone();
    yard.append("w2/a.log", "#h\nz1\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w1/a.log=#h\n", "w2/a.log=#h\nz1\n");
  }

  @Test
  void run_folderThatWasRenamedAndItsFileWrittenAnew_isALogOfItsOwn() throws IOException {
    yard.append("w1/a.log", "x1\nx2\n");
    run().requireDone();
    yard.move("w1", "w2");
    yard.truncate("w2/a.log", "z1\nand more than there was\n");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly("w1/a.log=x1\nx2\n", "w2/a.log=z1\nand more than there was\n");
  }

  @Test
  void run_renamedFolderWithEqualEndsAndAnotherMiddle_isALogOfItsOwn() throws IOException {
    String ends = "beat ".repeat(100) + "\n";
    yard.append("w1/a.log", ends + "one\n" + ends);
    run().requireDone();
    yard.move("w1", "w2");
    yard.truncate("w2/a.log", ends + "two\n" + ends);

    run().requireDone();

    assertThat(yard.all())
        .containsExactly("w1/a.log=" + ends + "one\n" + ends, "w2/a.log=" + ends + "two\n" + ends);
  }

  @Test
  void run_folderThatWasRenamedAndThenRotatedInByRename_goesOn() throws IOException {
    yard.append("w1/a.log", "x1\n");
    run().requireDone();
    yard.move("w1", "w2");
    yard.append("w2/a.log", "x2\n");
    yard.move("w2/a.log", "w2/a.log.1");
    yard.append("w2/a.log", "z1\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=z1\n", "w2/a.log.1=x1\nx2\n");
    runsOnWithoutChange();
  }

  @Test
  void run_renamedFolderBetweenCopyAndTruncation_takesTheLogOnce() throws IOException {
    yard.append("w1/a.log", "x1\nx2\n");
    run().requireDone();
    yard.move("w1", "w2");
    yard.copy("w2/a.log", "w2/a.log.1");
    run().requireDone();
    assertThat(yard.all()).containsExactly("w2/a.log=x1\nx2\n");
    yard.truncate("w2/a.log", "z1\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=z1\n", "w2/a.log.1=x1\nx2\n");
    runsOnWithoutChange();
  }

  @Test
  void run_folderThatTookTheNameOfADeletedOne_keepsTheLogOfThat() throws IOException {
    yard.append("w1/a.log", "x1\n");
    yard.append("w2/a.log", "z1\n");
    run().requireDone();
    Files.delete(yard.file("w2/a.log"));
    Files.delete(yard.file("w2"));
    yard.move("w1", "w2");
    yard.append("w2/a.log", "x2\n");

    run().requireDone();

    assertThat(yard.all())
        .hasSize(2)
        .contains("w2/a.log=x1\nx2\n")
        .anyMatch(log -> log.matches("(?s)w2/a\\.log~[0-9a-f]{8}=z1\n"));
    runsOnWithoutChange();
  }

  @Test
  void run_renamedFolderWhoseNameSomethingElseHas_isAnErrorUntilThatIsGone() throws IOException {
    yard.append("w1/a.log", "x1\n");
    run().requireDone();
    PondPath inTheWay = PondPath.of("/logs/w2");
    yard.pond().change(draft -> draft.edit().link(inTheWay, "/elsewhere"));
    yard.move("w1", "w2");

    assertThat(run().failure().orElseThrow()).hasMessageContaining("'/logs/w2/a.log' has no place");

    yard.pond().change(draft -> draft.edit().remove(inTheWay));
    run().requireDone();
    assertThat(yard.all()).containsExactly("w2/a.log=x1\n");
  }

  @Test
  void run_killedAfterTheFolderWasRenamed_goesOn() throws IOException {
    yard.append("w1/a.log", "x1\n");
    run().requireDone();
    yard.move("w1", "w2");
    yard.append("w2/a.log", "x2\n");
    yard.pond().killAfterCommit(1);
    assertThatThrownBy(this::run).isInstanceOf(CollectPond.Killed.class);
    yard.pond().reopen();
    yard.pond().killNoMore();

    run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=x1\nx2\n");
  }

  @Test
  void run_otherRunRenamesMeanwhile_takesItOnce() throws IOException {
    yard.append("w1/a.log", "x1\n");
    run().requireDone();
    yard.move("w1", "w2");
    yard.append("w2/a.log", "x2\n");
    yard.pond().beforeNextCommit(() -> run().requireDone());

    run().requireDone();

    assertThat(yard.all()).containsExactly("w2/a.log=x1\nx2\n");
    runsOnWithoutChange();
  }
}
