package dev.duckpond.collect;

import static dev.duckpond.collect.HydroVuHarbour.ONE;
import static dev.duckpond.collect.HydroVuHarbour.ROWS;
import static dev.duckpond.collect.HydroVuHarbour.TEMPERATURE;
import static dev.duckpond.collect.HydroVuHarbour.expectedOne;
import static dev.duckpond.collect.HydroVuHarbour.oneAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.query.ExecutableNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instruments that get another name in the configuration; their ids stay. */
final class HydroVuRenamedTest {
  private static final String UNO = "/hydrovu/devices/11/uno_active.series";

  @TempDir Path directory;
  private HydroVuHarbour harbour;

  @BeforeEach
  void collectUnderTheFormerName() throws IOException {
    harbour = HydroVuHarbour.open(directory).withoutBatches();
    harbour.collect().requireDone();
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private CollectPond.Ran runRenamed(String... words) {
    return harbour.pond().run(HydroVuKind.NAME, renamed(), words);
  }

  private String renamed() {
    return harbour.yaml("").replace("name: one,", "name: uno,");
  }

  private boolean isThere(String path) {
    return harbour.pond().tree().find(PondPath.of(path)).isPresent();
  }

  @Test
  void collect_renamedDevice_takesItsSeriesAlongAndFetchesWhatIsNewAlone() {
    long sent = harbour.server().instantsSent();
    NodeVersion before = harbour.pond().versions(ONE).getLast();
    harbour.one().put(oneAt(1000), TEMPERATURE, 99);

    CollectPond.Ran ran = runRenamed().requireDone();

    assertThat(harbour.server().instantsSent()).isEqualTo(sent + 1);
    assertThat(isThere(ONE)).isFalse();
    assertThat(harbour.pond().rows(UNO)).hasSize(ROWS + 1).containsAllEntriesOf(expectedOne());
    assertThat(harbour.pond().versions(UNO)).startsWith(before);
    assertThat(ran.printed().getFirst())
        .isEqualTo(ONE + " is now " + UNO + ", as device 11 is called");
    assertThat(runRenamed().requireDone().printed().getFirst()).startsWith(UNO + ": nothing new");
  }

  @Test
  void collect_runThatIsKilledOnceTheSeriesIsRenamed_goesOn() {
    harbour.one().put(oneAt(1000), TEMPERATURE, 99);
    harbour.pond().killAfterCommit(1);
    try {
      runRenamed();
    } catch (CollectPond.Killed end) {
      harbour.pond().killNoMore();
    }

    runRenamed().requireDone();

    assertThat(harbour.pond().rows(UNO)).hasSize(ROWS + 1);
    assertThat(isThere(ONE)).isFalse();
  }

  @Test
  void collect_deviceThatWasArchivedUnderItsFormerName_goesOnWhereThatEnded() {
    harbour.pond().run(HydroVuKind.NAME, harbour.yaml(""), "archive").requireDone();
    long sent = harbour.server().instantsSent();

    runRenamed().requireDone();

    assertThat(harbour.server().instantsSent()).isEqualTo(sent);
    assertThat(isThere(UNO)).isFalse();
  }

  @Test
  void archive_renamedDevice_freezesItsSeriesUnderTheNewName() {
    runRenamed("archive").requireDone();

    assertThat(isThere("/hydrovu/devices/11/uno_archive_20260301.series")).isTrue();
    assertThat(isThere(ONE)).isFalse();
  }

  @Test
  void collect_severalSeriesThatMayBeMeant_isAnErrorAndFetchesNothing() {
    harbour
        .pond()
        .change(draft -> {
          // The same rows twice, under two names.
          NodeVersion version = harbour.pond().versions(ONE).getLast();
          try (var in = harbour.pond().tree().snapshot().contents().open(version)) {
            draft
                .edit()
                .write(
                    PondPath.of("/hydrovu/devices/11/eins_active.series"),
                    EntryType.TABLE_SERIES,
                    draft.stage(in, EntryType.TABLE_SERIES),
                    version.facts());
          }
        });
    long sent = harbour.server().instantsSent();

    CollectPond.Ran ran = runRenamed();

    assertThat(harbour.server().instantsSent()).isEqualTo(sent);
    assertThat(ran.failure().orElseThrow().problem())
        .contains(
            "uno: it is not known which series device 11 had under its former name:"
                + " /hydrovu/devices/11 has eins_active.series and one_active.series. Rename the one"
                + " that goes on to 'uno_active.series' with 'pond mv'.");
  }

  @Test
  void freshness_renamedDeviceBeforeItsNextRun_isThatOfTheFormerSeries() {
    harbour.pond().make("/system/run/h", HydroVuKind.NAME, renamed());
    var tree = harbour.pond().tree();
    var node = (Node.Dynamic) tree.require(PondPath.of("/system/run/h"));

    assertThat(((ExecutableNode) node.content()).freshness(tree).orElseThrow().sources())
        .allSatisfy(source -> assertThat(source.newest()).isPresent());
  }

  @Test
  void freshness_devicesOfOneName_areToldApartByTheirIds() {
    String yaml = harbour.yaml("").replaceAll("name: [a-z]+,", "name: same,");
    harbour.pond().make("/system/run/h", HydroVuKind.NAME, yaml);
    var tree = harbour.pond().tree();
    var node = (Node.Dynamic) tree.require(PondPath.of("/system/run/h"));

    assertThat(((ExecutableNode) node.content()).freshness(tree).orElseThrow().sources())
        .extracting(source -> source.name())
        .contains("same (11)")
        .doesNotHaveDuplicates();
  }
}
