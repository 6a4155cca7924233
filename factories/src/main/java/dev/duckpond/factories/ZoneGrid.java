package dev.duckpond.factories;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;

/**
 * Tells whether the midnights of a time zone lie on a grid of equal widths, counted from 1970 UTC.
 */
record ZoneGrid(ZoneId zone) {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Any year: rules for the future are the same in each. */
  private static final int SOME_YEAR = 2100;

  /**
   * Answers whether all midnights from an instant on are multiples of a width.
   *
   * @param sinceMicros microseconds since 1970 UTC
   */
  boolean isMultipleOf(long widthMicros, long sinceMicros) {
    if (Duration.ofDays(1).toSeconds() * MICROS_PER_SECOND % widthMicros != 0) {
      return false;
    }
    if (zone.normalized() instanceof ZoneOffset fixed) {
      return fits(fixed, widthMicros);
    }
    ZoneRules rules = zone.getRules();
    // A bucket may begin long before the first instant in it.
    LocalDate first =
        LocalDate.ofInstant(Instant.EPOCH.plus(sinceMicros, ChronoUnit.MICROS), ZoneOffset.UTC);
    Instant since = first.withDayOfYear(1).minusYears(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    if (!fits(rules.getOffset(since), widthMicros)) {
      return false;
    }
    for (ZoneOffsetTransition transition : rules.getTransitions()) {
      if (!transition.getInstant().isBefore(since) && !fits(transition, widthMicros)) {
        return false;
      }
    }
    for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
      if (!fits(rule.createTransition(SOME_YEAR), widthMicros)) {
        return false;
      }
    }
    return true;
  }

  /** A day may begin at the change itself, where it leaves midnight out. */
  private static boolean fits(ZoneOffsetTransition transition, long widthMicros) {
    return fits(transition.getOffsetAfter(), widthMicros)
        && transition.toEpochSecond() * MICROS_PER_SECOND % widthMicros == 0;
  }

  private static boolean fits(ZoneOffset offset, long widthMicros) {
    return offset.getTotalSeconds() * MICROS_PER_SECOND % widthMicros == 0;
  }
}
