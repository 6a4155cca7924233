package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to a command line whatever the command. */
class PondCliTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void run_readerGone_endsQuietly() {
    assertThat(run(new IOException("Broken pipe"), "config", "list")).isEqualTo(141);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void run_diskFull_saysSo() {
    assertThat(run(new IOException("No space left on device"), "config", "list")).isEqualTo(7);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            pond: cannot write the output: No space left on device
              try: free some space or write elsewhere
            """);
  }

  @Test
  void run_unexpectedError_isOneLineAndARemedy() {
    assertThat(run(new IllegalStateException("a wheel came off"), "config", "list")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            pond: internal error: IllegalStateException: a wheel came off
              try: run again with --debug and report what it prints
            """);
  }

  @Test
  void run_debug_showsWhereTheErrorComesFrom() {
    assertThat(run(new IllegalStateException("a wheel came off"), "config", "list", "--debug"))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("pond: internal error", "at dev.duckpond.cli.PondCliTest");
  }

  @Test
  void run_interrupted_is130() {
    Interruption interruption = new Interruption();
    assertThat(interruption.request()).isZero();
    CliEnvironment environment =
        CliEnvironment.in(Path.of(""))
            .stdout(failing(new IllegalStateException("cancelled")))
            .stderr(err)
            .interruption(interruption)
            .build();
    assertThat(PondCli.run(List.of("--version"), environment)).isEqualTo(130);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("pond: interrupted\n");
  }

  private int run(Exception failure, String... words) {
    CliEnvironment environment =
        CliEnvironment.in(Path.of("")).stdout(failing(failure)).stderr(err).build();
    return PondCli.run(List.of(words), environment);
  }

  private static OutputStream failing(Exception failure) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        if (failure instanceof IOException io) {
          throw io;
        }
        throw (RuntimeException) failure;
      }
    };
  }
}
