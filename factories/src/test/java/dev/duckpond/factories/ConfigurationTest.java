package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.json.Json;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Wrong configurations are refused with all mistakes at once and their places. */
class ConfigurationTest {
  private static final FactoryRegistry REGISTRY =
      new Factories(List.of()).registry(name -> Optional.empty());

  private static void check(String factory, String yaml) {
    REGISTRY.find(factory).orElseThrow().check(new NodeFactory.NodeConfig(PondPath.of("/n"), yaml));
  }

  @Test
  void check_examplesOfTheReference_areRight() {
    for (FactoryReference reference : new Factories(List.of()).references()) {
      check(reference.name(), reference.example());
      assertThat(reference.keys()).as(reference.name()).isNotEmpty();
      assertThat(Json.parse(reference.schema().toText()).asObject().find("type"))
          .as(reference.name())
          .isPresent();
    }
  }

  @Test
  void check_reduceWithManyMistakes_namesThemAll() {
    assertThatThrownBy(() ->
            check(
                "temporal-reduce",
                """
                in_pattern: /combined/*
                out_pattern: $1
                resolutions: [1h, 2x, 1h]
                aggregation:
                  - {type: avg}
                aggregations:
                  - {type: agv}
                timezone: Mars/Base
                """))
        .hasMessage(
            """
            '/n' has 6 mistakes
            /n:2:14: '$1' refers to capture 1: the pattern has 1 capture. Use $0, or add a wildcard to the pattern.
            /n:3:14: a resolution stands here twice. Leave one.
            /n:3:19: '2x' is not a resolution. Write a number and a unit: 30s, 15m, 1h, 1d, 1w, 1mo, 1q\
             or 1y.
            /n:4:1: unknown key 'aggregation'. Did you mean 'aggregations'?
            /n:7:12: 'agv' is not known here. Did you mean 'avg'?
            /n:8:11: 'Mars/Base' is not a time zone. Write it as Europe/Berlin or UTC.\
            """);
  }

  @Test
  void check_patternsAndTimes_areReadNow() {
    assertThatThrownBy(() ->
            check(
                "timeseries-join",
                """
                inputs:
                  - {pattern: '/a/[', range: {begin: yesterday}}
                  - {pattern: '/b', range: {begin: 2024-02-01, end: 2024-01-01}}
                  - {pattern: 'host+csv:///etc/passwd'}
                """))
        .hasMessageContaining("/n:2:15: the pattern '/a/[' cannot be read")
        .hasMessageContaining(
            "/n:2:38: 'yesterday' is not a time. Write it as 2024-05-30T00:00:00Z.")
        .hasMessageContaining("/n:3:53: the range ends before it begins")
        .hasMessageContaining("/n:4:15: 'host+csv:///etc/passwd' is a file of this machine");
    assertThatThrownBy(() -> check("timeseries-join", "inputs: [{pattern: /a}]"))
        .hasMessage("/n:1:9: the list has 1 elements. It needs at least 2.");
    assertThatThrownBy(() -> check("timeseries-pivot", "{pattern: /a, columns: [x]}"))
        .hasMessageContaining("/n:1:11: the pattern has no wildcard");
  }

  @Test
  void check_directory_looksIntoItsEntries() {
    assertThatThrownBy(() ->
            check(
                "dynamic-dir",
                """
                entries:
                  - name: a/b
                    factory: timeseries-joint
                    config: {}
                  - name: c
                    factory: timeseries-joint
                    config: {}
                  - name: d
                    factory: sql-derived-table
                    config: {patern: {x: /a}}
                """))
        .hasMessage(
            """
            '/n' has 4 mistakes
            /n:2:11: the name 'a/b' is not usable: a name holds neither '/' nor NUL. Choose a name of 1 to\
             255 bytes of UTF-8.
            /n:6:14: there is no factory 'timeseries-joint'. Did you mean 'timeseries-join'?
            /n:10:13: the key 'patterns' is missing. Add it: names, each with a path, pattern or URL of\
             the pond.
            /n:10:14: unknown key 'patern'. Did you mean 'patterns'?\
            """);
    assertThatThrownBy(() ->
            check(
                "dynamic-dir",
                """
                entries:
                  - {name: c, factory: sql-derived-table, config: {patterns: {x: /a}}}
                  - {name: c, factory: sql-derived-table, config: {patterns: {x: /a}}}
                """))
        .hasMessage("/n:3:12: two entries have the name 'c'. Rename one.");
  }

  @Test
  void check_wrapperOfAnotherFactory_isRefused() {
    assertThatThrownBy(() ->
            check("sql-derived-table", "factory: column-rename\nconfig: {patterns: {x: /a}}\n"))
        .hasMessageContaining(
            "/n:1:10: this is for the text 'column-rename', the node is a sql-derived-table");
  }

  @Test
  void check_renameRules_areReadNow() {
    assertThatThrownBy(() ->
            check(
                "column-rename",
                """
                rules:
                  - {type: pattern, pattern: '(', replacement: x}
                  - {type: pattern, pattern: 'a', replacement: $1}
                  - {type: direct, from: a, to: b, cast: float}
                  - {type: direkt, from: a, to: b}
                """))
        .hasMessageContaining("/n:2:30: '(' is not a regular expression")
        .hasMessageContaining("/n:3:48: '$1' has no group; the pattern has 0")
        .hasMessageContaining("/n:4:42: 'float' is not known here. Did you mean 'float64'?")
        .hasMessageContaining("/n:5:12: there is no type 'direkt'. Did you mean 'direct'?");
  }

  @Test
  void check_replacements_areReadNow() {
    assertThatThrownBy(() ->
            check(
                "column-rename",
                """
                rules:
                  - {type: pattern, pattern: 'a', replacement: '$'}
                  - {type: pattern, pattern: 'a', replacement: 'x${m}'}
                  - {type: pattern, pattern: 'a', replacement: 'x\\'}
                  - {type: pattern, pattern: 'a', replacement: '${'}
                  - {type: pattern, pattern: '(?<m>a)(b)', replacement: '$0.${m}.$2 \\$9 \\\\'}
                  - {type: direct, from: a, to: ''}
                """))
        .hasMessage(
            """
            '/n' has 5 mistakes
            /n:2:48: a '$' of '$' stands before no group. Write $1 or ${name} for a group, and \\$ for the\
             character itself.
            /n:3:48: '${m}' has no group of that name. Write (?<m>…) around a part of the pattern.
            /n:4:48: 'x\\' ends in a backslash. Write two for one that stays.
            /n:5:48: a '$' of '${' stands before no group. Write $1 or ${name} for a group, and \\$ for the\
             character itself.
            /n:7:33: the column would have no name. Write one, or drop it with a rule {type: drop,\
             pattern: …}.\
            """);
    check(
        "column-rename",
        "rules: [{type: pattern, pattern: '(?<m>a)(b)', replacement: '$0.${m}$2\\$9\\\\'}]");
  }

  @Test
  void check_syntheticColumns_haveNamesOfTheirOwn() {
    assertThatThrownBy(() ->
            check(
                "synthetic-timeseries",
                """
                start: 2025-01-01
                end: 2025-01-02
                interval: 1h
                points:
                  - {name: Timestamp, components: [{type: line}]}
                  - {name: level, components: [{type: line}]}
                  - {name: Level, components: [{type: line}]}
                  - {name: level, components: [{type: line}]}
                  - {name: '', components: [{type: line}]}
                """))
        .hasMessage(
            """
            '/n' has 4 mistakes
            /n:5:5: the columns 'timestamp' and 'Timestamp' differ in letter case alone. Give one of\
             them another name, or the time with 'time_column:'.
            /n:7:5: the columns 'level' and 'Level' differ in letter case alone. Give one of them\
             another name.
            /n:8:5: two columns are named 'level'. Give one of them another name.
            /n:9:5: the column has no name. Write one.\
            """);
    assertThatThrownBy(() ->
            check(
                "synthetic-timeseries",
                "{start: 2025-01-01, end: 2025-01-02, interval: 1h, time_column: '',"
                    + " points: [{name: x, components: [{type: line}]}]}"))
        .hasMessage("/n:1:65: the time column has no name. Write one, or leave the key out.");
  }

  @Test
  void check_emptyScope_isRefused() {
    assertThatThrownBy(
            () -> check("timeseries-join", "inputs: [{pattern: /a, scope: ''}, {pattern: /b}]"))
        .hasMessage("/n:1:31: the scope is empty. Write a name, or leave 'scope' out for none.");
  }

  @Test
  void check_sqlOfSeveralNames_needsAQuery() {
    assertThatThrownBy(() -> check("sql-derived-table", "patterns: {x: /a, y: /b}"))
        .hasMessage("/n:1:11: there are 2 names and no query. Add 'query:', a SELECT over them.");
  }
}
