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
          List.of("apply", "-f", "nodes.yaml"),
          List.of("list", "-l", "/**"),
          List.of("cat", "/reduced/readings/res=1h.series", "--format", "csv"),
          List.of("copy", "--as-series", "readings.csv", "/sensors/readings.series"),
          List.of("cat", "/reduced/readings/res=1h.series", "--format", "csv"),
          List.of("describe", "/reduced/readings/res=1h.series"),
          List.of("cat", "/wide", "--format", "csv"),
          List.of("export", "-p", "/reduced/*/*.series", "-d", "out", "--temporal", "year,month"),
          List.of("export", "-p", "/reduced/*/*.series", "-p", "/pages/**", "-d", "out"),
          List.of("run", "--all"),
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

  private static final String NODES =
      """
      kind: mkdir
      metadata: {path: /system/run}
      ---
      kind: mkdir
      metadata: {path: /names}
      ---
      kind: mknod
      metadata: {path: /names/short}
      spec: {factory: column-rename, config: {rules: [{type: direct, from: salinity, to: s.psu}]}}
      ---
      kind: mknod
      metadata: {path: /wide}
      spec:
        factory: timeseries-join
        config:
          inputs:
            - {pattern: /sensors/*.series, scope: A, transforms: [/names/short]}
            - {pattern: /sensors/*.series, scope: B}
      ---
      kind: mknod
      metadata: {path: /turned}
      spec: {factory: timeseries-pivot, config: {pattern: /sensors/*, columns: [temperature]}}
      ---
      kind: mknod
      metadata: {path: /warm}
      spec:
        factory: sql-derived-series
        config: {patterns: {a: /wide}, query: 'SELECT * FROM a WHERE "A.temperature" > 11'}
      ---
      kind: mknod
      metadata: {path: /reduced}
      spec:
        factory: temporal-reduce
        config:
          in_pattern: /sensors/*.series
          out_pattern: $0
          resolutions: [1h, 1d]
          aggregations: [{type: avg}, {type: min}, {type: max}, {type: count, columns: ['*']}]
      ---
      kind: mknod
      metadata: {path: /pages}
      spec:
        factory: template
        config:
          collections:
            - name: series
              in_pattern: /reduced/*/*.series
              out_pattern: $0.html
              template: |
                {% for k, v in export[args[0]] %}{% for f in v %}{{ f | to_json }}{% endfor %}
                {% endfor %}
                {% for name, own in group(by="name", in=schema.fields) %}{{ name }}{% endfor %}
      ---
      kind: mknod
      metadata: {path: /system/run/incoming}
      spec:
        factory: inbox
        config: {sources: [{pattern: '$HERE/*.csv', format: csv, to: '/incoming/$0.series'}]}
      """;

  private Training() {}

  /** Runs every command line once; returns, so that the virtual machine ends in the usual way. */
  public static void main(String[] words) throws IOException {
    Path directory = Files.createTempDirectory("pond-training");
    try {
      Files.writeString(directory.resolve("readings.csv"), READINGS);
      Files.writeString(
          directory.resolve("nodes.yaml"), NODES.replace("$HERE", directory.toString()));
      Interruption interruption = new Interruption();
      SignalHook hook = SignalHook.install(interruption);
      run(List.of("--version"), ProcessEnvironment.capture(interruption));
      CliEnvironment environment = ProcessEnvironment.inDirectory(directory, interruption);
      for (List<String> line : COMMAND_LINES) {
        run(line, environment);
      }
      hook.commandEnded();
    } finally {
      deleteTree(directory);
    }
  }

  /** Runs a line; some are meant to fail, as people's do. */
  private static void run(List<String> line, CliEnvironment environment) {
    int ignored = PondCli.run(line, environment);
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
