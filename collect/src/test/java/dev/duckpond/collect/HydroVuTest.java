package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.simulate.FaultKind;
import dev.duckpond.simulate.FaultPlan;
import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.simulate.SimulatedDevice;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The collector against a service that answers over HTTP, and fails when it is told to. */
final class HydroVuTest {
  private static final String SECRET = "s3cret-of-the-harbour";
  private static final String CLIENT = "client-of-the-harbour";
  private static final String ONE = "/hydrovu/devices/11/one_active.series";
  private static final String TWO = "/hydrovu/devices/22/two_active.series";
  private static final long FIRST = 1_700_000_000L;
  private static final int ROWS = 60;

  /** Of a run from an empty pond. */
  private static final int COMMITS = 11;

  private static final Quantity TEMPERATURE = new Quantity("Temperature", "C");
  private static final Quantity DEPTH = new Quantity("Depth", "m");

  @TempDir Path directory;
  private final HydroVuData data = new HydroVuData();
  private final SimulatedDevice one = new SimulatedDevice(11, "one");
  private final SimulatedDevice two = new SimulatedDevice(22, "two");
  private CollectPond pond;
  private HydroVuServer server;

  @BeforeEach
  void start() throws IOException {
    pond = CollectPond.create(directory);
    pond.variable("ID", CLIENT).variable("SECRET", SECRET);
    for (int i = 0; i < ROWS; i++) {
      one.put(FIRST + i * 900L, TEMPERATURE, i / 7.0);
      if (i % 3 > 0) {
        one.put(FIRST + i * 900L, DEPTH, -i / 3.0);
      }
      two.put(FIRST + i * 600L, TEMPERATURE, i);
    }
    data.add(one).add(two);
    serve(4);
  }

  private void serve(int instantsPerPage) throws IOException {
    server =
        HydroVuServer.start(
            data,
            HydroVuServer.Options.of(new HydroVuServer.Credentials(CLIENT, SECRET))
                .pages(3, instantsPerPage),
            pond.clock());
  }

  @AfterEach
  void stop() {
    server.close();
    pond.close();
  }

  private String yaml(String more) {
    return """
    client_id: ${env:ID}
    client_secret: ${env:SECRET}
    hydrovu_path: /hydrovu
    max_points_per_run: 15
    base_url: %s
    devices:
      - {name: one, id: 11}
      - {name: two, id: 22, scope: Dock}
    %s
    """
        .formatted(server.baseUrl(), more);
  }

  private CollectPond.Ran collect() {
    return pond.run("hydrovu", yaml(""));
  }

  private static Map<Long, Map<String, Double>> expected(SimulatedDevice device) {
    return device.id() == 11 ? expectedOne() : expectedTwo();
  }

  private static Map<Long, Map<String, Double>> expectedOne() {
    Map<Long, Map<String, Double>> rows = new TreeMap<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Double> row = new LinkedHashMap<>();
      row.put("Temperature.C", i / 7.0);
      if (i % 3 > 0) {
        row.put("Depth.m", -i / 3.0);
      }
      rows.put(FIRST + i * 900L, row);
    }
    return rows;
  }

  private static Map<Long, Map<String, Double>> expectedTwo() {
    Map<Long, Map<String, Double>> rows = new TreeMap<>();
    for (int i = 0; i < ROWS; i++) {
      rows.put(FIRST + i * 600L, Map.of("Dock.Temperature.C", (double) i));
    }
    return rows;
  }

  private void requireAll() {
    assertThat(pond.rows(ONE)).isEqualTo(expected(one));
    assertThat(pond.rows(TWO)).isEqualTo(expected(two));
  }

  @Test
  void collect_emptyPond_fillsEveryDeviceInBatches() {
    CollectPond.Ran ran = collect().requireDone();

    requireAll();
    assertThat(ran.printed())
        .containsExactly(
            ONE
                + ": 60 rows, 2023-11-14T22:13:20Z to 2023-11-15T12:58:20Z, from HydroVu location 11",
            TWO
                + ": 60 rows, 2023-11-14T22:13:20Z to 2023-11-15T08:03:20Z, from HydroVu location 22");
    assertThat(ran.warned()).isEmpty();
    assertThat(pond.versions(ONE)).hasSize(7);
    assertThat(pond.versions(ONE).getLast().facts().attributes())
        .containsEntry("units", "{\"Depth.m\":\"m\",\"Temperature.C\":\"C\"}");
  }

  @Test
  void collect_again_downloadsNothing() {
    collect().requireDone();
    long sent = server.instantsSent();

    CollectPond.Ran again = collect().requireDone();

    assertThat(server.instantsSent()).isEqualTo(sent);
    assertThat(pond.commits()).isZero();
    assertThat(again.printed().getFirst())
        .isEqualTo(ONE + ": nothing new, from HydroVu location 11");
    requireAll();
  }

  @Test
  void collect_newReadings_fetchesTheseAlone() {
    collect().requireDone();
    long sent = server.instantsSent();
    one.put(FIRST + 1_000_000, TEMPERATURE, 99);

    collect().requireDone();

    assertThat(server.instantsSent()).isEqualTo(sent + 1);
    assertThat(pond.rows(ONE)).hasSize(ROWS + 1);
  }

  @Test
  void collect_killedAtEveryCommit_goesOnWithoutGapAndWithoutDuplicate() throws IOException {
    for (int number = 1; number <= COMMITS; number++) {
      try (CollectPond fresh = CollectPond.create(directory.resolve("kill-" + number))) {
        CollectPond old = pond;
        pond = fresh;
        pond.variable("ID", CLIENT).variable("SECRET", SECRET);
        if (number % 2 == 0) {
          pond.killBeforeCommit(number);
        } else {
          pond.killAfterCommit(number);
        }
        assertThatThrownBy(this::collect).isInstanceOf(CollectPond.Killed.class);
        pond.killNoMore();
        pond.reopen();
        collect().requireDone();
        requireAll();
        pond = old;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void collect_oneFaultAtAnyCall_isNotSeen(FaultKind kind) throws IOException {
    if (kind == FaultKind.SLOW_BODY) {
      pond.attemptTimeout(Duration.ofMillis(200));
    }
    server.close();
    serve(30);
    for (int call = 1; call <= 5; call++) {
      try (CollectPond fresh = CollectPond.create(directory.resolve("call-" + call))) {
        CollectPond old = pond;
        pond = fresh;
        pond.attemptTimeout(
            kind == FaultKind.SLOW_BODY ? Duration.ofMillis(200) : Duration.ofSeconds(20));
        pond.variable("ID", CLIENT).variable("SECRET", SECRET);
        long number = server.calls() + call;
        server.setFaults(FaultPlan.at(number, kind));
        CollectPond.Ran ran = collect().requireDone();
        requireAll();
        assertThat(ran.text()).doesNotContain(SECRET).doesNotContain(CLIENT);
        pond = old;
      }
    }
  }

  @Test
  void collect_retryAfterInSecondsAndAsDate_waitsAsLong() {
    server.setFaults(FaultPlan.at(1, FaultKind.TOO_MANY_FOR_SECONDS));
    collect().requireDone();
    assertThat(pond.pauses()).containsExactly(Duration.ofSeconds(7));

    server.setFaults(FaultPlan.at(server.calls() + 1, FaultKind.TOO_MANY_UNTIL_DATE));
    collect().requireDone();
    assertThat(pond.pauses()).hasSize(2);
    assertThat(pond.pauses().getLast()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void collect_faultsAtRandom_areNotSeen(long number) {
    long seed = Long.getLong("duckpond.seed", new SplittableRandom(number).nextLong());
    System.out.println("HydroVuTest: -Dduckpond.seed=" + seed);
    EnumSet<FaultKind> kinds = EnumSet.complementOf(EnumSet.of(FaultKind.SLOW_BODY));
    server.setFaults(FaultPlan.random(seed, 0.4, 2, kinds));

    collect().requireDone();

    requireAll();
    server.setFaults(FaultPlan.NONE);
    collect().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void collect_oneDeviceFails_theOthersAreDoneAndTheSummaryNamesIt() {
    server.setFaults(FaultPlan.always("/locations/11/", FaultKind.UNAVAILABLE));

    CollectPond.Ran ran = collect();

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining("1 of 2 devices failed")
        .hasMessageContaining(
            "one: HydroVu does not answer: GET /public-api/v1/locations/11/data: it answered 503,"
                + " after 6 attempts");
    assertThat(pond.rows(TWO)).isEqualTo(expected(two));
    assertThat(pond.pauses()).hasSize(5);
    server.setFaults(FaultPlan.NONE);
    collect().requireDone();
    requireAll();
  }

  @Test
  void collect_deviceThatTheAccountLacks_isNamed() {
    data.remove(11);

    CollectPond.Ran ran = collect();

    assertThat(ran.failure().orElseThrow())
        .hasMessageContaining("one: the account has no location 11 (one)");
    assertThat(pond.rows(TWO)).isEqualTo(expected(two));
  }

  @Test
  void collect_tokenThatExpiresBetweenPages_isRenewed() throws IOException {
    server.close();
    server =
        HydroVuServer.start(
            data,
            HydroVuServer.Options.of(new HydroVuServer.Credentials(CLIENT, SECRET))
                .pages(3, 4)
                .tokens(3),
            pond.clock());

    collect().requireDone();

    requireAll();
    assertThat(server.tokensGiven()).isGreaterThan(8);
  }

  @Test
  void collect_wrongSecret_saysSoWithoutShowingIt() throws IOException {
    pond.variable("SECRET", "another-secret");

    CollectPond.Ran ran = collect();

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.Failed.class)
        .hasMessage(
            "HydroVu gives no token: it answered 401. Check the variables that 'client_id' and"
                + " 'client_secret' name, and 'base_url'.");
    assertThat(ran.text()).doesNotContain("another-secret");
    assertThat(pond.holds("another-secret")).isFalse();
  }

  @Test
  void collect_anything_leavesNoSecretInThePond() throws IOException {
    collect().requireDone();

    assertThat(pond.holds(SECRET)).isFalse();
    assertThat(pond.holds(CLIENT)).isFalse();
    assertThat(pond.holds("token-1")).isFalse();
  }

  @Test
  void check_secretInClear_isRefusedAndNotRepeated() {
    String yaml = yaml("").replace("${env:SECRET}", SECRET);

    assertThatThrownBy(() -> pond.check("hydrovu", yaml))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "node.yaml:2:16: here stands a secret in clear. Set a variable of the environment to it"
                + " and write ${env:NAME}.");
    assertThatThrownBy(
            () -> pond.check("hydrovu", yaml("").replace("${env:ID}", "${env:ID:-" + SECRET + "}")))
        .hasMessageContaining("secret in clear")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void check_addressThatSecretsMustNotGoTo_isRefused() {
    assertThatThrownBy(() ->
            pond.check(
                "hydrovu", yaml("").replace(server.baseUrl().toString(), "http://example.org")))
        .hasMessageContaining("'http://example.org' is not an address to send secrets to");
  }

  @Test
  void collect_parameterThatAppearsInTheMiddle_addsAColumn() {
    collect().requireDone();
    one.put(FIRST + 900_000, TEMPERATURE, 1);
    one.put(FIRST + 900_000, new Quantity("DO", "mg/L"), 8.5);

    collect().requireDone();

    assertThat(pond.rows(ONE).get(FIRST + 900_000))
        .isEqualTo(Map.of("Temperature.C", 1.0, "DO.mg/L", 8.5));
    assertThat(pond.rows(ONE)).hasSize(ROWS + 1);
    assertThat(pond.versions(ONE).getLast().facts().attributes().get("units"))
        .isEqualTo("{\"DO.mg/L\":\"mg/L\",\"Depth.m\":\"m\",\"Temperature.C\":\"C\"}");
  }

  @Test
  void collect_unitThatChanges_makesANewColumn() {
    collect().requireDone();
    one.put(FIRST + 900_000, new Quantity("Temperature", "F"), 61);

    collect().requireDone();

    assertThat(pond.rows(ONE).get(FIRST + 900_000)).isEqualTo(Map.of("Temperature.F", 61.0));
    assertThat(pond.rows(ONE).get(FIRST)).isEqualTo(Map.of("Temperature.C", 0.0));
  }

  @Test
  void collect_parameterWithoutName_keepsItsIdAndWarns() {
    data.forgetName("Depth");

    CollectPond.Ran ran = collect().requireDone();

    assertThat(ran.warned())
        .containsExactly("one: HydroVu has no name for parameter 2; the column has the id");
    assertThat(pond.rows(ONE).get(FIRST + 900)).containsEntry("2.m", -1 / 3.0);
  }

  @Test
  void collect_valueRevisedWithinLookback_isTaken() {
    collect().requireDone();
    one.put(FIRST + 58 * 900L, TEMPERATURE, 1234);
    one.put(FIRST + 10, DEPTH, 5);

    CollectPond.Ran ran = pond.run("hydrovu", yaml("lookback: 2h")).requireDone();

    Map<Long, Map<String, Double>> rows = expected(one);
    rows.computeIfAbsent(FIRST + 58 * 900L, key -> new TreeMap<>()).put("Temperature.C", 1234.0);
    assertThat(pond.rows(ONE)).isEqualTo(rows);
    assertThat(ran.printed().getFirst())
        .isEqualTo(
            ONE
                + ": 0 rows and 1 revised, 2023-11-15T12:43:20Z to 2023-11-15T12:43:20Z, from"
                + " HydroVu location 11");
    pond.run("hydrovu", yaml("lookback: 2h")).requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void collect_rowThatCameLate_isPutInItsPlace() {
    collect().requireDone();
    one.put(FIRST + 58 * 900L + 7, TEMPERATURE, 3);

    pond.run("hydrovu", yaml("lookback: 30d")).requireDone();

    Map<Long, Map<String, Double>> rows = expected(one);
    rows.put(FIRST + 58 * 900L + 7, Map.of("Temperature.C", 3.0));
    assertThat(pond.rows(ONE)).isEqualTo(rows);
  }

  @Test
  void collect_clockOfAnInstrumentSetToTheFuture_doesNotHideWhatComes() {
    one.put(FIRST + 2_000_000_000L, TEMPERATURE, 7);
    collect().requireDone();
    assertThat(pond.rows(ONE)).hasSize(ROWS + 1);
    one.put(FIRST + 900_000, TEMPERATURE, 8);

    collect().requireDone();

    assertThat(pond.rows(ONE))
        .hasSize(ROWS + 2)
        .containsEntry(FIRST + 900_000, Map.of("Temperature.C", 8.0));
  }

  @Test
  void archive_device_freezesItAndCollectGoesOn() {
    collect().requireDone();

    CollectPond.Ran ran =
        pond.run("hydrovu", yaml("archive_path: /old"), "archive", "--device", "one").requireDone();

    String frozen = "/old/devices/11/one_archive_20260301.series";
    assertThat(ran.printed()).containsExactly(ONE + " is now " + frozen);
    assertThat(pond.rows(frozen)).isEqualTo(expected(one));
    assertThat(pond.rows(ONE)).isEmpty();
    one.put(FIRST + 900_000, TEMPERATURE, 8);
    long sent = server.instantsSent();
    pond.run("hydrovu", yaml("archive_path: /old")).requireDone();
    assertThat(server.instantsSent()).isEqualTo(sent + 1);
    assertThat(pond.rows(ONE)).containsOnlyKeys(FIRST + 900_000);
    assertThat(pond.run("hydrovu", yaml("archive_path: /old"), "archive").failure().orElseThrow())
        .hasMessageContaining("one: '" + frozen + "' exists already");
  }

  @Test
  void locations_tenPages_areAllListed() {
    for (int i = 0; i < 28; i++) {
      data.add(new SimulatedDevice(100 + i, "more-" + i));
    }

    CollectPond.Ran ran = pond.run("hydrovu", yaml(""), "locations").requireDone();

    assertThat(ran.printed())
        .hasSize(31)
        .contains("id\tname\tplace\tcollected", "11\tone\t39.42570,-123.80530\tcollected")
        .contains("127\tmore-27\t39.42570,-123.80530\t-");
    assertThat(server.calls()).isEqualTo(10);
  }

  @Test
  void collect_seriesWhoseTimesCannotBeTold_isNotBegunAnew() {
    collect().requireDone();
    pond.steward()
        .write(
            new dev.duckpond.steward.WriteRequest(
                java.util.List.of("x"), "ada", "here", Duration.ofSeconds(1)),
            draft -> {
              draft.edit().remove(dev.duckpond.tinyfs.PondPath.of(ONE));
              return draft
                  .edit()
                  .write(
                      dev.duckpond.tinyfs.PondPath.of(ONE),
                      dev.duckpond.tinyfs.EntryType.TABLE_SERIES,
                      draft.stage(
                          new java.io.ByteArrayInputStream(new byte[] {1, 2, 3}),
                          dev.duckpond.tinyfs.EntryType.TABLE_SERIES),
                      dev.duckpond.tinyfs.ContentFacts.NONE);
            });
    long sent = server.instantsSent();

    CollectPond.Ran ran = collect();

    assertThat(ran.failure().orElseThrow()).hasMessageContaining("1 of 2 devices failed\n  one: ");
    assertThat(server.instantsSent()).isEqualTo(sent);
  }

  @Test
  void run_unknownWord_saysWhatThereIs() {
    assertThat(pond.run("hydrovu", yaml(""), "colect").failure().orElseThrow())
        .isInstanceOf(PondException.Usage.class)
        .hasMessageContaining("'colect' is not known");
    assertThat(
            pond.run("hydrovu", yaml(""), "collect", "--device", "three").failure().orElseThrow())
        .hasMessage("'/system/run/node' has no device 'three'. It has one, two.");
  }
}
