package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a join costs grows with its inputs and no faster: the SQL, the plan, the depth of it. */
class JoinScaleTest {
  private static final int[] INPUTS = {4, 8, 16, 32};
  private static final Pattern OPERATOR = Pattern.compile("\"name\": \"");

  @TempDir Path directory;
  private ComputedPond pond;

  @BeforeEach
  void open() {
    pond = new ComputedPond(directory);
    for (int i = 0; i < INPUTS[INPUTS.length - 1]; i++) {
      pond.append(
          "/in/s%02d.series".formatted(i),
          "SELECT 1717200000 + 3600 * i AS timestamp, i + %d AS x, 2.5 * i AS y FROM range(3) r(i)"
              .formatted(i));
    }
  }

  @AfterEach
  void close() {
    pond.close();
  }

  /** How large a join is. */
  private record Size(int characters, long operators, int depth) {}

  private Size size(int inputs, String scope) {
    StringBuilder yaml = new StringBuilder("inputs:\n");
    for (int i = 0; i < inputs; i++) {
      yaml.append("  - {pattern: /in/s%02d.series, scope: %s}\n".formatted(i, scope.formatted(i)));
    }
    pond.node("timeseries-join", "/joined", yaml.toString());
    try (QuerySession session = pond.open()) {
      Sql select = session.relation(PondUrl.parse("/joined")).select(TimeRange.ALL);
      Sql explain = Sql.of("EXPLAIN (FORMAT json) ").plus(select);
      String plan = session.duck().list(explain, rows -> rows.text(1)).getFirst();
      return new Size(
          select.toString().length(), OPERATOR.matcher(plan).results().count(), depth(plan));
    }
  }

  private static int depth(String plan) {
    return plan.lines()
        .filter(line -> line.contains("\"name\": \""))
        .mapToInt(line -> line.indexOf('"') / 8)
        .max()
        .orElse(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"S%d", "S"})
  void size_ofAJoin_growsWithItsInputs(String scope) {
    Size four = size(INPUTS[0], scope);
    Size eight = size(INPUTS[1], scope);
    long more = eight.operators() - four.operators();
    for (int i = 1; i < INPUTS.length; i++) {
      Size size = size(INPUTS[i], scope);
      int times = INPUTS[i] / INPUTS[0];
      assertThat(size.characters()).as("%s", size).isLessThan(four.characters() * times * 11 / 10);
      // Each four inputs are as many operators more.
      assertThat(size.operators()).as("%s", size).isEqualTo(four.operators() + more * (times - 1));
      // Two and two: each doubling is one more level, of a join and a projection.
      assertThat(size.depth()).as("%s", size).isLessThanOrEqualTo(four.depth() + 2 * i);
    }
  }

  @Test
  void join_ofManyInputs_hasEveryValue() {
    Size size = size(32, "S%02d");

    assertThat(size.operators()).isPositive();
    assertThat(
            pond.csv(
                "SELECT timestamp, \"S00.x\" AS a, \"S17.x\" AS b, \"S31.x\" AS c, \"S31.y\" AS y"
                    + " FROM \"/joined\" ORDER BY timestamp"))
        .isEqualTo(
            """
            timestamp,a,b,c,y
            2024-06-01T00:00:00Z,0,17,31,0.0
            2024-06-01T01:00:00Z,1,18,32,2.5
            2024-06-01T02:00:00Z,2,19,33,5.0
            """);
  }
}
