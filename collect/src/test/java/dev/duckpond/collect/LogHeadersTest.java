package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * Logs of which the pond has nothing but a header that others begin with too, and whose active
 * files were copied, truncated and got other names: where these are now tells which log is which.
 */
final class LogHeadersTest extends YardScene {
  private static final String HEADER = "#h\n";

  private CollectPond.Ran run() {
    return yard.run("**/*.log.*", "*/*.{log,err}");
  }

  private void runsOnWithoutChange() {
    run().requireDone();
    assertThat(yard.pond().commits()).isZero();
  }

  /** Writes to a log, and copies and truncates it. */
  private void rotate(String log, String copy) throws IOException {
    yard.append(log, "late\n");
    yard.copy(log, copy);
    yard.truncate(log, "new\n");
  }

  @Test
  void run_copyInAnotherFolderOfALogWhoseFolderWasRenamed_goesOnWithItsLog() throws IOException {
    yard.append("w1/a.log", HEADER);
    yard.append("other/b.log", HEADER + "b1\n");
    run().requireDone();
    rotate("w1/a.log", "old/a.log.1");
    yard.move("w1", "w2");

    CollectPond.Ran ran = run().requireDone();

    assertThat(ran.printed())
        .contains(
            "/logs/old/a.log.1: rotated from /logs/w1/a.log, 5 bytes more, from "
                + yard.file("old/a.log.1"));
    assertThat(yard.all())
        .containsExactly(
            "old/a.log.1=" + HEADER + "late\n", "other/b.log=" + HEADER + "b1\n", "w2/a.log=new\n");
    runsOnWithoutChange();
  }

  @Test
  void run_copyNamedAfterTheNewNameOfItsLog_goesOnWithIt() throws IOException {
    yard.append("w1/a.log", HEADER);
    yard.append("other/c.log", HEADER + "c1\n");
    run().requireDone();
    yard.move("w1/a.log", "w1/b.log");
    rotate("w1/b.log", "w1/b.log.1");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly(
            "other/c.log=" + HEADER + "c1\n", "w1/b.log=new\n", "w1/b.log.1=" + HEADER + "late\n");
    runsOnWithoutChange();
  }

  @Test
  void run_copyThatMayBeOfADeletedLogToo_goesOnWithTheOneWhoseFileIsThere() throws IOException {
    yard.append("w2/a.err", HEADER);
    yard.append("z/a.log", HEADER);
    run().requireDone();
    Files.delete(yard.file("w2/a.err"));
    yard.move("z/a.log", "w2/a.log");
    rotate("w2/a.log", "w2/a.log.1");

    run().requireDone();

    assertThat(yard.all())
        .containsExactly("w2/a.err=" + HEADER, "w2/a.log=new\n", "w2/a.log.1=" + HEADER + "late\n");
    runsOnWithoutChange();
  }
}
