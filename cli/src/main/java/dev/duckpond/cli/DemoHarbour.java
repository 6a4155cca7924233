package dev.duckpond.cli;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.factories.SyntheticSeries;
import dev.duckpond.factories.SyntheticSeries.Point;
import dev.duckpond.factories.Waveform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The made-up harbour of the demo: what three instruments at two sites recorded in three years, and
 * a buoy that a service has.
 *
 * <pre>
 *   instruments/quay/AT500_1.series    2023-01-01 .. 2026-01-01, two gaps; begins with a clock that
 *                                      was not set
 *   instruments/mole/AT500_2.series    2023-01-01 .. 2024-05-30, then replaced by
 *   instruments/mole/AT500_3.series    2024-05-30 .. 2026-01-01
 *   service/4001/Buoy_1.series         2023-10-01 .. 2024-04-01
 * </pre>
 *
 * <p>A row each 15 minutes: the time in epoch seconds, as such instruments export it, and three
 * values. The same on every machine, but for the last digits of a sine, which are rounded away.
 */
record DemoHarbour(Path directory) {
  private static final Instant BEGIN = Instant.parse("2023-01-01T00:00:00Z");
  private static final Instant REPLACED = Instant.parse("2024-05-30T00:00:00Z");
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(15);
  private static final Duration TIDE = Duration.ofSeconds(44_714);
  private static final Duration YEAR = Duration.ofDays(365);

  /** A time without readings. */
  private record Gap(Instant from, Instant to) {}

  /** What tells one instrument from another. */
  private record Instrument(
      String file, Instant from, Instant to, long seed, double depth, List<Gap> gaps) {}

  private static final List<Instrument> INSTRUMENTS =
      List.of(
          new Instrument(
              "instruments/quay/AT500_1.series",
              BEGIN,
              END,
              1,
              3.2,
              List.of(
                  gap("2023-08-14T06:00:00Z", "2023-08-20T18:00:00Z"),
                  gap("2024-12-24T00:00:00Z", "2025-01-03T09:30:00Z"))),
          new Instrument("instruments/mole/AT500_2.series", BEGIN, REPLACED, 2, 5.6, List.of()),
          new Instrument("instruments/mole/AT500_3.series", REPLACED, END, 3, 5.4, List.of()),
          new Instrument(
              "service/4001/Buoy_1.series",
              Instant.parse("2023-10-01T00:00:00Z"),
              Instant.parse("2024-04-01T00:00:00Z"),
              4,
              7.9,
              List.of()));

  /** The rows of a clock that starts in 1970 until somebody sets it, two hours later. */
  private static final SyntheticSeries UNSET_CLOCK =
      new SyntheticSeries(
          Instant.EPOCH,
          Instant.EPOCH.plus(Duration.ofHours(2)),
          INTERVAL,
          "timestamp",
          points(1, 3.2));

  /** Answers the names of all files, below the directory. */
  static List<String> files() {
    return INSTRUMENTS.stream().map(Instrument::file).toList();
  }

  /** Writes the files, replacing what is there; answers how many there are. */
  int write(DuckSession session) throws IOException {
    for (Instrument instrument : INSTRUMENTS) {
      Path file = directory.resolve(instrument.file());
      Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(directory));
      session.copyToParquet(rows(instrument), file, ParquetOptions.defaults());
    }
    return INSTRUMENTS.size();
  }

  private static Sql rows(Instrument instrument) {
    SyntheticSeries series =
        new SyntheticSeries(
            instrument.from(),
            instrument.to(),
            INTERVAL,
            "timestamp",
            points(instrument.seed(), instrument.depth()));
    SqlBuilder sql =
        new SqlBuilder().text("SELECT * FROM (").append(exported(series)).text(") WHERE TRUE");
    for (Gap gap : instrument.gaps()) {
      sql.text(" AND NOT (timestamp >= ")
          .literal(gap.from().getEpochSecond())
          .text(" AND timestamp < ")
          .literal(gap.to().getEpochSecond())
          .text(")");
    }
    if (instrument.file().equals(INSTRUMENTS.getFirst().file())) {
      sql.text(" UNION ALL ").append(exported(UNSET_CLOCK));
    }
    return new SqlBuilder()
        .text("SELECT * FROM (")
        .append(sql.build())
        .text(") ORDER BY timestamp")
        .build();
  }

  /** Answers the rows as an instrument exports them: epoch seconds, three decimals. */
  private static Sql exported(SyntheticSeries series) {
    return new SqlBuilder()
        .text("SELECT epoch_us(timestamp) // 1000000 AS timestamp,")
        .text(" round(\"Temperature.C\", 3) AS \"Temperature.C\",")
        .text(" round(\"Salinity.psu\", 3) AS \"Salinity.psu\",")
        .text(" round(\"Depth.m\", 3) AS \"Depth.m\" FROM (")
        .append(series.select())
        .text(")")
        .build();
  }

  private static List<Point> points(long seed, double depth) {
    return List.of(
        new Point(
            "Temperature.C",
            List.of(
                new Waveform.Sine(3.1, YEAR, 12.4, -2.2),
                new Waveform.Sine(0.4, Duration.ofDays(1), 0, -1.9),
                new Waveform.Noise(0.15, seed * 10))),
        new Point(
            "Salinity.psu",
            List.of(
                new Waveform.Sine(1.2, YEAR, 32.6, 0.9),
                new Waveform.Sine(0.5, TIDE, 0, seed * 0.1),
                new Waveform.Noise(0.2, seed * 10 + 1))),
        new Point(
            "Depth.m",
            List.of(
                new Waveform.Sine(0.9, TIDE, depth, 0),
                new Waveform.Sine(0.3, Duration.ofHours(24), 0, 0.4),
                new Waveform.Noise(0.02, seed * 10 + 2))));
  }

  private static Gap gap(String from, String to) {
    return new Gap(Instant.parse(from), Instant.parse(to));
  }
}
