package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Log files that have several names. */
final class LogNamesTest extends YardScene {
  @Test
  void run_linkToAnActiveFile_isTheSameLogAndToldOnce() throws IOException {
    yard.append("app-1.log", "one\n");
    Path link = Files.createSymbolicLink(yard.file("app.log"), Path.of("app-1.log"));

    CollectPond.Ran ran = yard.run("*.log.*", "*.log").requireDone();

    assertThat(yard.all()).containsExactly("app-1.log=one\n");
    assertThat(ran.printed())
        .contains("'" + link + "' is '" + yard.file("app-1.log") + "', and taken in as that");
    yard.append("app-1.log", "two\n");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("app-2.log"));
    yard.append("app-2.log", "three\n");
    assertThat(yard.run("*.log.*", "*.log").requireDone().printed())
        .noneMatch(line -> line.contains("app-1.log', and"));
    assertThat(yard.all()).containsExactly("app-1.log=one\ntwo\n", "app-2.log=three\n");
  }

  @Test
  void run_linkToTheFolderOfLogs_makesNoOtherLogs() throws IOException {
    yard.append("web/app.log", "two\n");
    yard.append("web/app.log.1", "one\n");
    Files.createSymbolicLink(yard.file("current"), yard.file("web"));

    yard.run("*/app.log.*", "*/app.log").requireDone();

    assertThat(yard.all()).containsExactly("web/app.log=two\n", "web/app.log.1=one\n");
    yard.move("web/app.log.1", "web/app.log.2");
    yard.move("web/app.log", "web/app.log.1");
    yard.append("web/app.log", "three\n");
    yard.run("*/app.log.*", "*/app.log").requireDone();
    assertThat(yard.all())
        .containsExactly("web/app.log=three\n", "web/app.log.1=two\n", "web/app.log.2=one\n");
    yard.run("*/app.log.*", "*/app.log").requireDone();
    assertThat(yard.pond().commits()).isZero();
  }

  @Test
  void run_secondNameOfAnActiveFile_isTheSameLogUnderTheNameItHas() throws IOException {
    yard.append("b.log", "one\n");
    yard.run("*.log.*", "*.log").requireDone();
    Files.createLink(yard.file("a.log"), yard.file("b.log"));
    yard.append("b.log", "two\n");

    yard.run("*.log.*", "*.log").requireDone();

    assertThat(yard.all()).containsExactly("b.log=one\ntwo\n");
  }

  @Test
  void run_secondNameOfARotatedFile_isTheSameLog() throws IOException {
    yard.append("app.log", "two\n");
    yard.append("app.log.1", "one\n");
    Files.createLink(yard.file("app.log.1.kept"), yard.file("app.log.1"));

    yard.run("app.log.*", "app.log").requireDone();
    yard.run("app.log.*", "app.log").requireDone();

    assertThat(yard.pond().commits()).isZero();
    assertThat(yard.all()).containsExactly("app.log=two\n", "app.log.1=one\n");
  }

  @Test
  void run_linkThatGoesOverToTheNextFile_isRotation() throws IOException {
    yard.append("app-1.log", "one\n");
    Path link = Files.createSymbolicLink(yard.file("app.log"), Path.of("app-1.log"));
    yard.run("app-*.log", "app.log").requireDone();
    yard.append("app-1.log", "more\n");
    yard.append("app-2.log", "two\n");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("app-2.log"));

    yard.run("app-*.log", "app.log").requireDone();

    assertThat(yard.all()).containsExactly("app-1.log=one\nmore\n", "app.log=two\n");
  }

  /** Two of them would be one log of the pond, and the hashes would name none of them. */
  @Test
  void run_namesThatAreNoText_areRefusedAndTheOthersGoIn() throws Exception {
    yard.append("app.log", "one\n");
    makeFile("inv\\376.log");
    makeFile("inv\\377.log");

    PondException failure = yard.run("*.log.*", "*.log").failure().orElseThrow();

    assertThat(failure)
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageStartingWith("2 of 3 files failed")
        .hasMessageContaining("cannot be looked into: " + HostName.unreadable(Path.of("x")).why());
    assertThat(yard.all()).containsExactly("app.log=one\n");
  }

  @Test
  void why_encodingOfTheEnvironment_tellsWhatHelps() {
    assertThat(HostName.why("UTF-8")).isEqualTo("its path is not in UTF-8. Rename it.");
    assertThat(HostName.why("ANSI_X3.4-1968"))
        .isEqualTo(
            "its path is no text in ANSI_X3.4-1968, which the environment asks for."
                + " Set LC_ALL=C.UTF-8, or rename it.");
  }

  /** Makes a file by its bytes, of which some are written as octal numbers. */
  private void makeFile(String name) throws Exception {
    String script = "printf x > \"$(printf '%s/" + name + "' \"$0\")\"";
    int status =
        new ProcessBuilder("sh", "-c", script, yard.file("").toString())
            .redirectErrorStream(true)
            .start()
            .waitFor();
    assumeThat(status).as("a file system that takes any bytes").isZero();
  }
}
