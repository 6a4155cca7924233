package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.TimeRange;
import java.util.Optional;

/**
 * How a column of a file holds event time. The word is what the attribute {@code time_encoding}
 * holds, see {@code docs/format/series-attributes.md}.
 *
 * <p>Every encoding becomes a TIMESTAMP in UTC with microseconds; what is finer is cut off towards
 * the past.
 */
public enum TimeEncoding {
  EPOCH_S("epoch_s", 1_000_000, 1),
  EPOCH_MS("epoch_ms", 1_000, 1),
  EPOCH_US("epoch_us", 1, 1),
  EPOCH_NS("epoch_ns", 1, 1_000),
  /** TIMESTAMP of any unit down to microseconds, without a zone: UTC. */
  TIMESTAMP("timestamp", 1, 1),
  TIMESTAMP_NS("timestamp_ns", 1, 1_000),
  /** TIMESTAMP WITH TIME ZONE. */
  TIMESTAMPTZ("timestamptz", 1, 1),
  /** A day; its instant is the midnight that begins it, UTC. */
  DATE("date", 86_400_000_000L, 1);

  /** 290309-12-22 before Christ, the engine's earliest TIMESTAMP. */
  private static final long MIN_TIMESTAMP_MICROS = -9_223_372_022_400_000_000L;

  private final String word;
  private final long microsPerUnit;
  private final long unitsPerMicro;

  TimeEncoding(String word, long microsPerUnit, long unitsPerMicro) {
    this.word = word;
    this.microsPerUnit = microsPerUnit;
    this.unitsPerMicro = unitsPerMicro;
  }

  /** Answers the word that attributes and {@code describe} use. */
  public String word() {
    return word;
  }

  /** Finds an encoding by its word. */
  public static Optional<TimeEncoding> find(String word) {
    for (TimeEncoding encoding : values()) {
      if (encoding.word.equals(word)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  /** Tells whether the column holds integers, whose unit somebody had to decide. */
  public boolean isInteger() {
    return switch (this) {
      case EPOCH_S, EPOCH_MS, EPOCH_US, EPOCH_NS -> true;
      case TIMESTAMP, TIMESTAMP_NS, TIMESTAMPTZ, DATE -> false;
    };
  }

  /**
   * Answers the number of the stretch of a grid that holds the time.
   *
   * @param range in which all times lie
   */
  Sql number(Sql column, TimeGrid grid, TimeRange range) {
    return isInteger() && grid.isMadeOf(microsPerUnit)
        ? grid.number(
            Sql.of("CAST(").plus(column).plus(" AS BIGINT)"), microsPerUnit, unitsPerMicro, range)
        : grid.number(timestamp(column), range);
  }

  /** Answers the expression of type TIMESTAMP, UTC, for a column given as an expression. */
  public Sql timestamp(Sql column) {
    return switch (this) {
      case EPOCH_S, EPOCH_MS ->
          new SqlBuilder()
              .text("make_timestamp(CAST(")
              .append(column)
              .text(" AS BIGINT) * ")
              .literal(microsPerUnit)
              .text(")")
              .build();
      case EPOCH_US ->
          new SqlBuilder().text("make_timestamp(CAST(").append(column).text(" AS BIGINT))").build();
      case EPOCH_NS -> flooredMicros(Sql.of("CAST(").plus(column).plus(" AS BIGINT)"));
      case TIMESTAMP_NS -> flooredMicros(Sql.of("epoch_ns(").plus(column).plus(")"));
      case TIMESTAMP, DATE -> Sql.of("CAST(").plus(column).plus(" AS TIMESTAMP)");
      // Arithmetic on the instant; a cast would go through the calendar library and its time zone.
      case TIMESTAMPTZ -> Sql.of("make_timestamp(epoch_us(").plus(column).plus("))");
    };
  }

  /** Divides nanoseconds towards the past; the engine's own division goes towards zero. */
  private static Sql flooredMicros(Sql nanos) {
    return new SqlBuilder()
        .text("make_timestamp(")
        .append(nanos)
        .text(" // 1000 - CASE WHEN ")
        .append(nanos)
        .text(" % 1000 < 0 THEN 1 ELSE 0 END)")
        .build();
  }

  /**
   * Answers the condition that a column lies in a range, on the column as it is stored, so that the
   * engine can skip row groups by their statistics. Exactly the rows whose normalised time lies in
   * the range meet it; NULL does only for {@link TimeRange#ALL}.
   */
  Sql within(Sql column, TimeRange range) {
    SqlBuilder condition = new SqlBuilder();
    if (!range.startsBounded() && !range.endsBounded()) {
      return Sql.of("TRUE");
    }
    if (range.startsBounded()) {
      condition.append(column).text(" >= ").append(atLeast(range.fromMicros()));
    }
    if (range.endsBounded()) {
      if (range.startsBounded()) {
        condition.text(" AND ");
      }
      condition.append(column).text(" < ").append(atLeast(range.toMicros()));
    }
    return condition.build();
  }

  /** Answers the smallest stored value whose instant is not before {@code micros}. */
  private Sql atLeast(long anyMicros) {
    long micros = Math.clamp(anyMicros, MIN_TIMESTAMP_MICROS, Long.MAX_VALUE - 1);
    return switch (this) {
      case EPOCH_S, EPOCH_MS, EPOCH_US, EPOCH_NS -> Sql.literal(raw(micros));
      case TIMESTAMP -> Sql.of("make_timestamp(").plus(Sql.literal(micros)).plus(")");
      case TIMESTAMP_NS -> Sql.of("make_timestamp_ns(").plus(Sql.literal(raw(micros))).plus(")");
      case TIMESTAMPTZ -> Sql.of("make_timestamptz(").plus(Sql.literal(micros)).plus(")");
      case DATE ->
          Sql.of("(DATE '1970-01-01' + CAST(").plus(Sql.literal(raw(micros))).plus(" AS INTEGER))");
    };
  }

  private long raw(long micros) {
    if (unitsPerMicro > 1) {
      return saturatedProduct(micros, unitsPerMicro);
    }
    return Math.ceilDiv(micros, microsPerUnit);
  }

  private static long saturatedProduct(long value, long factor) {
    long high = Math.multiplyHigh(value, factor);
    long low = value * factor;
    if (high == low >> (Long.SIZE - 1)) {
      return low;
    }
    return value < 0 ? -Long.MAX_VALUE + 1 : Long.MAX_VALUE - 1;
  }

  /**
   * Answers the microseconds of a stored value.
   *
   * @throws ArithmeticException when TIMESTAMP cannot hold it
   */
  long micros(long stored) {
    long micros =
        unitsPerMicro > 1
            ? Math.floorDiv(stored, unitsPerMicro)
            : Math.multiplyExact(stored, microsPerUnit);
    if (micros < MIN_TIMESTAMP_MICROS || micros >= Long.MAX_VALUE) {
      throw new ArithmeticException(stored + " is outside of what a timestamp can hold");
    }
    return micros;
  }
}
