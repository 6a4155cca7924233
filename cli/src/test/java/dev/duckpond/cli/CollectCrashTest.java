package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.simulate.SimulatedDevice;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kills collecting processes at random instants: in the end every row is there, once. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
@Timeout(3000)
final class CollectCrashTest {
  private static final int KILLS = Integer.getInteger("duckpond.kills", 20);
  private static final int ROWS = 240;
  private static final int DEVICES = 3;
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

  /** A process starts within this time and takes about as long for its work. */
  private static final Duration LONGEST_LIFE = Duration.ofMillis(3500);

  /** On a machine that is busy with other things it takes longer; in the end each gets done. */
  private static final Duration MORE_LIFE = Duration.ofMillis(500);

  private final long seed = Long.getLong("duckpond.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir Path directory;

  @Test
  void run_killedAtRandomInstants_endsWithEveryRowOnce() throws IOException {
    System.out.println("CollectCrashTest: -Dduckpond.seed=" + seed);
    HydroVuData data = new HydroVuData();
    for (int device = 1; device <= DEVICES; device++) {
      data.add(device(device));
    }
    int killed = 0;
    for (int pond = 0; killed < KILLS; pond++) {
      Path home = Files.createDirectories(directory.resolve("home-" + pond));
      Harbours harbour = Harbours.create(home);
      // Variables that the process has anyway stand for those of an account.
      HydroVuServer.Credentials account =
          new HydroVuServer.Credentials(
              home.toRealPath().toString(), home.toRealPath().resolve("pond").toString());
      try (HydroVuServer server =
          HydroVuServer.start(
              data, HydroVuServer.Options.of(account).pages(2, 17), InstantSource.system())) {
        harbour.require("mkdir", "-p", "/system/run");
        Path yaml = home.resolve("node.yaml");
        Files.writeString(yaml, configuration(server));
        harbour.require("mknod", "hydrovu", "/system/run/a", "--config-path", yaml.toString());
        killed += killUntilDone(harbour);
      }
      requireAll(harbour);
    }
    System.out.printf("CollectCrashTest: %d killed%n", killed);
  }

  private int killUntilDone(Harbours harbour) throws IOException {
    for (int killed = 0; ; killed++) {
      try (PondProcess run = PondProcess.pond(harbour.home(), "run", "a")) {
        pause(random.nextLong(LONGEST_LIFE.plus(MORE_LIFE.multipliedBy(killed)).toNanos()));
        if (!run.isAlive()) {
          run.requireDone();
          return killed;
        }
        run.kill();
      }
    }
  }

  private static SimulatedDevice device(int number) {
    SimulatedDevice device = new SimulatedDevice(number, "d" + number);
    for (int i = 0; i < ROWS; i++) {
      long at = FIRST.getEpochSecond() + i * 60L;
      device.put(at, new Quantity("A", "C"), i * number);
      if (i % 2 == 0) {
        device.put(at, new Quantity("B", "m"), -i);
      }
    }
    return device;
  }

  private static String configuration(HydroVuServer server) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("client_id: ${env:HOME}\nclient_secret: ${env:POND}\nhydrovu_path: /h\n");
    yaml.append("max_points_per_run: 12\nbase_url: ").append(server.baseUrl()).append('\n');
    yaml.append("devices:\n");
    for (int number = 1; number <= DEVICES; number++) {
      yaml.append("  - {name: d").append(number).append(", id: ").append(number).append("}\n");
    }
    return yaml.toString();
  }

  private void requireAll(Harbours harbour) {
    for (int number = 1; number <= DEVICES; number++) {
      StringBuilder expected = new StringBuilder("t,a,b\n");
      for (int i = 0; i < ROWS; i++) {
        expected.append(FIRST.getEpochSecond() + i * 60L).append(',').append(i * number);
        expected.append(',').append(i % 2 == 0 ? Integer.toString(-i) : "").append('\n');
      }
      String path = "/h/devices/" + number + "/d" + number + "_active.series";
      assertThat(
              harbour.require(
                  "cat",
                  path,
                  "--format",
                  "csv",
                  "--sql",
                  "SELECT epoch(timestamp)::BIGINT AS t, \"A.C\"::INT AS a, \"B.m\"::INT AS b"
                      + " FROM source"))
          .as("seed %d", seed)
          .isEqualTo(expected.toString());
    }
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
