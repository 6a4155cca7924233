package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import java.util.List;
import java.util.Optional;

/**
 * A kind of written values that are no time, or none among others, and why.
 *
 * @param condition which values are of it
 * @param reason empty where the value says enough
 * @param remedy empty where a format may help
 */
record UnreadTime(Sql condition, String reason, Optional<String> remedy) {
  private static final String CLOCK_REMEDY =
      "Write date and time in one column, as in 2024-06-01 12:00; if there is one already, name it"
          + " with '?time_column='.";

  private static final String WHOLE = "^[+-]?[0-9]+$";
  private static final String COUNT = "^[+-]?[0-9]{1,18}$";

  /** Lists the kinds of text, without blanks around it; the first that holds counts. */
  static List<UnreadTime> of(Sql text) {
    UnclearTime clock = UnclearTime.ofClock(text);
    return List.of(
        new UnreadTime(clock.condition(), clock.reason(), Optional.of(CLOCK_REMEDY)),
        ofValue(UnclearTime.matches(text, "^[{\\[]"), "an object or a list is no single value"),
        ofValue(UnclearTime.matches(text, COUNT), "it is a number, and other times are not"),
        ofValue(UnclearTime.matches(text, WHOLE), "it is too large for a count from 1970"),
        ofValue(
            UnclearTime.matches(text, "^[+-]?[0-9]*[.][0-9]*$"),
            "a count from 1970 has no fraction"),
        ofValue(
            UnclearTime.matches(text, "^[+-]?[0-9.]+[eE]"),
            "a count from 1970 is written in digits alone"));
  }

  private static UnreadTime ofValue(Sql condition, String reason) {
    return new UnreadTime(condition, reason, Optional.of(UnclearTimes.WRITTEN_CLEARLY));
  }

  /** Answers a condition: whether a value is a whole number that may count from 1970. */
  static Sql isCount(Sql text) {
    return UnclearTime.matches(text, COUNT);
  }
}
