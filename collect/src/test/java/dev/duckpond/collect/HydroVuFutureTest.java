package dev.duckpond.collect;

import static dev.duckpond.collect.HydroVuHarbour.ONE;
import static dev.duckpond.collect.HydroVuHarbour.ROWS;
import static dev.duckpond.collect.HydroVuHarbour.TEMPERATURE;
import static dev.duckpond.collect.HydroVuHarbour.expectedOne;
import static dev.duckpond.collect.HydroVuHarbour.oneAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.simulate.SimulatedDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readings of an instrument whose clock was set to the future: they are stored once, and neither
 * they nor their time when it comes keep others from being stored.
 */
final class HydroVuFutureTest {
  private static final String FROZEN = "/hydrovu/devices/11/one_archive_20260301.series";
  private static final long AHEAD = at(CollectPond.START, Duration.ofDays(7));

  @TempDir Path directory;
  private HydroVuHarbour harbour;

  @BeforeEach
  void open() throws IOException {
    harbour = HydroVuHarbour.open(directory).withoutBatches();
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private static long at(Instant start, Duration later) {
    return start.plus(later).getEpochSecond();
  }

  /** Lets the first instrument be one that has measured nothing. */
  private SimulatedDevice anew() {
    SimulatedDevice empty = new SimulatedDevice(11, "one");
    harbour.data().remove(11);
    harbour.data().add(empty);
    return empty;
  }

  private void archive() {
    harbour.pond().run(HydroVuKind.NAME, harbour.yaml(""), "archive").requireDone();
  }

  @Test
  void collect_readingOfTheFutureAlone_goesOnFromTheBeginning() {
    SimulatedDevice one = anew();
    one.put(AHEAD, TEMPERATURE, 7);
    harbour.collect().requireDone();
    one.put(oneAt(0), TEMPERATURE, 8);

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(ONE))
        .isEqualTo(
            Map.of(oneAt(0), Map.of("Temperature.C", 8.0), AHEAD, Map.of("Temperature.C", 7.0)));
    assertThat(harbour.collect().requireDone().printed().getFirst())
        .startsWith(ONE + ": nothing new");
  }

  @Test
  void collect_archiveHasTheReadingOfTheFuture_doesNotTakeItAgain() {
    harbour.one().put(AHEAD, TEMPERATURE, 7);
    harbour.collect().requireDone();
    archive();

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(FROZEN)).hasSize(ROWS + 1).containsKey(AHEAD);
    assertThat(harbour.pond().rows(ONE)).isEmpty();
    harbour.one().put(oneAt(1000), TEMPERATURE, 8);
    harbour.collect().requireDone();
    assertThat(harbour.pond().rows(ONE)).containsOnlyKeys(oneAt(1000));
  }

  @Test
  void collect_activeSeriesHasTheFutureAlone_goesOnAfterTheArchive() {
    harbour.collect().requireDone();
    archive();
    harbour.one().put(AHEAD, TEMPERATURE, 7);
    harbour.collect().requireDone();
    assertThat(harbour.pond().rows(ONE)).containsOnlyKeys(AHEAD);
    harbour.one().put(oneAt(1000), TEMPERATURE, 8);

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(FROZEN)).isEqualTo(expectedOne());
    assertThat(harbour.pond().rows(ONE)).containsOnlyKeys(oneAt(1000), AHEAD);
  }

  @Test
  void collect_archiveOfTheFutureAlone_isNotFetchedAgain() {
    SimulatedDevice one = anew();
    one.put(AHEAD, TEMPERATURE, 7);
    harbour.collect().requireDone();
    archive();
    one.put(oneAt(0), TEMPERATURE, 8);

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(FROZEN)).containsOnlyKeys(AHEAD);
    assertThat(harbour.pond().rows(ONE)).containsOnlyKeys(oneAt(0));
  }

  @Test
  void collect_timeOfAnArchivedReadingHasCome_leavesNoGapBeforeIt() {
    harbour.one().put(AHEAD, TEMPERATURE, 7);
    harbour.collect().requireDone();
    archive();
    harbour.pond().clock().advance(Duration.ofDays(8));
    harbour.one().put(AHEAD - 60, TEMPERATURE, 8);
    harbour.one().put(AHEAD + 60, TEMPERATURE, 9);

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(ONE)).containsOnlyKeys(AHEAD - 60, AHEAD + 60);
  }

  @Test
  void collect_clockOfAnInstrumentWasHoursAhead_leavesNoGap() {
    harbour.collect().requireDone();
    long ahead = at(CollectPond.START, Duration.ofHours(6));
    harbour.one().put(ahead, TEMPERATURE, 7);
    harbour.collect().requireDone();
    for (int hour = 1; hour <= 8; hour++) {
      harbour.pond().clock().advance(Duration.ofHours(1));
      long now = at(CollectPond.START, Duration.ofHours(hour));
      harbour.one().put(now - 60, TEMPERATURE, hour);

      harbour.collect().requireDone();

      assertThat(harbour.pond().rows(ONE)).hasSize(ROWS + 1 + hour).containsKey(now - 60);
    }
  }

  @Test
  void collect_clockOfThisMachineWentBackByYears_goesOnWhereItWas() {
    harbour.collect().requireDone();
    harbour.pond().clock().advance(Duration.ofDays(-2000));
    harbour.one().put(oneAt(1000), TEMPERATURE, 8);

    harbour.collect().requireDone();

    assertThat(harbour.pond().rows(ONE)).hasSize(ROWS + 1).containsKey(oneAt(1000));
  }
}
