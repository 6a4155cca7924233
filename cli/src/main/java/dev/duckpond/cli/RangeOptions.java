package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads pairs of options that bound a time range. */
final class RangeOptions {
  private RangeOptions() {}

  /**
   * Answers the half-open range of two times, either of which may be left out.
   *
   * @param startOption the name of the first option, for messages
   */
  static TimeRange read(
      String startOption, @Nullable String start, String endOption, @Nullable String end) {
    Optional<Instant> from = instant(startOption, start);
    Optional<Instant> to = instant(endOption, end);
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw new PondException.Usage(
          endOption + " is before " + startOption, to.get() + " < " + from.get(), "Swap them.");
    }
    return TimeRange.between(from, to);
  }

  private static Optional<Instant> instant(String option, @Nullable String text) {
    try {
      return Optional.ofNullable(text).map(TimeText::parse);
    } catch (IllegalArgumentException e) {
      throw new PondException.Usage(option + " cannot be read", String.valueOf(e.getMessage()), "");
    }
  }
}
