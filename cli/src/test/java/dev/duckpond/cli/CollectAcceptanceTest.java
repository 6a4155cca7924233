package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuFiles;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.simulate.SimulatedDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seven instruments of the harbour, through a service, row for row. */
@Tag("acceptance")
final class CollectAcceptanceTest {
  private static final long ALL_ROWS = 92_843;

  @TempDir Path directory;

  @Test
  void collect_harbourFromAnEmptyPond_equalsTheFiles() throws IOException {
    Path noyo = SharedData.requireNoyo();
    HydroVuData data = HydroVuFiles.load(noyo.resolve("hydrovu"), directory.resolve("spill"));
    CliFixture cli =
        CliFixture.in(directory)
            .withVariable("POND", "p")
            .withVariable("ID", "me")
            .withVariable("SECRET", "of the harbour");
    cli.pass(java.time.Duration.ofDays(800));
    try (HydroVuServer server =
        HydroVuServer.start(
            data,
            HydroVuServer.Options.of(new HydroVuServer.Credentials("me", "of the harbour")),
            InstantSource.system())) {
      cli.file("node.yaml", configuration(server, data));
      require(cli, "init");
      require(cli, "mknod", "hydrovu", "/node", "--config-path", "node.yaml");

      require(cli, "run", "/node");

      assertThat(server.instantsSent()).isEqualTo(ALL_ROWS);
      require(cli, "run", "/node");
      assertThat(server.instantsSent()).isEqualTo(ALL_ROWS);
    }
    try (Stream<Path> files = Files.walk(noyo.resolve("hydrovu/devices"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        requireSame(cli, file);
      }
    }
  }

  private static void requireSame(CliFixture cli, Path file) {
    String name = file.getFileName().toString().replaceFirst("_archive_.*", "_active.series");
    Path id = file.getName(file.getNameCount() - 2);
    String collected = "\"/hydrovu/devices/" + id + "/" + name + "\"";
    String sql =
        "SELECT count(*) AS n FROM (SELECT COLUMNS(* EXCLUDE (side)), sum(side) AS s FROM (SELECT *,"
            + " 1 AS side FROM "
            + collected
            + " UNION ALL BY NAME SELECT *, -1 AS side FROM expected) GROUP BY ALL HAVING s <> 0)";
    assertThat(
            require(
                cli, "sql", "--table", "expected=host+series://" + file, "--format", "csv", sql))
        .as("%s: %s", file, sql)
        .isEqualTo("n\n0\n");
  }

  private static String require(CliFixture cli, String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  private static String configuration(HydroVuServer server, HydroVuData data) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("client_id: ${env:ID}\nclient_secret: ${env:SECRET}\nhydrovu_path: /hydrovu\n");
    yaml.append("base_url: ").append(server.baseUrl()).append("\ndevices:\n");
    for (SimulatedDevice device : data.devices()) {
      yaml.append("  - {name: ").append(device.name());
      yaml.append(", id: ").append(device.id()).append("}\n");
    }
    return yaml.toString();
  }
}
