package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Runs before, while and after a log is copied and truncated. */
final class LogCopiesTest extends LogScene {
  LogCopiesTest() {
    super("**/app.log.*", "**/app.log");
  }

  @Test
  void run_betweenCopyAndTruncation_takesTheLogOnce() throws IOException {
    append(app, "a1\na2\n");
    run().requireDone();
    append(app, "a3\n");
    Files.copy(app, logs.resolve("app.log.1"));

    run().requireDone();
    assertThat(all()).containsExactly("app.log=a1\na2\na3\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();

    Files.writeString(app, "b1\n");
    run().requireDone();
    assertThat(all()).containsExactly("app.log=b1\n", "app.log.1=a1\na2\na3\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_whileTheCopyIsBeingMade_takesTheLogOnce() throws IOException {
    append(app, "a1\na2\na3\n");
    run().requireDone();
    append(logs.resolve("app.log.1"), "a1\na2\n");

    run().requireDone();
    append(logs.resolve("app.log.1"), "a3\n");
    Files.writeString(app, "");
    run().requireDone();

    assertThat(all()).containsExactly("app.log.1=a1\na2\na3\n");
  }

  @Test
  void run_linesAfterTheCopyThatTheTruncationLost_stayInTheLog() throws IOException {
    append(app, "a1\na2\n");
    run().requireDone();
    Files.copy(app, logs.resolve("app.log.1"));
    append(app, "a3\n");

    run().requireDone();
    assertThat(all()).containsExactly("app.log=a1\na2\na3\n");

    Files.writeString(app, "b1\n");
    run().requireDone();
    assertThat(all()).containsExactly("app.log=b1\n", "app.log.1=a1\na2\na3\n");

    Files.move(gzip(logs.resolve("app.log.1")), logs.resolve("app.log.2.gz"));
    run().requireDone();
    assertThat(all()).containsExactly("app.log=b1\n", "app.log.2=a1\na2\na3\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_copiedAndTruncatedBetweenLongAndEqualBeginningsAndEnds_mixesNothing()
      throws IOException {
    String banner = "=== " + "banner ".repeat(60) + "\n";
    String beats = "heartbeat ok\n".repeat(30);
    append(app, banner + "only in a\n" + beats);
    run().requireDone();
    Files.copy(app, logs.resolve("app.log.1"));
    Files.writeString(app, banner + "only in b\n" + beats + "b\n");

    run().requireDone();

    assertThat(all())
        .containsExactly(
            "app.log=" + banner + "only in b\n" + beats + "b\n",
            "app.log.1=" + banner + "only in a\n" + beats);
  }
}
