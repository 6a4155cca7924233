package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.time.Duration;

/**
 * One component of a synthetic value, as a function of time.
 *
 * <p>Waves are functions of the seconds since the epoch, so that a series that starts later has the
 * same values at the same instants. In the SQL of a component, {@code t} is those seconds (DOUBLE),
 * {@code s} the seconds since the start of the series (DOUBLE), and {@code k} the number of the
 * instant since the epoch, in intervals (BIGINT).
 */
public sealed interface Waveform {
  /** Answers the component as an SQL expression of type DOUBLE. */
  Sql expression();

  /** {@code offset + amplitude * sin(2 pi t / period + phase)}; the phase in radians. */
  record Sine(double amplitude, Duration period, double offset, double phase) implements Waveform {
    public Sine {
      requirePositive(period);
    }

    @Override
    public Sql expression() {
      return new SqlBuilder()
          .literal(offset)
          .text(" + ")
          .literal(amplitude)
          .text(" * sin(")
          .append(angle(period, phase))
          .text(")")
          .build();
    }
  }

  /**
   * Rises and falls in straight lines between {@code offset - amplitude} and {@code + amplitude}.
   */
  record Triangle(double amplitude, Duration period, double offset, double phase)
      implements Waveform {
    public Triangle {
      requirePositive(period);
    }

    @Override
    public Sql expression() {
      return new SqlBuilder()
          .literal(offset)
          .text(" + ")
          .literal(amplitude)
          .text(" * (2 / pi()) * asin(sin(")
          .append(angle(period, phase))
          .text("))")
          .build();
    }
  }

  /** Jumps between {@code offset + amplitude} and {@code offset - amplitude} each half period. */
  record Square(double amplitude, Duration period, double offset, double phase)
      implements Waveform {
    public Square {
      requirePositive(period);
    }

    @Override
    public Sql expression() {
      // Counted in turns: a sine would not be sure of its sign where the wave jumps.
      Sql turns =
          new SqlBuilder()
              .text("(t / ")
              .literal(period.toMillis() / 1000.0)
              .text(" + ")
              .literal(phase / (2 * Math.PI))
              .text(")")
              .build();
      return new SqlBuilder()
          .literal(offset)
          .text(" + ")
          .literal(amplitude)
          .text(" * CASE WHEN ")
          .append(turns)
          .text(" - floor(")
          .append(turns)
          .text(") < 0.5 THEN 1 ELSE -1 END")
          .build();
    }
  }

  /** {@code offset + slope * s}: changes by {@code slope} each second since the start. */
  record Line(double offset, double slope) implements Waveform {
    @Override
    public Sql expression() {
      return new SqlBuilder().literal(offset).text(" + ").literal(slope).text(" * s").build();
    }
  }

  /**
   * Evenly distributed between {@code -amplitude} and {@code amplitude}, decided by the seed and
   * the instant alone: the same on every machine and in every order of rows.
   */
  record Noise(double amplitude, long seed) implements Waveform {
    private static final long SEEDS = 1L << 31;

    @Override
    public Sql expression() {
      // Rounds of xor, shift and multiply in 64 bits, each kept small enough not to overflow.
      Sql mixed =
          new SqlBuilder()
              .text("((k % 2147483648) * 1103515245 + ")
              .literal(Math.floorMod(seed, SEEDS) * 2654435 % SEEDS)
              .text(") % 4294967296")
              .build();
      return new SqlBuilder()
          .literal(amplitude)
          .text(" * (")
          .append(round(round(mixed)))
          .text(" / 2147483648.0 - 1)")
          .build();
    }

    private static Sql round(Sql x) {
      return new SqlBuilder()
          .text("(xor((")
          .append(x)
          .text("), (")
          .append(x)
          .text(") >> 15) * 1540483477 % 4294967296)")
          .build();
    }
  }

  private static Sql angle(Duration period, double phase) {
    return new SqlBuilder()
        .text("2 * pi() * t / ")
        .literal(period.toMillis() / 1000.0)
        .text(" + ")
        .literal(phase)
        .build();
  }

  private static void requirePositive(Duration period) {
    if (period.isZero() || period.isNegative()) {
      throw new IllegalArgumentException("a period is longer than nothing: " + period);
    }
  }
}
