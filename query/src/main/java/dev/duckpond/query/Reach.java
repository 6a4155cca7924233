package dev.duckpond.query;

import dev.duckpond.tinyfs.TimeRange;
import java.util.List;

/** Says on which instants of stored content the rows of a range of time depend. */
@FunctionalInterface
public interface Reach {
  /** The rows of an instant depend on stored rows of that instant alone. */
  Reach INSTANT = range -> range;

  /** Any row may depend on any stored row. */
  Reach ANY = range -> TimeRange.ALL;

  /** Answers the range of stored content for a range of the result. */
  TimeRange of(TimeRange range);

  /** Answers the reach of a step that takes its rows from what reaches as {@code before}. */
  default Reach over(Reach before) {
    return range -> before.of(of(range));
  }

  /** Answers the reach of rows that come of several sources. */
  static Reach ofAll(List<Reach> reaches) {
    return range -> {
      TimeRange hull = range;
      for (Reach reach : reaches) {
        TimeRange one = reach.of(range);
        hull =
            new TimeRange(
                Math.min(hull.fromMicros(), one.fromMicros()),
                Math.max(hull.toMicros(), one.toMicros()));
      }
      return hull;
    };
  }
}
