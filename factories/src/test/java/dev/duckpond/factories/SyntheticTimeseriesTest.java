package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waves, as a node. */
class SyntheticTimeseriesTest {
  @TempDir Path directory;
  private ComputedPond pond;

  @BeforeEach
  void open() {
    pond = SmallHarbour.in(directory);
  }

  @AfterEach
  void close() {
    pond.close();
  }

  @Test
  void synthetic_waves_areComputed() {
    pond.node(
        "synthetic-timeseries",
        "/waves",
        """
        start: 2025-01-01T00:00:00Z
        end: 2025-01-01T03:00:00Z
        interval: 1h
        points:
          - name: x
            components:
              - {type: line, offset: 1, slope: 0.001}
              - {type: square, period: 2h, amplitude: 10}
        """);

    assertThat(pond.csv("SELECT timestamp, round(x, 3) AS x FROM \"/waves\" ORDER BY 1"))
        .isEqualTo(
            """
            timestamp,x
            2025-01-01T00:00:00Z,11.0
            2025-01-01T01:00:00Z,-5.4
            2025-01-01T02:00:00Z,18.2
            2025-01-01T03:00:00Z,1.8
            """);
    assertThat(pond.csv("/waves", between("2025-01-01T01:00:00Z", "2025-01-01T02:00:00Z")).lines())
        .hasSize(2);
  }

  private static TimeRange between(String from, String to) {
    return TimeRange.between(Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to)));
  }
}
