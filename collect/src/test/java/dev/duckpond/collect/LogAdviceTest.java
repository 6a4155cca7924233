package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is said of logs that cannot be taken in, while the others are. */
final class LogAdviceTest extends YardScene {
  @Test
  void run_plainTextThatIsCalledPacked_saysWhatHelps() throws IOException {
    yard.append("app.log", "two\n");
    yard.append("app.log.1.gz", "one\n");

    assertThat(yard.run("app.log.*", "app.log").failure().orElseThrow())
        .hasMessageContaining("'" + yard.file("app.log.1.gz") + "' cannot be unpacked as gzip")
        .hasMessageContaining(
            "Get it again from where it came from, or take '.gz' off its name when it is plain")
        .hasMessageNotContaining("+gzip");

    yard.move("app.log.1.gz", "app.log.1");
    yard.run("app.log.*", "app.log").requireDone();
    assertThat(yard.all()).containsExactly("app.log=two\n", "app.log.1=one\n");
  }

  @Test
  void run_anotherFileInPlaceOfAFolder_failsForTheLogsOfThatAlone() throws IOException {
    yard.append("app.log", "three\n");
    yard.append("app.log.1", "two\n");
    yard.append("app.log.2", "one\n");
    yard.run("**/app.log.*", "**/app.log").requireDone();
    yard.pond()
        .change(draft ->
            draft
                .edit()
                .write(
                    PondPath.of("/logs/old"),
                    EntryType.DATA,
                    draft.stage(new ByteArrayInputStream(new byte[] {'x'}), EntryType.DATA),
                    ContentFacts.NONE));
    yard.append("old/app.log.3", "zero\n");
    yard.move("app.log.2", "old/app.log.2");
    yard.move("app.log.1", "app.log.2");

    assertThat(yard.run("**/app.log.*", "**/app.log").failure().orElseThrow())
        .hasMessageContaining("2 of 4 files failed")
        .hasMessageContaining(
            yard.file("old/app.log.2")
                + ": '/logs/old/app.log.2' has no place: '/logs/old' has the type data."
                + " Move that elsewhere with 'pond mv'.")
        .hasMessageContaining("'/logs/old/app.log.3' has no place");

    assertThat(yard.all()).contains("app.log=three\n", "app.log.2=two\n", "old=x");
    yard.pond()
        .change(draft -> draft.edit().move(PondPath.of("/logs/old"), PondPath.of("/elsewhere")));
    yard.run("**/app.log.*", "**/app.log").requireDone();
    assertThat(yard.all())
        .containsExactly(
            "app.log=three\n", "app.log.2=two\n", "old/app.log.2=one\n", "old/app.log.3=zero\n");
  }
}
