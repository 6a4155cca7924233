package dev.duckpond.collect;

import static dev.duckpond.collect.HydroVuHarbour.CLIENT;
import static dev.duckpond.collect.HydroVuHarbour.DEPTH;
import static dev.duckpond.collect.HydroVuHarbour.ONE;
import static dev.duckpond.collect.HydroVuHarbour.ROWS;
import static dev.duckpond.collect.HydroVuHarbour.SECRET;
import static dev.duckpond.collect.HydroVuHarbour.TEMPERATURE;
import static dev.duckpond.collect.HydroVuHarbour.TWO;
import static dev.duckpond.collect.HydroVuHarbour.expectedOne;
import static dev.duckpond.collect.HydroVuHarbour.expectedTwo;
import static dev.duckpond.collect.HydroVuHarbour.oneAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.simulate.SimulatedDevice;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import dev.duckpond.steward.WriteRequest;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector against a service that answers over HTTP. */
final class HydroVuTest {
  /** Long after all that the instruments have measured. */
  private static final long LATER = oneAt(1000);

  @TempDir Path directory;
  private HydroVuHarbour harbour;

  @BeforeEach
  void open() throws IOException {
    harbour = HydroVuHarbour.open(directory);
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  @Test
  void collect_emptyPond_fillsEveryDeviceInBatches() {
    CollectPond.Ran ran = harbour.collect().requireDone();

    harbour.requireAll();
    assertThat(ran.printed())
        .containsExactly(
            ONE
                + ": 24 rows, 2023-11-14T22:00:00Z to 2023-11-15T03:45:00Z, from HydroVu location 11",
            TWO
                + ": 24 rows, 2023-11-14T22:00:00Z to 2023-11-15T01:50:00Z, from HydroVu location 22");
    assertThat(ran.warned()).isEmpty();
    assertThat(harbour.pond().versions(ONE)).hasSize(3);
    assertThat(harbour.pond().versions(ONE).getLast().facts().attributes())
        .containsEntry("units", "{\"Depth.m\":\"m\",\"Temperature.C\":\"C\"}");
  }

  @Test
  void collect_again_downloadsNothing() {
    harbour.collect().requireDone();
    long sent = harbour.server().instantsSent();

    CollectPond.Ran again = harbour.collect().requireDone();

    assertThat(harbour.server().instantsSent()).isEqualTo(sent);
    assertThat(harbour.pond().commits()).isZero();
    assertThat(again.printed().getFirst())
        .isEqualTo(ONE + ": nothing new, from HydroVu location 11");
    harbour.requireAll();
  }

  @Test
  void collect_newReadings_fetchesTheseAlone() {
    harbour.withoutBatches();
    harbour.collect().requireDone();
    long sent = harbour.server().instantsSent();
    harbour.one().put(LATER, TEMPERATURE, 99);

    harbour.collect().requireDone();

    assertThat(harbour.server().instantsSent()).isEqualTo(sent + 1);
    assertThat(harbour.pond().rows(ONE)).hasSize(ROWS + 1);
  }

  @Test
  void collect_deviceThatTheAccountLacks_isNamed() {
    harbour.withoutBatches();
    harbour.data().remove(11);

    CollectPond.Ran ran = harbour.collect();

    assertThat(ran.failure().orElseThrow())
        .hasMessageContaining("one: the account has no location 11 (one)")
        .hasMessageContaining("Run 'pond run /system/run/node locations' and correct 'id'.");
    assertThat(harbour.pond().rows(TWO)).isEqualTo(expectedTwo());
  }

  @Test
  void collect_wrongSecret_saysSoWithoutShowingIt() throws IOException {
    harbour.pond().variable("SECRET", "another-secret");

    CollectPond.Ran ran = harbour.collect();

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.Failed.class)
        .hasMessage(
            "HydroVu gives no token: it answered 401. Check the variables that 'client_id' and"
                + " 'client_secret' name, and 'base_url'.");
    assertThat(ran.text()).doesNotContain("another-secret");
    assertThat(harbour.pond().holds("another-secret")).isFalse();
  }

  @Test
  void collect_anything_leavesNoSecretInThePond() throws IOException {
    harbour.withoutBatches();
    harbour.collect().requireDone();

    assertThat(harbour.pond().holds(SECRET)).isFalse();
    assertThat(harbour.pond().holds(CLIENT)).isFalse();
    assertThat(harbour.pond().holds("token-1")).isFalse();
  }

  @Test
  void check_secretInClear_isRefusedAndNotRepeated() {
    String yaml = harbour.yaml("").replace("${env:SECRET}", SECRET);

    assertThatThrownBy(() -> harbour.pond().check("hydrovu", yaml))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "node.yaml:2:16: here stands a secret in clear. Set a variable of the environment to it"
                + " and write ${env:NAME}.");
    assertThatThrownBy(() ->
            harbour
                .pond()
                .check(
                    "hydrovu", harbour.yaml("").replace("${env:ID}", "${env:ID:-" + SECRET + "}")))
        .hasMessageContaining("secret in clear")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void check_nameThatNoSeriesCanHave_isToldAsItIsWritten() {
    assertThatThrownBy(() ->
            harbour.pond().check("hydrovu", harbour.yaml("").replace("name: one", "name: a/b")))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "node.yaml:7:12: the name 'a/b' is not usable: a name holds neither '/' nor NUL. Choose"
                + " one of 1 to 231 bytes of UTF-8, which the names of its series begin with.");
  }

  @Test
  void check_addressThatSecretsMustNotGoTo_isRefused() {
    assertThatThrownBy(() ->
            harbour
                .pond()
                .check(
                    "hydrovu",
                    harbour
                        .yaml("")
                        .replace(harbour.server().baseUrl().toString(), "http://example.org")))
        .hasMessageContaining("'http://example.org' is not an address to send secrets to");
  }

  @Test
  void collect_parameterThatAppearsInTheMiddle_addsAColumn() {
    harbour.withoutBatches();
    harbour.collect().requireDone();
    harbour.one().put(LATER, TEMPERATURE, 1);
    harbour.one().put(LATER, new Quantity("DO", "mg/L"), 8.5);

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(ONE).get(LATER))
        .isEqualTo(Map.of("Temperature.C", 1.0, "DO.mg/L", 8.5));
    assertThat(harbour.pond().rows(ONE)).hasSize(ROWS + 1);
    assertThat(harbour.pond().versions(ONE).getLast().facts().attributes().get("units"))
        .isEqualTo("{\"Depth.m\":\"m\",\"DO.mg/L\":\"mg/L\",\"Temperature.C\":\"C\"}");
  }

  @Test
  void collect_unitThatChanges_makesANewColumn() {
    harbour.withoutBatches();
    harbour.collect().requireDone();
    harbour.one().put(LATER, new Quantity("Temperature", "F"), 61);

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(ONE).get(LATER)).isEqualTo(Map.of("Temperature.F", 61.0));
    assertThat(harbour.pond().rows(ONE).get(oneAt(0))).isEqualTo(Map.of("Temperature.C", 0.0));
  }

  @Test
  void collect_parameterWithoutName_keepsItsIdAndWarns() {
    harbour.withoutBatches();
    harbour.data().forgetName("Depth");

    CollectPond.Ran ran = harbour.collect().requireDone();

    assertThat(ran.warned())
        .containsExactly("one: HydroVu has no name for parameter 2; the column has the id");
    assertThat(harbour.pond().rows(ONE).get(oneAt(1))).containsEntry("2.m", -1 / 3.0);
  }

  @Test
  void collect_nameThatIsEmpty_keepsTheIdAndWarns() {
    harbour.withoutBatches();
    harbour.one().put(LATER, new Quantity("pH", ""), 7.5);
    harbour.one().put(LATER, new Quantity(" ", "m"), 2);

    CollectPond.Ran ran = harbour.collect().requireDone();

    // The ids of the simulated service count from 1, as names are met.
    assertThat(ran.warned())
        .containsExactlyInAnyOrder(
            "one: HydroVu has no name for unit 3; the column has the id",
            "one: HydroVu has no name for parameter 4; the column has the id");
    assertThat(harbour.pond().rows(ONE).get(LATER)).isEqualTo(Map.of("pH.3", 7.5, "4.m", 2.0));
    assertThat(harbour.pond().versions(ONE).getLast().facts().attributes().get("units"))
        .doesNotContain("pH");
  }

  @Test
  void collect_valueRevisedWithinLookback_isTaken() {
    harbour.collect().requireDone();
    harbour.one().put(oneAt(22), TEMPERATURE, 1234);
    harbour.one().put(oneAt(0) + 10, DEPTH, 5);

    CollectPond.Ran ran = harbour.collectWith("lookback: 2h").requireDone();

    Map<Long, Map<String, Double>> rows = expectedOne();
    rows.computeIfAbsent(oneAt(22), key -> new TreeMap<>()).put("Temperature.C", 1234.0);
    assertThat(harbour.pond().rows(ONE)).isEqualTo(rows);
    assertThat(ran.printed().getFirst())
        .isEqualTo(
            ONE
                + ": 0 rows and 1 revised, 2023-11-15T03:30:00Z to 2023-11-15T03:30:00Z, from"
                + " HydroVu location 11");
    harbour.collectWith("lookback: 2h").requireDone();
    assertThat(harbour.pond().commits()).isZero();
  }

  @Test
  void collect_rowThatCameLate_isPutInItsPlace() {
    harbour.collect().requireDone();
    harbour.one().put(oneAt(22) + 7, TEMPERATURE, 3);

    harbour.collectWith("lookback: 30d").requireDone();

    Map<Long, Map<String, Double>> rows = expectedOne();
    rows.put(oneAt(22) + 7, Map.of("Temperature.C", 3.0));
    assertThat(harbour.pond().rows(ONE)).isEqualTo(rows);
  }

  @Test
  void collect_clockOfAnInstrumentSetToTheFuture_doesNotHideWhatComes() {
    harbour.withoutBatches();
    harbour.one().put(oneAt(2_000_000), TEMPERATURE, 7);
    harbour.collect().requireDone();
    assertThat(harbour.pond().rows(ONE)).hasSize(ROWS + 1);
    harbour.one().put(LATER, TEMPERATURE, 8);

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(ONE))
        .hasSize(ROWS + 2)
        .containsEntry(LATER, Map.of("Temperature.C", 8.0));
  }

  @Test
  void archive_device_freezesItAndCollectGoesOn() {
    harbour.withoutBatches();
    harbour.collect().requireDone();

    CollectPond.Ran ran =
        harbour
            .pond()
            .run("hydrovu", harbour.yaml("archive_path: /old"), "archive", "--device", "one")
            .requireDone();

    String frozen = "/old/devices/11/one_archive_20260301.series";
    assertThat(ran.printed()).containsExactly(ONE + " is now " + frozen);
    assertThat(harbour.pond().rows(frozen)).isEqualTo(expectedOne());
    assertThat(harbour.pond().rows(ONE)).isEmpty();
    harbour.one().put(LATER, TEMPERATURE, 8);
    long sent = harbour.server().instantsSent();
    harbour.collectWith("archive_path: /old").requireDone();
    assertThat(harbour.server().instantsSent()).isEqualTo(sent + 1);
    assertThat(harbour.pond().rows(ONE)).containsOnlyKeys(LATER);
    assertThat(
            harbour
                .pond()
                .run("hydrovu", harbour.yaml("archive_path: /old"), "archive")
                .failure()
                .orElseThrow())
        .hasMessageContaining("one: '" + frozen + "' exists already");
  }

  @Test
  void collect_archiveThatWasRenamed_goesOnWhereItEnded() {
    harbour.withoutBatches();
    harbour.collect().requireDone();
    harbour.pond().run("hydrovu", harbour.yaml(""), "archive").requireDone();
    harbour
        .pond()
        .steward()
        .write(
            new WriteRequest(List.of("x"), "ada", "here", Duration.ofSeconds(1)),
            draft -> {
              PondPath frozen = PondPath.of("/hydrovu/devices/11/one_archive_20260301.series");
              draft.edit().move(frozen, PondPath.of("/hydrovu/winter.series"));
              return true;
            });
    harbour.one().put(LATER, TEMPERATURE, 8);
    long sent = harbour.server().instantsSent();

    harbour.collectWith("lookback: 30d").requireDone();

    assertThat(harbour.server().instantsSent()).isEqualTo(sent + 1);
    assertThat(harbour.pond().rows(ONE)).containsOnlyKeys(LATER);
  }

  @Test
  void collect_lookbackBeyondAnArchive_leavesWhatIsFrozenThere() {
    harbour.withoutBatches();
    harbour.collect().requireDone();
    harbour.pond().run("hydrovu", harbour.yaml(""), "archive").requireDone();
    harbour.one().put(oneAt(22), TEMPERATURE, 1234);
    harbour.one().put(LATER, TEMPERATURE, 8);

    harbour.collectWith("lookback: 30d").requireDone();

    assertThat(harbour.pond().rows(ONE)).containsOnlyKeys(LATER);
    assertThat(harbour.pond().rows(TWO)).isEmpty();
    assertThat(harbour.pond().rows("/hydrovu/devices/11/one_archive_20260301.series"))
        .isEqualTo(expectedOne());
  }

  @Test
  void locations_tenPages_areAllListed() {
    for (int i = 0; i < 28; i++) {
      harbour.data().add(new SimulatedDevice(100 + i, "more-" + i));
    }

    CollectPond.Ran ran =
        harbour.pond().run("hydrovu", harbour.yaml(""), "locations").requireDone();

    assertThat(ran.printed())
        .hasSize(31)
        .contains("id\tname\tplace\tcollected", "11\tone\t39.42570,-123.80530\tcollected")
        .contains("127\tmore-27\t39.42570,-123.80530\t-");
    assertThat(harbour.server().calls()).isEqualTo(10);
  }

  @Test
  void collect_seriesWhoseTimesCannotBeTold_isNotBegunAnew() {
    harbour.withoutBatches();
    harbour.collect().requireDone();
    harbour
        .pond()
        .steward()
        .write(
            new WriteRequest(List.of("x"), "ada", "here", Duration.ofSeconds(1)),
            draft -> {
              draft.edit().remove(PondPath.of(ONE));
              return draft
                  .edit()
                  .write(
                      PondPath.of(ONE),
                      EntryType.TABLE_SERIES,
                      draft.stage(
                          new ByteArrayInputStream(new byte[] {1, 2, 3}), EntryType.TABLE_SERIES),
                      ContentFacts.NONE);
            });
    long sent = harbour.server().instantsSent();

    CollectPond.Ran ran = harbour.collect();

    assertThat(ran.failure().orElseThrow()).hasMessageContaining("1 of 2 devices failed\n  one: ");
    assertThat(harbour.server().instantsSent()).isEqualTo(sent);
  }

  @Test
  void run_unknownWord_saysWhatThereIs() {
    assertThat(harbour.pond().run("hydrovu", harbour.yaml(""), "colect").failure().orElseThrow())
        .isInstanceOf(PondException.Usage.class)
        .hasMessageContaining("'colect' is not known");
    assertThat(
            harbour
                .pond()
                .run("hydrovu", harbour.yaml(""), "collect", "--device", "three")
                .failure()
                .orElseThrow())
        .hasMessage("'/system/run/node' has no device 'three'. It has one, two.");
  }
}
