package dev.duckpond.export;

import dev.duckpond.tinyfs.TimeRange;

/** The place of a partition in time. */
sealed interface TimeSlot {
  /** The export is not cut by time. */
  record Whole() implements TimeSlot {}

  /** Rows without a time. */
  record Unknown() implements TimeSlot {}

  /**
   * A year, month, day, hour, minute or second of UTC.
   *
   * @param number what {@link TimeBuckets} calls it
   */
  record Span(long number, TimeRange range) implements TimeSlot {}
}
