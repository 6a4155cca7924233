package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPageTest {
  @TempDir Path directory;

  @Test
  void write_everyCommand_hasAPage() throws IOException {
    ManPages.write(directory);

    assertThat(directory.resolve("pond.1")).content().contains(".BR pond-list (1)");
    for (CommandEntry entry : Commands.list()) {
      assertThat(directory.resolve("pond-" + entry.name() + ".1"))
          .content()
          .contains(".SH NAME", ".SH EXAMPLE", ".SH OPTIONS", "\\-\\-pond=DIR")
          .doesNotContain("$$");
    }
  }

  @Test
  void of_textThatTheFormatterWouldRead_isMasked() {
    assertThat(ManPage.of(Commands.require("sql"))).contains("pond(\\(aq/sensors");
  }
}
