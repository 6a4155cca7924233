package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PondLocatorTest {
  @TempDir Path directory;

  @Test
  void require_option_winsOverVariableAndDirectory() throws IOException {
    Path named = makePond("named");
    makePond("variable");
    makePond("around");
    assertThat(locator("around", "variable", Optional.of("../named")).require()).isEqualTo(named);
  }

  @Test
  void require_variable_winsOverDirectory() throws IOException {
    makePond("around");
    Path variable = makePond("variable");
    assertThat(locator("around", "variable", Optional.empty()).require()).isEqualTo(variable);
  }

  @Test
  void require_nothingNamed_isTheNearestAbove() throws IOException {
    makePond("outer");
    Path inner = makePond("outer/inner");
    Files.createDirectories(inner.resolve("x/y"));
    assertThat(locator("outer/inner/x/y", "", Optional.empty()).require()).isEqualTo(inner);
  }

  @Test
  void require_nowhere_namesAllThreePlaces() {
    assertThatThrownBy(() -> locator("", "", Optional.empty()).require())
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage(
            "no pond found: --pond is not given, $POND is not set, and neither "
                + directory
                + " nor a directory above it holds one. pond --pond DIR init, or cd to a pond");
  }

  @Test
  void require_optionWithoutPond_doesNotTakeAnother() throws IOException {
    makePond("around");
    assertThatThrownBy(() -> locator("around", "", Optional.of("/nowhere/at all")).require())
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage(
            "no pond at /nowhere/at all: named by --pond. pond --pond '/nowhere/at all' init");
  }

  @Test
  void require_variableWithoutPond_saysSo() {
    assertThatThrownBy(() -> locator("", "gone", Optional.empty()).require())
        .isInstanceOf(PondException.NotFound.class)
        .hasMessageStartingWith("no pond at " + directory.resolve("gone") + ": named by $POND");
  }

  private Path makePond(String name) throws IOException {
    Path pond = directory.resolve(name);
    Files.createDirectories(pond.resolve("data/_delta_log"));
    return pond;
  }

  private PondLocator locator(String workingDirectory, String variable, Optional<String> option) {
    String value = variable.isEmpty() ? "" : directory.resolve(variable).toString();
    return new PondLocator(
        CliEnvironment.in(directory.resolve(workingDirectory))
            .variables(Map.of("POND", value))
            .build(),
        option);
  }
}
