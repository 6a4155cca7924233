package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Log files to which something happens while they are read. */
final class LogRacesTest extends YardScene {
  private CollectPond.Ran run() {
    return yard.run("app.log.*", "app.log");
  }

  @FunctionalInterface
  private interface Happening {
    void happen() throws IOException;
  }

  private void beforeNextCommit(Happening happening) {
    yard.pond()
        .beforeNextCommit(() -> {
          try {
            happening.happen();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void run_rotatedWhileItIsRead_isLeftForTheNextRun() {
    yard.append("app.log", "one\n");
    run().requireDone();
    yard.append("app.log", "two\n");
    beforeNextCommit(() -> {
      yard.move("app.log", "app.log.1");
      yard.append("app.log", "three, and longer\n");
    });

    assertThat(run().failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining(
            "'"
                + yard.file("app.log")
                + "' cannot be taken in: it was rotated while it was read."
                + " The next run takes it.");

    assertThat(yard.all()).containsExactly("app.log=one\n");
    run().requireDone();
    assertThat(yard.all()).containsExactly("app.log=three, and longer\n", "app.log.1=one\ntwo\n");
  }

  @Test
  void run_truncatedWhileItIsRead_isLeftForTheNextRun() {
    yard.append("app.log", "one\n");
    run().requireDone();
    yard.append("app.log", "two\n");
    beforeNextCommit(() -> {
      yard.copy("app.log", "app.log.1");
      yard.truncate("app.log", "");
    });

    assertThat(run().failure().orElseThrow())
        .hasMessageContaining("it became shorter while it was read. The next run takes it.");

    run().requireDone();
    assertThat(yard.all()).containsExactly("app.log.1=one\ntwo\n");
  }

  @Test
  void run_packedAnewWhileItIsRead_isLeftForTheNextRun() throws IOException {
    yard.append("app.log", "new\n");
    yard.append("app.log.1", "one\n");
    yard.gzip("app.log.1");
    yard.append("app.log.2", "two and more\n");
    yard.gzip("app.log.2");
    beforeNextCommit(() -> {
      Files.delete(yard.file("app.log.1.gz"));
      yard.move("app.log.2.gz", "app.log.1.gz");
    });

    assertThat(run().failure().orElseThrow())
        .hasMessageContaining("it was changed while it was read. The next run takes it.");

    run().requireDone();
    assertThat(yard.all()).containsExactly("app.log=new\n", "app.log.1=two and more\n");
  }
}
