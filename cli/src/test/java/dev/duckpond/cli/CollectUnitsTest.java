package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.simulate.SimulatedDevice;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units, from the service to the last page that shows them, also where names no longer tell. */
final class CollectUnitsTest {
  private static final long FIRST = CliFixture.START.getEpochSecond() - 36_000;

  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void collect() throws IOException {
    cli =
        CliFixture.in(directory)
            .withVariable("POND", "p")
            .withVariable("CLIENT", "me")
            .withVariable("SECRET", "the-secret-of-the-account");
    HydroVuData data = new HydroVuData();
    data.add(device(7, "north")).add(device(8, "south"));
    try (HydroVuServer server =
        HydroVuServer.start(
            data,
            HydroVuServer.Options.of(
                new HydroVuServer.Credentials("me", "the-secret-of-the-account")),
            InstantSource.system())) {
      ok("init");
      ok("mkdir", "/etc");
      cli.file(
          "buoys.yaml",
          """
          client_id: ${env:CLIENT}
          client_secret: ${env:SECRET}
          hydrovu_path: /hydrovu
          base_url: %s
          devices: [{name: north, id: 7}, {name: south, id: 8}]
          """
              .formatted(server.baseUrl()));
      ok("run", "host+hydrovu://" + cli.path("buoys.yaml"));
    }
    node(
        "column-rename",
        "/etc/short",
        """
        rules:
          - {type: direct, from: Temperature.C, to: warmth}
          - {type: direct, from: Barometric Pressure.in. Hg, to: air}
        """);
  }

  private static SimulatedDevice device(long id, String name) {
    SimulatedDevice device = new SimulatedDevice(id, name);
    for (int i = 0; i < 10; i++) {
      device.put(FIRST + i * 3600L, new Quantity("Temperature", "C"), i);
      device.put(FIRST + i * 3600L, new Quantity("Barometric Pressure", "in. Hg"), 30);
    }
    return device;
  }

  private CliResult ok(String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as("%s: %s", List.of(words), result.err()).isZero();
    return result;
  }

  private void node(String factory, String path, String yaml) {
    cli.file("node.yaml", yaml);
    ok("mknod", factory, path, "--config-path", "node.yaml");
  }

  private void join() {
    node(
        "timeseries-join",
        "/both",
        """
        inputs:
          - {pattern: /hydrovu/devices/7/*.series, scope: N, transforms: [/etc/short]}
          - {pattern: /hydrovu/devices/8/*.series, scope: S, transforms: [/etc/short]}
        """);
  }

  private List<String> columns(String path) {
    return ok("describe", path, "--count")
        .out()
        .lines()
        .filter(line -> line.contains("DOUBLE") || line.contains("BIGINT"))
        .map(line -> line.strip().replaceAll(" {2,}", "  "))
        .toList();
  }

  @Test
  void describe_series_showsUnitsAsTheServiceNamesThem() {
    assertThat(columns("/hydrovu/devices/7/north_active.series"))
        .containsExactly(
            "Temperature.C  DOUBLE  [C]", "Barometric Pressure.in. Hg  DOUBLE  [in. Hg]");
  }

  @Test
  void describe_renamedAndJoined_keepsUnits() {
    join();

    assertThat(columns("/both"))
        .containsExactly(
            "N.warmth  DOUBLE  [C]",
            "N.air  DOUBLE  [in. Hg]",
            "S.warmth  DOUBLE  [C]",
            "S.air  DOUBLE  [in. Hg]");
  }

  @Test
  void describe_pivotOfRenamed_keepsUnits() {
    node(
        "timeseries-pivot",
        "/pivot",
        """
        pattern: /hydrovu/devices/*/*_active.series
        columns: [warmth]
        transforms: [/etc/short]
        """);

    assertThat(columns("/pivot"))
        .containsExactly("7.north.warmth  DOUBLE  [C]", "8.south.warmth  DOUBLE  [C]");
  }

  @Test
  void describe_reductionOfJoin_keepsUnitsButOfCounts() {
    join();
    reduce();

    assertThat(columns("/reduced/both/res=2h.series"))
        .containsExactly(
            "N.warmth.avg  DOUBLE  [C]",
            "N.warmth.count  BIGINT",
            "N.air.max  DOUBLE  [in. Hg]",
            "timestamp.count  BIGINT");
  }

  private void reduce() {
    node(
        "temporal-reduce",
        "/reduced",
        """
        in_pattern: /both
        out_pattern: both
        resolutions: [2h]
        aggregations:
          - {type: avg, columns: [N.warmth]}
          - {type: count, columns: [N.warmth]}
          - {type: max, columns: [N.air]}
          - {type: count, columns: ["*"]}
        """);
  }

  @Test
  void describe_queryWithoutText_keepsUnitsAndOneWithTextHasNames() {
    join();
    node("sql-derived-series", "/same", "patterns: {source: /both}\n");
    node(
        "sql-derived-series",
        "/other",
        """
        patterns: {source: /both}
        query: SELECT timestamp, "N.warmth" * 1.8 + 32 AS "N.warmth.F" FROM source
        """);

    assertThat(columns("/same")).contains("N.warmth  DOUBLE  [C]");
    assertThat(columns("/other")).containsExactly("N.warmth.F  DOUBLE  [F]");
  }

  @Test
  void export_renamedAndJoined_footersAndTemplatesTellUnits() throws IOException {
    join();
    ok("export", "--pattern", "/both", "-d", "out");

    String file = Files.readString(cli.path("out/both/data.parquet"), StandardCharsets.ISO_8859_1);
    assertThat(file)
        .contains(
            "{\"N.warmth\":\"C\",\"N.air\":\"in. Hg\",\"S.warmth\":\"C\",\"S.air\":\"in. Hg\"}");
    cli.file(
        "site.html",
        "{% for f in schema.fields %}{{ f.instrument }}/{{ f.name }}/{{ f.unit }} {% endfor %}");
    node(
        "template",
        "/pages",
        """
        collections:
          - {name: sites, in_pattern: /both*, out_pattern: both.html, template_file: site.html}
        """);
    assertThat(ok("cat", "/pages/sites/both.html").out())
        .contains("N/air/in. Hg ")
        .contains("S/warmth/C ");
  }
}
