package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalBoundsTest {
  private static final long HOUR = 3_600_000_000L;

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

  private void append(String path, int fromHour, int toHour) {
    harbour.append(
        path,
        "SELECT make_timestamp(i * 3600000000) AS timestamp, i AS v FROM range(%d, %d) t(i)"
            .formatted(fromHour, toHour));
  }

  private void set(String path, long min, long max) {
    TemporalBounds bounds = new TemporalBounds(Optional.of(min), Optional.of(max));
    harbour
        .pond()
        .commit((edit, write) ->
            edit.setAttributes(PondPath.of(path), bounds.within(Map.of("a", "b"))));
  }

  @Test
  void attributes_roundTripBesideOthers() {
    TemporalBounds bounds = new TemporalBounds(Optional.of(-5L), Optional.empty());

    Map<String, String> all = bounds.within(Map.of("a", "b", "max_time", "7"));

    assertThat(all).isEqualTo(Map.of("a", "b", "min_time", "-5"));
    assertThat(TemporalBounds.of(all)).isEqualTo(bounds);
    assertThat(TemporalBounds.of(Map.of())).isEqualTo(TemporalBounds.NONE);
    assertThat(TemporalBounds.NONE.range()).isEqualTo(TimeRange.ALL);
    assertThat(bounds.range()).isEqualTo(new TimeRange(-5, Long.MAX_VALUE));
    assertThat(new TemporalBounds(Optional.empty(), Optional.of(7L)).range())
        .isEqualTo(new TimeRange(Long.MIN_VALUE, 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TemporalBounds(Optional.of(2L), Optional.of(1L)))
        .withMessage("min 2 is after max 1");
  }

  @Test
  void series_otherTimeColumn_staysWithinTheBoundsOfItsOwn() {
    harbour.append(
        "/s.series",
        "SELECT make_timestamp(i * 3600000000) AS timestamp, TIMESTAMP '2024-01-01' AS sent, i AS v"
            + " FROM range(5) t(i)");
    set("/s.series", HOUR, 2 * HOUR);
    assertThat(harbour.csv("SELECT v FROM 'series:///s.series?time_column=sent'"))
        .isEqualTo("v\n1\n2\n");
  }

  @Test
  void series_bounds_takeBothEndsAndHoldForEveryVersion() {
    append("/s.series", 0, 5);
    set("/s.series", 2 * HOUR, 6 * HOUR);
    append("/s.series", 4, 9);
    append("/s.series", 20, 22);

    try (QuerySession session = harbour.open()) {
      Relation relation = session.relation(PondUrl.parse("/s.series"));
      assertThat(Harbour.csv(session, session.prepare("SELECT v FROM \"/s.series\"")))
          .isEqualTo("v\n2\n3\n4\n4\n5\n6\n");
      assertThat(Harbour.csv(session, relation.select(new TimeRange(6 * HOUR, 7 * HOUR))))
          .isEqualTo("timestamp,v\n1970-01-01T06:00:00Z,6\n");
      assertThat(relation.extents().stream().map(Extent::bounds))
          .containsExactly(
              Optional.of(new EventBounds(2 * HOUR, 4 * HOUR)),
              Optional.of(new EventBounds(4 * HOUR, 6 * HOUR)),
              Optional.empty());
      assertThat(relation.extents().stream().map(Extent::rows))
          .containsExactly(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(0));
      assertThat(relation.derivation().text()).contains("/s.series within ");
    }
  }

  @Test
  void union_bounds_areThoseOfEachNode() {
    append("/a.series", 0, 4);
    append("/b.series", 0, 4);
    append("/c.series", 0, 4);
    set("/a.series", 1 * HOUR, 1 * HOUR);
    set("/c.series", 3 * HOUR, 9 * HOUR);

    assertThat(harbour.csv("SELECT v FROM pond('/*.series')")).isEqualTo("v\n1\n0\n1\n2\n3\n3\n");
    assertThat(harbour.csv("SELECT v FROM \"parquet:///*.series\" ORDER BY v"))
        .isEqualTo("v\n0\n1\n1\n2\n3\n3\n");
    try (QuerySession session = harbour.open()) {
      List<Extent> extents = session.relation(PondUrl.parse("parquet:///*.series")).extents();
      assertThat(extents).hasSize(3);
      assertThat(extents.getFirst().bounds()).contains(new EventBounds(HOUR, HOUR));
    }
  }
}
