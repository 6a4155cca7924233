package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Types what a page of the guide shows into a real shell, in which {@code pond} is a process of its
 * own each time. What goes on in the background is waited for until it has said something, and
 * ended with the shell.
 *
 * <pre>
 * directory/         the working directory
 *   bin/pond         starts the command from the class path of the test
 *   session.sh       what is typed
 *   answer-N         what the N-th block of commands printed, both outputs
 * </pre>
 */
final class ShellSession {
  /** How often a shell looks for a word from the background, a tenth of a second apart. */
  private static final int LOOKS = 600;

  private final Path directory;
  private final Path home;

  ShellSession(Path directory) throws IOException {
    this.directory = directory;
    this.home = Files.createDirectories(directory.resolve("home"));
  }

  /** Plays a page to its end and answers what each of its blocks of commands printed. */
  List<List<String>> play(GuidePage page) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    executable(
        bin.resolve("pond"), "exec " + quoted(PondProcess.command(home, Pond.class)) + " \"$@\"");
    StringBuilder script = new StringBuilder("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
    List<Path> answers = new ArrayList<>();
    for (GuidePage.Step step : page.steps()) {
      switch (step) {
        case GuidePage.Step.File(String name, String text) ->
            Files.writeString(directory.resolve(name), text);
        case GuidePage.Step.Commands commands -> {
          Path answer = directory.resolve("answer-" + answers.size());
          answers.add(answer);
          script.append("{\n").append(String.join("\n", commands.lines()));
          script.append("\n} >").append(answer.getFileName()).append(" 2>&1\n");
          if (commands.lines().getLast().endsWith("&")) {
            script.append("for i in $(seq ").append(LOOKS).append("); do [ -s ");
            script.append(answer.getFileName()).append(" ] && break; sleep 0.1; done\n");
          }
        }
      }
    }
    Path session = executable(directory.resolve("session.sh"), script.toString());
    ProcessBuilder shell = new ProcessBuilder(session.toString()).directory(directory.toFile());
    shell.environment().put("HOME", home.toString());
    shell.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    shell
        .environment()
        .keySet()
        .removeIf(name -> name.equals("POND") || name.startsWith("HYDROVU"));
    Path said = directory.resolve("session.txt");
    Process process = shell.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    process.onExit().join();
    assertThat(said).isEmptyFile();
    List<List<String>> lines = new ArrayList<>();
    for (Path answer : answers) {
      lines.add(Files.readAllLines(answer));
    }
    return lines;
  }

  private static String quoted(List<String> words) {
    return words.stream().map(ShellText::quote).collect(Collectors.joining(" "));
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
