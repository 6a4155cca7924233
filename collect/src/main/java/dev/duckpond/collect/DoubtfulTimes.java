package dev.duckpond.collect;

import dev.duckpond.formats.ConversionOptions.Ambiguous;
import dev.duckpond.tinyfs.EventBounds;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Rows of which nobody can say when they were.
 *
 * @param isSkipped whether the clocks skipped their times, or showed them twice
 * @param times the first and the last of their local times
 */
record DoubtfulTimes(boolean isSkipped, long rows, EventBounds times) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** Says in a sentence what was made of them. */
  String sentence(String label, Ambiguous side) {
    boolean isOneTime = times.minMicros() == times.maxMicros();
    return "'"
        + label
        + "': "
        + (rows == 1 ? "a row" : rows + " rows")
        + (isOneTime ? " at " : " from ")
        + clock(times.minMicros())
        + (isOneTime ? "" : " to " + clock(times.maxMicros()))
        + (isSkipped
            ? (rows == 1 ? " is" : " are") + " of an hour that the clocks skipped; "
            : " may be of either hour, as the clocks were put back; ")
        + (rows == 1 ? "it is" : "they are")
        + " read as 'ambiguous: "
        + side.name().toLowerCase(Locale.ROOT)
        + "' says, and "
        + (rows == 1 ? "replaces" : "replace")
        + " nothing that is there";
  }

  private static String clock(long micros) {
    LocalDateTime time = LocalDateTime.of(1970, 1, 1, 0, 0).plus(micros, ChronoUnit.MICROS);
    return (time.getSecond() == 0 ? MINUTE : SECOND).format(time);
  }
}
