package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
  @TempDir Path directory;

  @Test
  void check_answerAsWritten_passes() {
    CliFixture.in(directory)
        .check(
            """
            # comments are kept
            $ pond config get memory-limit
            512MB

            $ POND_THREADS=3 pond config \\
                get threads
            3
            $ pond config get speed
            ! pond: no setting 'speed'
            !   try: <any>
            = 3
            """);
  }

  @Test
  void check_otherOutput_failsWithTheConversationAsItWent() {
    assertThatThrownBy(
            () -> CliFixture.in(directory).check("$ pond config get memory-limit\n1GB\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("512MB")
        .hasMessageContaining("1GB");
  }

  @Test
  void check_otherExitCode_fails() {
    assertThatThrownBy(
            () -> CliFixture.in(directory).check("$ pond config get memory-limit\n512MB\n= 1\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("= 1");
  }

  @Test
  void check_missingLine_fails() {
    assertThatThrownBy(() -> CliFixture.in(directory).check("$ pond config get memory-limit\n"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void check_placeholderThatDoesNotFit_fails() {
    assertThatThrownBy(
            () -> CliFixture.in(directory).check("$ pond config get memory-limit\n<time>\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("<time>");
  }

  @Test
  void check_anyLines_matchesBetweenFirstAndLast() {
    CliFixture.in(directory)
        .check(
            """
            $ pond config list
            memory-limit  512MB  default
            <...>
            format        auto   default
            """);
    assertThatThrownBy(() ->
            CliFixture.in(directory)
                .check("$ pond config list\nmemory-limit  512MB  default\n<...>\nspeed\n"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void parse_noCommand_isAnError() {
    assertThatThrownBy(() -> Transcript.parse("# nothing\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a transcript without a command checks nothing");
  }
}
