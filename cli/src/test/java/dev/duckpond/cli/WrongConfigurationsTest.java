package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said about configurations that are wrong: file, line, column, what, and what to do. The
 * pond:
 *
 * <pre>
 * /in/a.series     timestamp, level
 * /in/b.series     timestamp, level as text
 * /in/notes.txt
 * </pre>
 */
class WrongConfigurationsTest {
  @TempDir static Path directory;
  private static CliFixture cli;

  @BeforeAll
  static void makePond() throws IOException {
    cli = CliFixture.in(directory).withVariable("POND", "p");
    cli.run("init");
    cli.run("mkdir", "/in");
    write("a", "SELECT TIMESTAMP '2024-05-01' AS timestamp, 1.5 AS level");
    write("b", "SELECT TIMESTAMP '2024-05-01' AS timestamp, 'high' AS level");
    cli.file("notes.txt", "words");
    assertThat(cli.run("copy", "notes.txt", "/in/notes.txt").status()).isZero();
  }

  private static void write(String name, String query) throws IOException {
    Files.write(
        cli.path(name + ".parquet"), cli.run("sql", query, "--format", "parquet").outBytes());
    assertThat(cli.run("copy", name + ".parquet", "/in/" + name + ".series").status()).isZero();
  }

  /** A configuration in the file {@code c.yaml}, and all that is said about it. */
  record Wrong(String what, String factory, String yaml, String said) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Wrong> table() {
    return Stream.of(
        new Wrong(
            "an unknown key",
            "timeseries-join",
            """
            inputs:
              - pattern: /in/a.series
                rnage: {end: 2024-01-01}
              - pattern: /in/b.series
            """,
            """
            pond: c.yaml:3:5: unknown key 'rnage'
              try: Did you mean 'range'?
            """),
        new Wrong(
            "wrong types",
            "temporal-reduce",
            """
            in_pattern: [/in/a.series]
            out_pattern: x
            resolutions: 1h
            aggregations: [avg]
            """,
            """
            pond: 'c.yaml' has 3 mistakes
                c.yaml:1:13: here stands a list. It should be a path, pattern or URL of the pond.
                c.yaml:3:14: here stands the text '1h'. It should be a list, each text.
                c.yaml:4:16: here stands the text 'avg'; an aggregation is written as keys and values. Its keys are type, columns.
            """),
        new Wrong(
            "a bad width",
            "temporal-reduce",
            """
            in_pattern: /in/*
            out_pattern: $0
            resolutions: [1h, 1fortnight, 0h]
            agregations: []
            aggregations: [{type: mean}]
            """,
            """
            pond: 'c.yaml' has 4 mistakes
                c.yaml:3:19: '1fortnight' is not a resolution. Write a number and a unit: 30s, 15m, 1h, 1d, 1w, 1mo, 1q or 1y.
                c.yaml:3:31: '0h' is not a resolution. Write a number and a unit: 30s, 15m, 1h, 1d, 1w, 1mo, 1q or 1y.
                c.yaml:4:1: unknown key 'agregations'. Did you mean 'aggregations'?
                c.yaml:5:23: 'mean' is not known here. Use one of avg, min, max, sum, count, first, last, stddev, median, p05, p95, time_weighted_avg.
            """),
        new Wrong(
            "a bad duration",
            "synthetic-timeseries",
            """
            start: 2025-01-01T00:00:00Z
            end: 2025-01-02T00:00:00Z
            interval: ten minutes
            points: [{name: x, components: [{type: sine, period: 1x}]}]
            """,
            """
            pond: 'c.yaml' has 2 mistakes
                c.yaml:3:11: 'ten minutes' is not a length of time. Write a number and a unit: 500ms, 30s, 15m, 1h or 1d.
                c.yaml:4:54: '1x' is not a length of time. Write a number and a unit: 500ms, 30s, 15m, 1h or 1d.
            """),
        new Wrong(
            "a bad pattern",
            "timeseries-pivot",
            """
            pattern: /in/{a,b
            columns: [level]
            """,
            """
            pond: c.yaml:1:10: the pattern '/in/{a,b' cannot be read: a '{' has no '}' in the same name
              try: Put a backslash before a character that stands for itself.
            """),
        new Wrong(
            "a capture that is not there",
            "temporal-reduce",
            """
            in_pattern: /in/*.series
            out_pattern: $0/$1
            resolutions: [1h]
            aggregations: [{type: avg}]
            """,
            """
            pond: c.yaml:2:14: '$0/$1' refers to capture 1: the pattern has 1 capture
              try: Use $0, or add a wildcard to the pattern.
            """),
        new Wrong(
            "a node of itself",
            "sql-derived-series",
            """
            patterns: {a: /n}
            """,
            """
            pond: '/n' cannot be computed: c.yaml:1:15: '/n' is made of itself: /n -> /n
              try: Change the pattern of one of them.
            """),
        new Wrong(
            "a transform that is missing",
            "sql-derived-series",
            """
            patterns: {a: /in/a.series}
            transforms:
              - /etc/names
            """,
            """
            pond: '/n' cannot be computed: c.yaml:3:5: the transform '/etc/names' does not exist
              try: Make it first, or correct the path.
            """),
        new Wrong(
            "a transform that is none",
            "sql-derived-series",
            """
            patterns: {a: /in/a.series}
            transforms: [/in/notes.txt]
            """,
            """
            pond: '/n' cannot be computed: c.yaml:2:14: '/in/notes.txt' is no transform, its type is data
              try: Name a node of the factory column-rename.
            """),
        new Wrong(
            "a column that is nowhere, in a pivot",
            "timeseries-pivot",
            """
            pattern: /in/*.series
            columns:
              - levle
            """,
            """
            pond: '/n' cannot be computed: c.yaml:3:5: no series has a column 'levle'
              try: Did you mean 'level'?
            """),
        new Wrong(
            "a column that is nowhere, in a reduction",
            "temporal-reduce",
            """
            in_pattern: /in/a.series
            out_pattern: x
            resolutions: [1h]
            aggregations:
              - {type: avg, columns: [lvel]}
            """,
            """
            pond: '/n/x/res=1h.series' cannot be computed: c.yaml:5:27: '/in/a.series' has no column 'lvel'
              try: Did you mean 'level'?
            """),
        new Wrong(
            "a column that is in no source of a reduction, beside one that is",
            "temporal-reduce",
            """
            in_pattern: /in/*.series
            out_pattern: $0
            resolutions: [1h]
            aggregations:
              - {type: count, columns: [level, levels]}
            """,
            """
            pond: '/n/a/res=1h.series' cannot be computed: c.yaml:5:36: none of the sources has a column 'levels'
              try: Did you mean 'level'?
            """),
        new Wrong(
            "a reduction of itself",
            "temporal-reduce",
            """
            in_pattern: /n/**
            out_pattern: x
            resolutions: [1h]
            aggregations: [{type: avg}]
            """,
            """
            pond: '/n' cannot be computed: c.yaml:1:13: '/n' is made of itself: /n -> /n
              try: Change the pattern of one of them.
            """),
        new Wrong(
            "results beside the node",
            "temporal-reduce",
            """
            in_pattern: /in/a.series
            out_pattern: ../x
            resolutions: [1h]
            aggregations: [{type: avg}]
            """,
            """
            pond: '/n' cannot be computed: c.yaml:2:14: the name '..' is not usable: '.' and '..' are directions, not names
              try: Results lie below the node; write names, such as $0 or daily/$0.
            """),
        new Wrong(
            "scopes that differ in letter case alone",
            "timeseries-join",
            """
            inputs:
              - {pattern: /in/a.series, scope: Dock}
              - {pattern: /in/b.series, scope: dock}
            """,
            """
            pond: '/n' cannot be computed: c.yaml:3:36: the scope 'Dock' makes 'Dock.level' and the scope 'dock' 'dock.level': names of columns that differ in letter case alone are one
              try: Give one of them another scope, or rename the column with a transform (column-rename).
            """),
        new Wrong(
            "a column that is nowhere, in SQL",
            "sql-derived-series",
            """
            patterns: {a: /in/a.series}
            query: SELECT timestamp, leve FROM a
            """,
            """
            pond: '/n' cannot be computed: c.yaml:2:8: the query is wrong: Referenced column "leve" not found in FROM clause!
                Candidate bindings: "level"
              try: Did you mean 'level'?
            """),
        new Wrong(
            "types that do not go together, in a pattern",
            "sql-derived-series",
            """
            patterns:
              all: /in/*.series
            """,
            """
            pond: '/n' cannot be computed: c.yaml:2:8: '/in/b.series' does not fit '/in/a.series': its column 'level' is VARCHAR, there it is DECIMAL(2,1)
              try: Convert the column to DECIMAL(2,1), or give it another name.
            """),
        new Wrong(
            "types that do not go together, in a scope",
            "timeseries-join",
            """
            inputs:
              - {pattern: /in/a.series, scope: S}
              - {pattern: /in/b.series, scope: S}
            """,
            """
            pond: '/n' cannot be computed: c.yaml:3:15: the inputs of one scope do not go together: its column 'level' is VARCHAR, there it is DECIMAL(2,1)
              try: Convert the column to DECIMAL(2,1), or give it another name.
            """),
        new Wrong(
            "what has no rows",
            "sql-derived-series",
            """
            patterns:
              all: /in/*
            """,
            """
            pond: '/n' cannot be computed: c.yaml:2:8: '/in/notes.txt' has no rows: it is data, bytes of any kind
              try: Say how to read it: 'csv:///in/notes.txt' for instance.
            """),
        new Wrong(
            "two entries of one name",
            "dynamic-dir",
            """
            entries:
              - {name: x, factory: sql-derived-series, config: {patterns: {a: /in/a.series}}}
              - {name: x, factory: sql-derived-serie, config: {patterns: {a: /in/a.series}}}
            """,
            """
            pond: 'c.yaml' has 2 mistakes
                c.yaml:3:12: two entries have the name 'x'. Rename one.
                c.yaml:3:24: there is no factory 'sql-derived-serie'. Did you mean 'sql-derived-series'?
            """),
        new Wrong(
            "a key twice",
            "sql-derived-series",
            """
            patterns: {a: /in/a.series}
            patterns: {b: /in/b.series}
            """,
            """
            pond: c.yaml:2:1: the key 'patterns' stands here twice
              try: Leave one.
            """),
        new Wrong(
            "no YAML",
            "sql-derived-series",
            """
            patterns: {a: /in/a.series
            query: SELECT 1
            """,
            """
            pond: c.yaml:2:6: it is not YAML: expected ',' or '}', but got :
              try: Close what '{' or '[' opened, or put the value in quotes.
            """),
        new Wrong(
            "nothing",
            "sql-derived-series",
            "",
            """
            pond: 'c.yaml' is no configuration: it is empty
              try: Write what the node needs.
            """));
  }

  @ParameterizedTest
  @MethodSource("table")
  void mknod_wrongConfiguration_isToldWithItsPlaceAndMakesNothing(Wrong wrong) {
    cli.file("c.yaml", wrong.yaml());

    CliResult result = cli.run("mknod", wrong.factory(), "/n", "--config-path", "c.yaml");

    assertThat(result.err()).isEqualTo(wrong.said());
    assertThat(result.status()).isEqualTo(1);
    assertThat(cli.run("list", "/n").status()).isEqualTo(3);
  }

  @Test
  void apply_wrongConfiguration_isToldWithItsPlaceInTheDocument() {
    String document =
        """
        kind: mkdir
        metadata: {path: /d}
        ---
        # What follows is written anew into the pond, and still told by its place here.
        kind: mknod
        metadata: {path: /d/n}
        spec:
          factory: dynamic-dir
          config:
            entries:

              - name: x
                factory: timeseries-pivot
                config: {pattern: '/in/a*', columns: [levle]%s}
        """;
    cli.file("d.yaml", document.formatted(", colums: [a]"));
    assertThat(cli.run("apply", "-f", "d.yaml").err())
        .isEqualTo(
            """
            pond: d.yaml:14:55: unknown key 'colums'
              try: Did you mean 'columns'?
            """);
    cli.file("d.yaml", document.formatted(""));
    assertThat(cli.run("apply", "-f", "d.yaml").err())
        .isEqualTo(
            """
            pond: '/d/n/x' cannot be computed: d.yaml:14:47: no series has a column 'levle'
              try: Did you mean 'level'?
            """);
    assertThat(cli.run("list", "/d").status()).isEqualTo(3);
  }

  @Test
  void mknod_cycleOverSeveralNodes_isPrinted() {
    cli.file("empty.yaml", "patterns: {a: '/nothing/*'}");
    cli.file("c1.yaml", "patterns: {a: /c2}")
        .file(
            "c2.yaml",
            "{in_pattern: /c3, out_pattern: o,"
                + " resolutions: [1h], aggregations: [{type: count, columns: ['*']}]}");
    for (List<String> node :
        List.of(
            List.of("sql-derived-series", "/c3", "empty.yaml"),
            List.of("temporal-reduce", "/c2", "c2.yaml"))) {
      assertThat(cli.run("mknod", node.get(0), node.get(1), "--config-path", node.get(2)).status())
          .isZero();
    }
    cli.file("c3.yaml", "patterns: {a: /c2/o/res=1h.series}");

    CliResult result =
        cli.run("mknod", "sql-derived-series", "/c3", "--config-path", "c3.yaml", "--overwrite");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("is made of itself")
        .contains("/c3 -> ")
        .contains("try: Change the pattern of one of them.");
  }
}
