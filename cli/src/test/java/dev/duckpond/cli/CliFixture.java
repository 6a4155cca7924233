package dev.duckpond.cli;

import dev.duckpond.factories.KindSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs command lines in this process, in a temporary directory, with a clock that stands still.
 *
 * <pre>
 * directory/        the working directory at the beginning; {@code <dir>} in a transcript
 *   home/           $HOME
 * </pre>
 *
 * <p>{@link #check} compares a whole conversation as text: see {@link Transcript}.
 */
final class CliFixture {
  /** What the clock shows at the beginning. */
  static final Instant START = Instant.parse("2024-05-01T12:00:00Z");

  private final Path directory;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Set<StandardStream> terminals = EnumSet.noneOf(StandardStream.class);
  private Path workingDirectory;
  private Instant now = START;
  private byte[] input = new byte[0];
  private List<KindSource> kinds = List.of();

  private CliFixture(Path directory) {
    this.directory = directory;
    this.workingDirectory = directory;
    variables.put("HOME", directory.resolve("home").toString());
  }

  /** Starts in a directory, which is often a {@code @TempDir}. */
  static CliFixture in(Path directory) {
    try {
      // A temporary directory may lie behind a symbolic link; messages show the real one.
      CliFixture cli = new CliFixture(directory.toRealPath());
      Files.createDirectories(cli.directory.resolve("home"));
      return cli;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets a variable of the environment for what follows. */
  CliFixture withVariable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Lets streams be a terminal of 80 columns for what follows. */
  CliFixture withTerminal(StandardStream... streams) {
    terminals.addAll(Arrays.asList(streams));
    return this;
  }

  /** Gives what follows something to read on standard input. */
  CliFixture withInput(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Brings further kinds of computed nodes. */
  CliFixture withKinds(KindSource source) {
    kinds = List.of(source);
    return this;
  }

  /** Moves the clock on. */
  CliFixture pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** Answers the directory that the fixture lives in. */
  Path directory() {
    return directory;
  }

  /** Answers a path below the directory. */
  Path path(String name) {
    return directory.resolve(name);
  }

  /** Writes a text file below the directory, with the directories above it. */
  CliFixture file(String name, String text) {
    try {
      Path file = path(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the words after {@code pond}. */
  CliResult run(String... words) {
    return run(List.of(words), Map.of(), new ByteArrayInputStream(input));
  }

  /** Runs one line of a transcript: {@code pond …}, {@code cd DIR} or {@code echo TEXT > FILE}. */
  CliResult runLine(String line) {
    ShellWords shell = ShellWords.parse(line);
    List<String> words = shell.words();
    if (words.equals(List.of("cd"))) {
      workingDirectory = directory;
      return new CliResult(0, new byte[0], "");
    }
    if (words.size() == 2 && words.getFirst().equals("cd")) {
      workingDirectory = workingDirectory.resolve(words.getLast()).normalize();
      return new CliResult(0, new byte[0], "");
    }
    if (!words.isEmpty() && words.getFirst().equals("echo") && shell.outputFile().isPresent()) {
      String text = String.join(" ", words.subList(1, words.size())) + "\n";
      String file = workingDirectory.resolve(shell.outputFile().get()).toString();
      file(file, text);
      return new CliResult(0, new byte[0], "");
    }
    if (words.isEmpty() || !words.getFirst().equals("pond")) {
      throw new IllegalArgumentException(
          "a line is 'pond …', 'cd DIR' or 'echo TEXT > FILE': " + line);
    }
    try (InputStream stdin =
        shell.inputFile().isPresent()
            ? Files.newInputStream(workingDirectory.resolve(shell.inputFile().get()))
            : new ByteArrayInputStream(input)) {
      CliResult result = run(words.subList(1, words.size()), shell.variables(), stdin);
      if (shell.outputFile().isPresent()) {
        Files.write(workingDirectory.resolve(shell.outputFile().get()), result.outBytes());
        return new CliResult(result.status(), new byte[0], result.err());
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the commands of a transcript and compares all they answer. */
  void check(String transcript) {
    Transcript.parse(transcript).check(this);
  }

  private CliResult run(List<String> words, Map<String, String> extra, InputStream stdin) {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.putAll(extra);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        PondCli.run(
            words,
            CliEnvironment.in(workingDirectory)
                .variables(all)
                .stdin(stdin)
                .stdout(out)
                .stderr(err)
                .terminals(terminals, CliEnvironment.DEFAULT_WIDTH)
                .clock(() -> now)
                .userName("ada")
                .hostName(() -> "harbour")
                .processors(2)
                .kindSources(kinds)
                .build());
    return new CliResult(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }
}
