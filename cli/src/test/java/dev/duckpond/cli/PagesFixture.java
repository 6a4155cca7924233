package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Pages and pipelines over {@code /s/s0.series} to {@code /s/s9.series}, of two months each. */
abstract class PagesFixture {
  static final int SERIES = 10;

  static final String SPEC =
      """
      collections:
        - name: sites
          in_pattern: /s/*.series
          out_pattern: $0.html
          template_file: site.html
      """;

  static final String PIPELINE =
      """
      stages:
        - name: Data
          type: data_export
          patterns: [/s/*.series]
          temporal: year,month
        - name: Index
          type: custom_query
          sql: SELECT capture_value AS site, count(*) AS files FROM export_metadata
               WHERE export_stage = 1 AND capture_group = 0 GROUP BY 1 ORDER BY 1
          output_table: sites
          output_file: index.csv
        - name: Pages
          type: template_processing
          template_spec: spec.yaml
          vars: [{key: place, value: Noyo}]
      """;

  @TempDir Path directory;
  CliFixture cli;

  @BeforeEach
  void open() {
    cli = CliFixture.in(directory);
    cli.withVariable("POND", cli.path("p").toString());
    cli.file("a.csv", "timestamp,X.T.C,Y.T.C\n2024-01-15 00:00:00,1,2\n2024-02-15 00:00:00,2,3\n");
    ok("init");
    ok("mkdir", "/s");
    for (int i = 0; i < SERIES; i++) {
      ok("copy", "a.csv", "/s/s" + i + ".series", "--as-series");
    }
    cli.file("spec.yaml", SPEC);
    cli.file("site.html", "{{ args[0] }} {{ export[args[0]] | length }}\n");
    cli.file("pipeline.yaml", PIPELINE);
  }

  CliResult ok(String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as("%s: %s", List.of(words), result.err()).isZero();
    return result;
  }

  String text(String file) throws IOException {
    return Files.readString(cli.path(file));
  }

  Map<String, FileTime> times(String folder) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> all = Files.walk(cli.path(folder))) {
      // The lock tells who held it last.
      for (Path file :
          all.filter(Files::isRegularFile).filter(f -> !f.endsWith(".pond-export.lock")).toList()) {
        times.put(cli.path(folder).relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
