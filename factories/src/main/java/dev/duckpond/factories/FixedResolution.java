package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.TimeGrid;
import dev.duckpond.tinyfs.TimeRange;

/** Buckets of equal length. */
record FixedResolution(String text, long widthMicros, long offsetMicros) implements Resolution {
  @Override
  public String recipe() {
    return widthMicros + " us from " + offsetMicros;
  }

  @Override
  public Sql key(Sql time, TimeRange range) {
    return grid().number(time, range);
  }

  /** Answers the buckets as a grid, whose numbers are the keys. */
  TimeGrid grid() {
    return new TimeGrid(widthMicros, offsetMicros);
  }

  @Override
  public Sql begin(Sql key) {
    return new SqlBuilder()
        .text("make_timestamp(")
        .append(key)
        .text(" * ")
        .literal(widthMicros)
        .text(" + ")
        .literal(offsetMicros)
        .text(")")
        .build();
  }

  @Override
  public boolean isMadeOf(Resolution finer, long sinceMicros) {
    return switch (finer) {
      case FixedResolution fixed ->
          widthMicros % fixed.widthMicros == 0
              && (offsetMicros - fixed.offsetMicros) % fixed.widthMicros == 0;
      case CalendarResolution calendar -> false;
    };
  }

  @Override
  public long nominalMicros() {
    return widthMicros;
  }

  @Override
  public Sql end(Sql begin) {
    return new SqlBuilder()
        .text("make_timestamp(epoch_us(")
        .append(begin)
        .text(") + ")
        .literal(widthMicros)
        .text(")")
        .build();
  }

  @Override
  public TimeRange widened(TimeRange range) {
    long from = range.startsBounded() ? floor(range.fromMicros(), Long.MIN_VALUE) : Long.MIN_VALUE;
    long to =
        range.endsBounded() && !range.isEmpty() ? ceiling(range.toMicros()) : range.toMicros();
    return new TimeRange(from, Math.max(from, to));
  }

  private long floor(long micros, long otherwise) {
    try {
      long shifted = Math.subtractExact(micros, offsetMicros);
      return Math.addExact(
          Math.multiplyExact(Math.floorDiv(shifted, widthMicros), widthMicros), offsetMicros);
    } catch (ArithmeticException e) {
      return otherwise;
    }
  }

  private long ceiling(long micros) {
    try {
      return Math.addExact(floor(Math.subtractExact(micros, 1), Long.MAX_VALUE), widthMicros);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
