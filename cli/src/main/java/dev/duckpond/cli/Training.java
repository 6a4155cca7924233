package dev.duckpond.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs what people run most, in one process, so that the virtual machine can write down in the
 * start-up cache which classes that takes.
 *
 * <p>Started by the launcher in the background; reads and writes nothing but a temporary directory.
 * A new command is one more line in {@link #COMMAND_LINES}; lines run in order, in a directory
 * where {@code $POND} is {@code pond}.
 */
public final class Training {
  private static final List<List<String>> COMMAND_LINES =
      List.of(
          List.of("--help"),
          List.of("--version"),
          List.of("help", "config"),
          List.of("config", "list"),
          List.of("cofnig"));

  private Training() {}

  /** Runs every command line once; returns, so that the virtual machine ends in the usual way. */
  public static void main(String[] words) throws IOException {
    Path directory = Files.createTempDirectory("pond-training");
    try {
      Interruption interruption = new Interruption();
      SignalHook hook = SignalHook.install(interruption);
      CliEnvironment environment = ProcessEnvironment.inDirectory(directory, interruption);
      for (List<String> line : COMMAND_LINES) {
        int ignored = PondCli.run(line, environment);
      }
      hook.commandEnded();
    } finally {
      deleteTree(directory);
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(directory)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
