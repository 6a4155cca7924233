package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.query.RelationColumn;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rollups are known by stays the same from release to release. */
class ReductionTest {
  private static final RelationColumn LEVEL = new RelationColumn("level", "DOUBLE");

  @Test
  void recipe_tellsColumnsTypesAndAggregates() {
    Reduction reduction =
        new Reduction(
            "time",
            List.of(
                new Reduction.Output.Of(Aggregate.AVG, LEVEL, "level.avg"),
                new Reduction.Output.Rows("time.count")));

    assertThat(reduction.recipe())
        .isEqualTo("[\"time\",\"avg\",\"level\",\"DOUBLE\",\"level.avg\",\"rows\",\"time.count\"]");
  }

  @Test
  void recipe_ofResolutions_isOfTheBuckets() {
    ZoneId utc = ZoneId.of("UTC");
    ZoneId kolkata = ZoneId.of("Asia/Kolkata");
    assertThat(Resolution.parse("60m", utc).recipe())
        .isEqualTo(Resolution.parse("1h", utc).recipe())
        .isEqualTo("3600000000 us from 0");
    assertThat(Resolution.parse("1w", utc).recipe()).isEqualTo("604800000000 us from 345600000000");
    assertThat(Resolution.parse("1w", kolkata).recipe()).isEqualTo("7 days from 4 in Asia/Kolkata");
    assertThat(Resolution.parse("1q", kolkata).recipe()).isEqualTo("3 months in Asia/Kolkata");
  }
}
