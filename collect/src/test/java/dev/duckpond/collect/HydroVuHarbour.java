package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.simulate.SimulatedDevice;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two instruments at a service that answers over HTTP, and a pond that collects them.
 *
 * <pre>
 * 11 one   Temperature.C each 15 minutes, Depth.m at two of three
 * 22 two   Temperature.C each 10 minutes, in the scope Dock
 * </pre>
 */
final class HydroVuHarbour implements AutoCloseable {
  static final String SECRET = "s3cret-of-the-harbour";
  static final String CLIENT = "client-of-the-harbour";
  static final String ONE = "/hydrovu/devices/11/one_active.series";
  static final String TWO = "/hydrovu/devices/22/two_active.series";
  static final int ROWS = 24;
  static final Quantity TEMPERATURE = new Quantity("Temperature", "C");
  static final Quantity DEPTH = new Quantity("Depth", "m");

  /** Of a run from an empty pond. */
  static final int COMMITS = 5;

  private static final long FIRST = Instant.parse("2023-11-14T22:00:00Z").getEpochSecond();
  private static final int INSTANTS_PER_PAGE = 4;
  private static final int MAX_POINTS = 15;

  private final Path directory;
  private final HydroVuData data = new HydroVuData();
  private final SimulatedDevice one = new SimulatedDevice(11, "one");
  private final SimulatedDevice two = new SimulatedDevice(22, "two");
  private CollectPond pond;
  private HydroVuServer server;
  private int ponds;
  private int maxPoints = MAX_POINTS;

  private HydroVuHarbour(Path directory) throws IOException {
    this.directory = directory;
    this.pond = newPond();
    for (int i = 0; i < ROWS; i++) {
      one.put(oneAt(i), TEMPERATURE, i / 7.0);
      if (i % 3 > 0) {
        one.put(oneAt(i), DEPTH, -i / 3.0);
      }
      two.put(FIRST + i * 600L, TEMPERATURE, i);
    }
    data.add(one).add(two);
    this.server = start(usual().pages(3, INSTANTS_PER_PAGE));
  }

  /** Opens a harbour with an empty pond below a directory. */
  static HydroVuHarbour open(Path directory) throws IOException {
    return new HydroVuHarbour(directory);
  }

  private CollectPond newPond() {
    ponds++;
    return CollectPond.create(directory.resolve("pond-" + ponds))
        .variable("ID", CLIENT)
        .variable("SECRET", SECRET);
  }

  private HydroVuServer start(HydroVuServer.Options options) throws IOException {
    return HydroVuServer.start(data, options, pond.clock());
  }

  /** Answers options of the service with the account of the harbour. */
  static HydroVuServer.Options usual() {
    return HydroVuServer.Options.of(new HydroVuServer.Credentials(CLIENT, SECRET));
  }

  /** Ends the service and starts one that behaves otherwise. */
  void serve(HydroVuServer.Options options) {
    server.close();
    try {
      server = start(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on with an empty pond. */
  CollectPond begin() {
    pond.close();
    pond = newPond();
    return pond;
  }

  CollectPond pond() {
    return pond;
  }

  HydroVuServer server() {
    return server;
  }

  HydroVuData data() {
    return data;
  }

  SimulatedDevice one() {
    return one;
  }

  /** Answers the n-th instant of the first instrument, from 0; it has {@link #ROWS}. */
  static long oneAt(int number) {
    return FIRST + number * 900L;
  }

  String yaml(String more) {
    return """
    client_id: ${env:ID}
    client_secret: ${env:SECRET}
    hydrovu_path: /hydrovu
    max_points_per_run: %d
    base_url: %s
    devices:
      - {name: one, id: 11}
      - {name: two, id: 22, scope: Dock}
    %s
    """
        .formatted(maxPoints, server.baseUrl(), more);
  }

  /** Lets a run need one transaction for each instrument. */
  HydroVuHarbour withoutBatches() {
    maxPoints = 1_000;
    return this;
  }

  CollectPond.Ran collect() {
    return pond.run(HydroVuKind.NAME, yaml(""));
  }

  /** Runs the collector with a line more in its configuration. */
  CollectPond.Ran collectWith(String more) {
    return pond.run(HydroVuKind.NAME, yaml(more));
  }

  static Map<Long, Map<String, Double>> expectedOne() {
    Map<Long, Map<String, Double>> rows = new TreeMap<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Double> row = new LinkedHashMap<>();
      row.put("Temperature.C", i / 7.0);
      if (i % 3 > 0) {
        row.put("Depth.m", -i / 3.0);
      }
      rows.put(oneAt(i), row);
    }
    return rows;
  }

  static Map<Long, Map<String, Double>> expectedTwo() {
    Map<Long, Map<String, Double>> rows = new TreeMap<>();
    for (int i = 0; i < ROWS; i++) {
      rows.put(FIRST + i * 600L, Map.of("Dock.Temperature.C", (double) i));
    }
    return rows;
  }

  /** Requires every row of both instruments to be there, once. */
  void requireAll() {
    assertThat(pond.rows(ONE)).isEqualTo(expectedOne());
    assertThat(pond.rows(TWO)).isEqualTo(expectedTwo());
  }

  @Override
  public void close() {
    server.close();
    pond.close();
  }
}
