package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a run that fail. */
final class FailuresTest {
  @TempDir Path directory;

  @Test
  void attempt_mistakeOfTheProgram_keepsNoOtherPartAndComesOutAtTheEnd() {
    List<String> done = new ArrayList<>();
    try (CollectPond pond = CollectPond.create(directory)) {
      CollectPond.Said said = pond.execution();
      Failures failures = new Failures(new CollectSite(said.execution()), "devices");

      failures.attempt(
          "one",
          () -> {
            throw new IllegalStateException("odd");
          });
      failures.attempt("two", () -> done.add("two"));

      assertThat(done).containsExactly("two");
      assertThatThrownBy(failures::requireNone)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("odd");
      assertThat(said.warned())
          .containsExactly("one: internal error: java.lang.IllegalStateException: odd");
    }
  }

  @Test
  void listOfFolder_folderMissing_isAFailureButNoneOfAPart() {
    try (CollectPond pond = CollectPond.create(directory)) {
      Failures failures = new Failures(new CollectSite(pond.execution().execution()), "files");
      HostGlob glob = HostGlob.parse(directory + "/none/*.log");
      String missing =
          "'%s' matches nothing: there is no folder %s/none."
              .formatted(glob.pattern(), directory)
              .concat(" Correct the pattern, or see why the folder is gone.");

      assertThat(failures.listOfFolder(glob)).isEmpty();
      failures.attempt("one", () -> {});

      assertThatThrownBy(failures::requireNone)
          .isInstanceOf(PondException.PartlyDone.class)
          .hasMessage(missing);
      failures.fail("one", new PondException.Conflict("'one' is torn", "", ""));
      assertThatThrownBy(failures::requireNone)
          .isInstanceOf(PondException.PartlyDone.class)
          .hasMessage("1 of 1 files failed\n  'one' is torn\n  " + missing);
    }
  }

  @Test
  void attempt_fullDisk_endsTheWholeRun() {
    try (CollectPond pond = CollectPond.create(directory)) {
      Failures failures = new Failures(new CollectSite(pond.execution().execution()), "files");
      IOException full = new FileSystemException("/p/x", null, "No space left on device");

      assertThatThrownBy(() ->
              failures.attempt(
                  "one",
                  () -> {
                    throw HostFailure.of("'one' cannot be taken in", full);
                  }))
          .isInstanceOf(PondException.NoSpace.class)
          .hasMessageStartingWith("'one' cannot be taken in: ");
      assertThatThrownBy(() ->
              failures.attempt(
                  "two",
                  () -> {
                    throw new PondException.Failed("'it' cannot be unpacked", "full", "", full);
                  }))
          .isInstanceOf(PondException.NoSpace.class)
          .hasMessageStartingWith("two: 'it' cannot be unpacked: ");
    }
  }
}
