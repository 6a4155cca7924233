package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void script_shell_isAcceptedByIt(String shell) throws Exception {
    Assumptions.assumeTrue(isInstalled(shell), shell + " is not installed");
    assertThat(run(List.of(shell, "-n", write(shell).toString()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void script_everyShell_knowsCommandsAndOptions(String shell) throws Exception {
    String script = Files.readString(write(shell));
    assertThat(script).contains("config", "completion", "lock-timeout", "always", "unset");
  }

  @Test
  void bash_words_areCompleted() throws Exception {
    Assumptions.assumeTrue(isInstalled("bash"), "bash is not installed");
    assertThat(complete("pond", "con")).containsExactly("config");
    assertThat(complete("pond", "--pond", "config", "he")).containsExactly("help");
    assertThat(complete("pond", "sql", "--mem")).containsExactly("--memory-limit");
    assertThat(complete("pond", "config", "un")).containsExactly("unset");
    assertThat(complete("pond", "config", "--color", "a")).containsExactly("auto", "always");
    assertThat(complete("pond", "help", "com")).containsExactly("completion");
  }

  private List<String> complete(String... words) throws Exception {
    StringBuilder line = new StringBuilder("source '" + write("bash") + "'; COMP_WORDS=(");
    for (String word : words) {
      line.append('\'').append(word).append("' ");
    }
    line.append("); COMP_CWORD=").append(words.length - 1);
    line.append("; _pond; printf '%s\\n' \"${COMPREPLY[@]}\"");
    return run(List.of("bash", "-c", line.toString())).lines().toList();
  }

  private Path write(String shell) throws IOException {
    CliResult result = CliFixture.in(directory).run("completion", shell);
    assertThat(result.status()).isZero();
    return Files.write(directory.resolve("completion." + shell), result.outBytes());
  }

  private static boolean isInstalled(String shell) {
    return List.of("/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/").stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place + shell)));
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
