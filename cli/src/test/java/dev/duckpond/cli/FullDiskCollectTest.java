package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.simulate.SimulatedDevice;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Collectors whose pond lies on a disk of a few megabytes that gets full: the run ends with exit
 * code 7, and goes on where it was once there is room.
 */
@Tag("slow")
final class FullDiskCollectTest {
  private static final long SEED = 20241103;
  private static final int LARGE_BYTES = 4_000_000;

  @TempDir Path directory;

  private SmallDisk disk;
  private CliFixture cli;

  @BeforeEach
  void mount() throws IOException {
    disk = SmallDisk.mount(directory.resolve("disk"), "3m");
    cli =
        CliFixture.in(directory)
            .withVariable("POND", "disk/p")
            .withVariable("ID", "id")
            .withVariable("SECRET", "secret");
    require("init");
    require("mkdir", "-p", "/system/run");
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  private void require(String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as(result.err()).isZero();
  }

  private void make(String kind, String yaml) {
    cli.file("node.yaml", yaml);
    require("mknod", kind, "/system/run/node", "--config-path", "node.yaml");
  }

  private CliResult assertFull() {
    CliResult result = cli.run("run", "node");
    assertThat(result.status()).as(result.out() + result.err()).isEqualTo(7);
    assertThat(result.err()).containsIgnoringCase("space");
    return result;
  }

  private Path large(String name) throws IOException {
    byte[] bytes = new byte[LARGE_BYTES];
    new Random(SEED).nextBytes(bytes);
    Path file = cli.path(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  @Test
  void run_inboxWithALargeFile_isStoppedAndGoesOnLater() throws IOException {
    Path large = large("inbox/large");
    make(
        "inbox",
        "sources: [{pattern: '%s/*', format: data, to: /in/$0, as: data}]"
            .formatted(large.getParent()));

    assertFull();

    Files.delete(large);
    cli.file("inbox/small", "small");
    require("run", "node");
  }

  @Test
  void run_inboxWithoutABlockFree_isStoppedAndGoesOnLater() throws IOException {
    cli.file("inbox/a.csv", "time,a\n2024-01-01,1\n");
    make("inbox", "sources: [{pattern: '%s/*', format: csv, to: /a}]".formatted(cli.path("inbox")));
    Path filler = disk.fill();

    assertFull();

    Files.delete(filler);
    require("run", "node");
  }

  @Test
  void run_logWithoutRoom_isStoppedAndGoesOnLater() throws IOException {
    Path large = large("logs/a.log");
    make(
        "logfile-ingest",
        "{archived_pattern: '%1$s/*.log.*', active_pattern: '%1$s/*.log', pond_path: /logs}"
            .formatted(large.getParent()));

    assertThat(assertFull().err())
        .contains(
            large
                + ": '/logs/a.log' cannot be written: the disk of the pond has no room for "
                + LARGE_BYTES
                + " bytes more");

    Files.writeString(large, "small\n");
    require("run", "node");
  }

  @Test
  void run_hydrovuWithoutABlockFree_isStoppedAndGoesOnLater() throws IOException {
    SimulatedDevice device = new SimulatedDevice(11, "one");
    device.put(1_700_000_000, new Quantity("Temperature", "C"), 1);
    HydroVuData data = new HydroVuData().add(device);
    try (HydroVuServer server =
        HydroVuServer.start(
            data,
            HydroVuServer.Options.of(new HydroVuServer.Credentials("id", "secret")),
            InstantSource.system())) {
      make(
          "hydrovu",
          """
          client_id: ${env:ID}
          client_secret: ${env:SECRET}
          hydrovu_path: /hydrovu
          base_url: %s
          devices: [{name: one, id: 11}]
          """
              .formatted(server.baseUrl()));
      Path filler = disk.fill();

      assertFull();

      Files.delete(filler);
      require("run", "node");
    }
  }
}
