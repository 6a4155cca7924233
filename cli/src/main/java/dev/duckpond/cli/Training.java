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
          List.of("help", "list"),
          List.of("config", "list"),
          List.of("lsit"),
          List.of("init"),
          List.of("mkdir", "/sensors"),
          List.of("copy", "--as-series", "readings.csv", "/sensors/readings.series"),
          List.of("copy", "--as-series", "readings.csv", "/sensors/readings.series"),
          List.of("list"),
          List.of("list", "-l"),
          List.of("list", "--format", "json"),
          List.of("cat", "--sql", "SELECT 1"),
          List.of("sql", "SELECT count(*) FROM pond('/sensors/*.series')", "--format", "table"),
          List.of("cat", "/sensors/readings.series", "--format", "table"),
          List.of("cat", "/sensors/readings.series", "--format", "csv"),
          List.of("cat", "/sensors/readings.series", "--format", "ndjson"),
          List.of("describe", "/sensors/readings.series"),
          List.of("log"),
          List.of("show"),
          List.of("status"),
          List.of("cat", "/nowhere"));

  private static final String READINGS =
      """
      timestamp,temperature,salinity
      2024-05-01T00:00:00Z,11.5,31.2
      2024-05-01T00:15:00Z,11.6,31.1
      """;

  private Training() {}

  /** Runs every command line once; returns, so that the virtual machine ends in the usual way. */
  public static void main(String[] words) throws IOException {
    Path directory = Files.createTempDirectory("pond-training");
    try {
      Files.writeString(directory.resolve("readings.csv"), READINGS);
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
