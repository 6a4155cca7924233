package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyntheticSeriesTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path dir;
  private DuckSession session;

  @BeforeEach
  void open() {
    session = DuckSession.open(DuckOptions.builder(dir).threads(2).build());
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void select_endOnAStep_isHalfOpen() {
    SyntheticSeries series = series(START.plus(HOUR.multipliedBy(3)), new Waveform.Line(1, 0));

    assertThat(series.rowCount()).isEqualTo(3);
    assertThat(micros(series))
        .containsExactly(
            START.toEpochMilli() * 1000,
            START.toEpochMilli() * 1000 + 3_600_000_000L,
            START.toEpochMilli() * 1000 + 7_200_000_000L);
  }

  @Test
  void select_endBetweenSteps_keepsTheStepBefore() {
    assertThat(micros(series(START.plusSeconds(3601), new Waveform.Line(1, 0)))).hasSize(2);
  }

  @Test
  void select_startEqualsEnd_isEmpty() {
    assertThat(micros(series(START, new Waveform.Line(1, 0)))).isEmpty();
  }

  @Test
  void line_value_growsByTheSlopeEachSecond() {
    assertThat(values(new Waveform.Line(10, 0.5))).startsWith(10.0, 1810.0, 3610.0);
  }

  @Test
  void sine_fourthOfAPeriod_isAtTheTop() {
    List<Double> values = values(new Waveform.Sine(2, Duration.ofHours(4), 5, 0));

    assertThat(values.get(1)).isCloseTo(7, within(1e-6));
    assertThat(values.get(3)).isCloseTo(3, within(1e-6));
  }

  @Test
  void triangle_eighthOfAPeriod_isHalfWayUp() {
    List<Double> values = values(new Waveform.Triangle(2, Duration.ofHours(8), 0, 0));

    assertThat(values.get(1)).isCloseTo(1, within(1e-5));
    assertThat(values.get(2)).isCloseTo(2, within(1e-5));
  }

  @Test
  void square_halves_areHighAndLow() {
    List<Double> values = values(new Waveform.Square(3, Duration.ofHours(8), 1, 0.01));

    assertThat(values.subList(0, 8)).containsExactly(4.0, 4.0, 4.0, 4.0, -2.0, -2.0, -2.0, -2.0);
  }

  @Test
  void noise_values_fillTheRangeEvenly() {
    List<Double> values = values(new Waveform.Noise(1, 42));

    assertThat(values).allSatisfy(value -> assertThat(value).isBetween(-1.0, 1.0));
    assertThat(values.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .isCloseTo(0, within(0.1));
    assertThat(values.stream().filter(value -> value > 0.5).count()).isBetween(150L, 350L);
    assertThat(values.stream().distinct().count()).isEqualTo(1000);
  }

  @Test
  void noise_laterStart_hasTheSameValuesAtTheSameInstants() {
    Waveform noise = new Waveform.Noise(1, 7);
    List<Double> whole = values(noise);
    SyntheticSeries later =
        new SyntheticSeries(
            START.plus(HOUR.multipliedBy(10)),
            START.plus(HOUR.multipliedBy(1000)),
            HOUR,
            "timestamp",
            List.of(new SyntheticSeries.Point("v", List.of(noise))));

    assertThat(read(later)).isEqualTo(whole.subList(10, 1000));
  }

  @Test
  void noise_otherSeed_isOtherNoise() {
    assertThat(values(new Waveform.Noise(1, 1))).isNotEqualTo(values(new Waveform.Noise(1, 2)));
  }

  @Test
  void components_several_areAdded() {
    assertThat(values(new Waveform.Line(1, 0), new Waveform.Line(2, 0))).contains(3.0);
  }

  @Test
  void series_twoColumnsOfOneName_isRefused() {
    SyntheticSeries.Point point =
        new SyntheticSeries.Point("timestamp", List.of(new Waveform.Line(0, 0)));

    assertThatThrownBy(() -> new SyntheticSeries(START, START, HOUR, "timestamp", List.of(point)))
        .hasMessage("two columns are named 'timestamp'");
  }

  private List<Double> values(Waveform... components) {
    return read(series(START.plus(HOUR.multipliedBy(1000)), components));
  }

  private static SyntheticSeries series(Instant end, Waveform... components) {
    return new SyntheticSeries(
        START,
        end,
        HOUR,
        "timestamp",
        List.of(new SyntheticSeries.Point("v", List.of(components))));
  }

  private List<Double> read(SyntheticSeries series) {
    Sql sql = new SqlBuilder().text("SELECT v FROM (").append(series.select()).text(")").build();
    return session.list(sql, rows -> rows.doubleValue(0));
  }

  private List<Long> micros(SyntheticSeries series) {
    return session.list(series.select(), rows -> rows.micros(0));
  }
}
