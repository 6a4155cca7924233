package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Interrupts a real process, as Ctrl-C does. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SignalHookTest {
  @Test
  void firstSignal_runningWork_isCancelledAndCloses() throws Exception {
    Process process = start("cooperative");
    try (BufferedReader words = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(words.readLine()).isEqualTo("ready");
      interrupt(process);
      assertThat(words.lines()).containsExactly("cancelled", "closed");
      assertThat(process.waitFor()).isEqualTo(130);
    }
  }

  @Test
  void firstSignal_nothingToClose_endsAtOnce() throws Exception {
    Process process = start("idle");
    try (BufferedReader words = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(words.readLine()).isEqualTo("ready");
      interrupt(process);
      assertThat(words.lines()).isEmpty();
      assertThat(process.waitFor()).isEqualTo(130);
    }
  }

  @Test
  void secondSignal_workThatDoesNotEnd_isCutOff() throws Exception {
    Process process = start("stubborn");
    try (BufferedReader words = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(words.readLine()).isEqualTo("ready");
      interrupt(process);
      assertThat(words.readLine()).isEqualTo("cancelled");
      // Until the hook has given the signal back; the process would wait an hour otherwise.
      do {
        interrupt(process);
      } while (!process.waitFor(100, TimeUnit.MILLISECONDS));
      assertThat(process.exitValue()).isEqualTo(130);
    }
  }

  private static Process start(String kind) throws IOException {
    // A build started in the background of a shell ignores the signal, and its children do as well.
    return new ProcessBuilder(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            SignalHookProcess.class.getName(),
            kind)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid())))
            .redirectErrorStream(true)
            .start();
    kill.waitFor();
  }
}
