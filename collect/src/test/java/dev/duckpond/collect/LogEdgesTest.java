package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Rotations of which little can be seen: of short logs, into other folders, and back. */
final class LogEdgesTest extends YardScene {
  private CollectPond.Ran run() {
    return yard.run("**/*.log.*", "**/*.log");
  }

  private void requireNothingNew() {
    run().requireDone();
    assertThat(yard.pond().commits()).isZero();
  }

  @Test
  void run_betweenCopyOfOneLineAndTruncation_takesTheLogOnce() throws IOException {
    yard.append("app.log.2", "12:00 before\n");
    yard.append("app.log", "12:01 first\n");
    run().requireDone();
    yard.copy("app.log", "app.log.1");
    yard.append("app.log", "12:02 second\n");

    run().requireDone();
    assertThat(yard.all())
        .containsExactly("app.log=12:01 first\n12:02 second\n", "app.log.2=12:00 before\n");

    yard.truncate("app.log", "12:03 third\n");
    run().requireDone();
    assertThat(yard.all())
        .containsExactly(
            "app.log=12:03 third\n",
            "app.log.1=12:01 first\n12:02 second\n",
            "app.log.2=12:00 before\n");
    requireNothingNew();
  }

  /**
   * Nothing tells this from a log of one line that was truncated before and begins with it again.
   */
  @Test
  void run_betweenCopyOfTheFirstLineEverAndTruncation_losesNothingAndTells() throws IOException {
    yard.append("app.log", "first\n");
    run().requireDone();
    yard.copy("app.log", "app.log.1");
    yard.append("app.log", "second\n");
    run().requireDone();
    yard.truncate("app.log", "third\n");

    assertThat(run().failure().orElseThrow())
        .hasMessageContaining("'" + yard.file("app.log") + "' does not go on where it was left");

    assertThat(yard.all()).containsExactly("app.log=first\nsecond\n", "app.log.1=first\n");
    yard.pond()
        .change(draft ->
            draft.edit().move(PondPath.of("/logs/app.log"), PondPath.of("/logs/app.log.kept")));
    run().requireDone();
    assertThat(yard.all())
        .containsExactly("app.log=third\n", "app.log.1=first\n", "app.log.kept=first\nsecond\n");
  }

  @Test
  void run_betweenCopyOfOneLineToAnotherFolderAndTruncation_takesTheLogOnce() throws IOException {
    yard.append("old/app.log.2", "12:00 before\n");
    yard.append("app.log", "12:01 first\n");
    run().requireDone();
    yard.copy("app.log", "old/app.log.1");
    yard.append("app.log", "12:02 second\n");

    run().requireDone();
    yard.truncate("app.log", "12:03 third\n");
    run().requireDone();

    assertThat(yard.all())
        .containsExactly(
            "app.log=12:03 third\n",
            "old/app.log.1=12:01 first\n12:02 second\n",
            "old/app.log.2=12:00 before\n");
    requireNothingNew();
  }

  @Test
  void run_linesAfterTheCopyToAnotherFolderThatTheTruncationLost_stayInTheLog() throws IOException {
    yard.append("app.log", "a1\na2\n");
    run().requireDone();
    yard.copy("app.log", "old/app.log.1");
    yard.append("app.log", "a3\n");
    run().requireDone();
    assertThat(yard.all()).containsExactly("app.log=a1\na2\na3\n");

    yard.truncate("app.log", "b1\n");
    run().requireDone();

    assertThat(yard.all()).containsExactly("app.log=b1\n", "old/app.log.1=a1\na2\na3\n");
    requireNothingNew();
  }

  @Test
  void run_linesAfterTheCopyWhileALogOfTheHeaderIsPacked_stayInTheLog() throws IOException {
    yard.append("app.log.2", "#h\n");
    yard.append("app.log", "#h\na1\n");
    run().requireDone();
    yard.copy("app.log", "app.log.1");
    yard.append("app.log", "a2\n");
    run().requireDone();
    yard.truncate("app.log", "#h\nb\n");
    yard.gzip("app.log.2");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly("app.log=#h\nb\n", "app.log.1=#h\na1\na2\n", "app.log.2=#h\n");
    requireNothingNew();
  }

  @Test
  void run_linesAfterTheCopyToAnotherFolderThatIsPackedThen_stayInTheLog() throws IOException {
    yard.append("app.log", "#h\na1\n");
    run().requireDone();
    yard.copy("app.log", "old/app.log.1");
    yard.append("app.log", "a2\n");
    run().requireDone();
    yard.truncate("app.log", "");
    yard.gzip("old/app.log.1");
    yard.append("web/old/app.log.1", "#h\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("old/app.log.1=#h\na1\na2\n", "web/old/app.log.1=#h\n");
    requireNothingNew();
  }

  @Test
  void run_copyOfABannerThatOtherActiveFilesBeginWith_isALogOfItsOwn() throws IOException {
    yard.append("web1/app.log", "#v\n#h\n");
    yard.copy("web1/app.log", "web1/app.log.1");
    yard.truncate("web1/app.log", "#v\n#h\none\n");
    yard.append("web2/app.log", "#v\n#h\ntwo\n");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly(
            "web1/app.log=#v\n#h\none\n", "web1/app.log.1=#v\n#h\n", "web2/app.log=#v\n#h\ntwo\n");
  }

  @Test
  void run_copiedAndTruncatedAndThenRenamedBetweenEqualBeginningsAndEnds_losesNothing()
      throws IOException {
    String banner = "=== " + "banner ".repeat(60) + "\n";
    String beats = "heartbeat ok\n".repeat(30);
    yard.append("app.log", banner + "only in a\n" + beats);
    run().requireDone();
    yard.copy("app.log", "app.log.2");
    yard.truncate("app.log", banner + "only in b\n" + beats);
    yard.move("app.log", "app.log.1");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly(
            "app.log.1=" + banner + "only in b\n" + beats,
            "app.log.2=" + banner + "only in a\n" + beats);
  }

  @Test
  void run_rotatedFileThatIsWrittenAnewBetweenEqualBeginningsAndEnds_losesNothing()
      throws IOException {
    String banner = "=== " + "banner ".repeat(60) + "\n";
    String beats = "heartbeat ok\n".repeat(30);
    yard.append("app.log.1", banner + "only in a\n" + beats);
    run().requireDone();
    yard.truncate("app.log.1", banner + "only in b\n" + beats);

    run().requireDone();

    assertThat(yard.all().stream().map(each -> each.substring(each.indexOf('=') + 1)))
        .containsExactlyInAnyOrder(banner + "only in a\n" + beats, banner + "only in b\n" + beats);
  }

  @Test
  void run_copyAndTruncationOfABannerAlone_isALogOfItsOwn() throws IOException {
    String banner = "started\nready\n";
    yard.append("app.log", banner + "monday\n");
    run().requireDone();
    yard.copy("app.log", "app.log.2");
    yard.truncate("app.log", banner);
    run().requireDone();
    yard.copy("app.log", "app.log.1");
    yard.truncate("app.log", banner + "wednesday\n");

    run().requireDone();
    run().requireDone();

    assertThat(yard.all())
        .containsExactly(
            "app.log=" + banner + "wednesday\n",
            "app.log.1=" + banner,
            "app.log.2=" + banner + "monday\n");
    requireNothingNew();
  }

  @Test
  void run_lateLineToALogOfAHeaderThatIsPackedThen_isAppendedWhereTheNameHasADate()
      throws IOException {
    yard.append("app.log", "#h\n");
    run().requireDone();
    yard.move("app.log", "app.log.2026-03-01");
    yard.append("app.log", "#h\nnew\n");
    run().requireDone();
    yard.append("app.log.2026-03-01", "late\n");
    yard.gzip("app.log.2026-03-01");

    run().requireDone();

    assertThat(yard.all()).containsExactly("app.log=#h\nnew\n", "app.log.2026-03-01=#h\nlate\n");
    requireNothingNew();
  }

  @Test
  void run_copiesOfDatedLogsOfAHeaderAlone_areTheSameLogs() throws IOException {
    for (int day = 1; day <= 3; day++) {
      yard.append("app.log.2026-03-0" + day, "#h\n");
    }
    yard.append("app.log", "#h\nnew\n");
    run().requireDone();
    for (int day = 1; day <= 3; day++) {
      String name = "app.log.2026-03-0" + day;
      yard.copy(name, "kept");
      Files.delete(yard.file(name));
      yard.move("kept", name);
    }
    yard.append("app.log", "more\n");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly(
            "app.log=#h\nnew\nmore\n",
            "app.log.2026-03-01=#h\n",
            "app.log.2026-03-02=#h\n",
            "app.log.2026-03-03=#h\n");
  }

  @Test
  void run_rotatedFileOfAnotherNameThatBeginsLikeADeletedLog_isALogOfItsOwn() throws IOException {
    yard.append("a.log", "#h\n");
    yard.append("b.log", "#h\n");
    run().requireDone();
    Files.delete(yard.file("a.log"));
    yard.append("c.log.1", "#h\nx\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("a.log=#h\n", "b.log=#h\n", "c.log.1=#h\nx\n");
  }

  @Test
  void run_copiedAndTruncatedBesideARotatedFileOfAnotherName_goesOnWithItsOwn() throws IOException {
    yard.append("a.log", "#h\n");
    run().requireDone();
    yard.append("c.log.1", "#h\nx\n");
    yard.append("a.log", "y\n");
    yard.copy("a.log", "a.log.1");
    yard.truncate("a.log", "");

    CollectPond.Ran ran = run().requireDone();

    assertThat(ran.printed())
        .contains("/logs/a.log.1: rotated from a.log, 2 bytes more, from " + yard.file("a.log.1"));
    assertThat(yard.all()).containsExactly("a.log.1=#h\ny\n", "c.log.1=#h\nx\n");
  }

  @Test
  void run_noFileUntilTheNextLine_goesOnWithTheNextLog() throws IOException {
    yard.append("app.log", "one\n");
    run().requireDone();
    yard.append("app.log", "two\n");
    yard.move("app.log", "app.log.1");
    run().requireDone();
    assertThat(yard.all()).containsExactly("app.log.1=one\ntwo\n");
    yard.gzip("app.log.1");
    run().requireDone();
    assertThat(yard.all()).containsExactly("app.log.1=one\ntwo\n");
    yard.append("app.log", "three\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("app.log=three\n", "app.log.1=one\ntwo\n");
    requireNothingNew();
  }

  @Test
  void run_packedInAnotherFolderBesideALogOfTheHeader_goesOnWithItsLog() throws IOException {
    yard.append("app.log", "#h\na\n");
    run().requireDone();
    yard.copy("app.log", "old/app.log.1");
    Files.delete(yard.file("app.log"));
    yard.gzip("old/app.log.1");
    yard.append("web/app.log.1", "#h\n");

    run().requireDone();

    assertThat(yard.all()).containsExactly("old/app.log.1=#h\na\n", "web/app.log.1=#h\n");
  }

  @Test
  void run_longerFileOfAnotherFolderThatBeginsWithTheHeader_doesNotTakeALogOver()
      throws IOException {
    yard.append("web1/app.log", "#h\n");
    run().requireDone();
    yard.append("web1/app.log", "one\n");
    yard.copy("web1/app.log", "web1/app.log.1");
    yard.truncate("web1/app.log", "");
    yard.append("web2/app.log", "#h\nand many more lines\nthan the other\n");
    yard.copy("web2/app.log", "web2/app.log.1");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly(
            "web1/app.log.1=#h\none\n", "web2/app.log=#h\nand many more lines\nthan the other\n");
  }

  @Test
  void run_rotatedFileThatIsPutBack_goesOnAsTheActiveOne() throws IOException {
    yard.append("app.log", "one\n");
    run().requireDone();
    yard.move("app.log", "app.log.1");
    run().requireDone();
    yard.move("app.log.1", "app.log");
    yard.append("app.log", "two\n");

    CollectPond.Ran ran = run().requireDone();

    assertThat(yard.all()).containsExactly("app.log=one\ntwo\n");
    assertThat(ran.printed().getFirst())
        .isEqualTo(
            "/logs/app.log: put back from app.log.1, 4 bytes more, from " + yard.file("app.log"));
    requireNothingNew();
    yard.move("app.log", "app.log.1");
    yard.append("app.log", "three\n");
    run().requireDone();
    assertThat(yard.all()).containsExactly("app.log=three\n", "app.log.1=one\ntwo\n");
  }
}
