package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.EventBounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelationProfileTest {
  private static final long START = 1_717_200_000L;
  private static final long MICROS = 1_000_000L;

  @TempDir Path directory;
  private Harbour harbour;

  @BeforeEach
  void open() {
    harbour = new Harbour(directory);
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private RelationProfile profile(String path) {
    try (QuerySession session = harbour.open()) {
      return RelationProfile.of(session, session.relation(PondUrl.parse(path)));
    }
  }

  @Test
  void of_gapsAndDuplicates_areCounted() {
    // Minutes 0 1 2 2 2 3 5 6 7 27 28 28, and two rows without a time.
    harbour.append(
        "/s.series",
        "SELECT 1717200000 + 60 * unnest([0, 1, 2, 2, 2, 3, 5, 6, 7, 27, 28, 28, NULL, NULL])"
            + " AS timestamp, 1 AS v");
    RelationProfile profile = profile("/s.series");
    assertThat(profile)
        .isEqualTo(
            new RelationProfile(
                14,
                2,
                Optional.of(new EventBounds(START * MICROS, (START + 28 * 60) * MICROS)),
                2,
                5,
                Optional.of(
                    new RelationProfile.Steps(
                        Duration.ofMinutes(1),
                        2,
                        Optional.of(
                            new RelationProfile.Gap(
                                (START + 7 * 60) * MICROS, (START + 27 * 60) * MICROS))))));
    assertThat(profile.steps().orElseThrow().longest().orElseThrow().length())
        .isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void of_oneRowOrNone_hasNoSteps() {
    harbour.append("/one.series", "SELECT 1717200000 AS timestamp");
    assertThat(profile("/one.series").steps()).isEmpty();
    assertThat(profile("/one.series").rows()).isEqualTo(1);
    harbour.append("/none.series", "SELECT 1717200000 AS timestamp WHERE false");
    assertThat(profile("/none.series"))
        .isEqualTo(new RelationProfile(0, 0, Optional.empty(), 0, 0, Optional.empty()));
  }

  @Test
  void of_table_countsRows() {
    harbour.table("/t.table", "SELECT unnest([1, 2, 3]) AS a");
    assertThat(profile("/t.table"))
        .isEqualTo(new RelationProfile(3, 0, Optional.empty(), 0, 0, Optional.empty()));
  }
}
