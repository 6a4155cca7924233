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
      CommandContext context,
      String startOption,
      @Nullable String start,
      String endOption,
      @Nullable String end) {
    Optional<Instant> from = instant(context, startOption, start);
    Optional<Instant> to = instant(context, endOption, end);
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw new PondException.Usage(
          endOption + " is before " + startOption, to.get() + " < " + from.get(), "Swap them.");
    }
    return TimeRange.between(from, to);
  }

  private static Optional<Instant> instant(
      CommandContext context, String option, @Nullable String text) {
    return Optional.ofNullable(text).map(given -> require(context, option, given));
  }

  /** Reads the time of an option; warns when seconds seem to be meant. */
  static Instant require(CommandContext context, String option, String text) {
    try {
      Instant time = TimeText.parse(text);
      TimeText.doubt(text).ifPresent(doubt -> context.warn(option + " " + doubt));
      return time;
    } catch (IllegalArgumentException e) {
      throw new PondException.Usage(
          option + " cannot be read", String.valueOf(e.getMessage()), TimeText.REMEDY);
    }
  }
}
