package dev.duckpond.factories;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.List;

/** Writes conditions on a TIMESTAMP column. */
final class TimeCondition {
  private TimeCondition() {}

  /** Answers the condition that the time lies in a bounded, half-open range. */
  static Sql within(Sql time, TimeRange range) {
    List<Sql> conditions = new ArrayList<>();
    if (range.startsBounded()) {
      conditions.add(time.plus(" >= ").plus(timestamp(range.fromMicros())));
    }
    if (range.endsBounded()) {
      conditions.add(time.plus(" < ").plus(timestamp(range.toMicros())));
    }
    return conditions.isEmpty() ? Sql.of("true") : Sql.list(conditions, " AND ");
  }

  private static Sql timestamp(long micros) {
    return new SqlBuilder().text("make_timestamp(").literal(micros).text(")").build();
  }
}
