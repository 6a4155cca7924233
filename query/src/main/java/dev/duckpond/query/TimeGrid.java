package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.TimeRange;

/**
 * Stretches of time of equal width, numbered from an origin; those before it have negative numbers.
 *
 * @param widthMicros how long each is
 * @param originMicros where number 0 begins, in microseconds since 1970 UTC
 */
public record TimeGrid(long widthMicros, long originMicros) {
  public TimeGrid {
    if (widthMicros < 1) {
      throw new IllegalArgumentException("width of a grid: " + widthMicros);
    }
  }

  /**
   * Answers the number of the stretch that holds a TIMESTAMP.
   *
   * @param range in which all times lie
   */
  public Sql number(Sql timestamp, TimeRange range) {
    return number(Sql.of("epoch_us(").plus(timestamp).plus(")"), 1, 1, range);
  }

  /**
   * Answers the number of the stretch that holds a count of units since 1970 UTC.
   *
   * @param microsPerUnit divides width and origin, unless it is 1
   * @param unitsPerMicro greater than 1 for units shorter than a microsecond
   */
  Sql number(Sql units, long microsPerUnit, long unitsPerMicro, TimeRange range) {
    Sql width = Sql.literal(Math.multiplyExact(widthMicros / microsPerUnit, unitsPerMicro));
    Sql shifted =
        originMicros == 0
            ? units
            : new SqlBuilder()
                .text("(")
                .append(units)
                .text(" - ")
                .literal(Math.multiplyExact(originMicros / microsPerUnit, unitsPerMicro))
                .text(")")
                .build();
    Sql quotient = shifted.plus(" // ").plus(width);
    if (range.startsBounded() && range.fromMicros() >= originMicros) {
      return quotient;
    }
    // The engine divides towards zero, and before the origin that is the wrong way. A calendar
    // function would be right everywhere, and several times slower.
    return new SqlBuilder()
        .text("(")
        .append(quotient)
        .text(" - CASE WHEN ")
        .append(shifted)
        .text(" % ")
        .append(width)
        .text(" < 0 THEN 1 ELSE 0 END)")
        .build();
  }

  /** Tells whether stretches are made of whole units. */
  boolean isMadeOf(long unitMicros) {
    return widthMicros % unitMicros == 0 && originMicros % unitMicros == 0;
  }
}
