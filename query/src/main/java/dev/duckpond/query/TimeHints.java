package dev.duckpond.query;

import dev.duckpond.formats.EpochScale;
import dev.duckpond.tinyfs.PondException;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody declared about the event time of a file, where names and magnitudes do not decide.
 *
 * @param column the column that holds it
 * @param unit the encoding of an integer column
 */
public record TimeHints(Optional<String> column, Optional<TimeEncoding> unit) {
  /** Nothing is declared. */
  public static final TimeHints NONE = new TimeHints(Optional.empty(), Optional.empty());

  public TimeHints {
    if (unit.isPresent() && !unit.get().isInteger()) {
      throw new IllegalArgumentException(unit.get() + " is not a unit of integers");
    }
  }

  /**
   * Reads a unit: {@code s}, {@code ms}, {@code us} or {@code ns}.
   *
   * @throws PondException.Usage for any other word
   */
  public static TimeEncoding requireUnit(String word) {
    return EpochUnit.encoding(EpochScale.require(word));
  }

  static TimeHints of(Map<String, String> options) {
    return new TimeHints(
        Optional.ofNullable(options.get("time_column")),
        Optional.ofNullable(options.get(RelationShape.TIME_UNIT)).map(TimeHints::requireUnit));
  }

  /**
   * Answers what the options of a URL say about the result of its conversion; nothing for formats
   * whose time is the column {@code timestamp} afterwards.
   */
  public static TimeHints ofResult(PondUrl.Format format, Map<String, String> options) {
    return format.conversion().isPresent() ? NONE : of(options);
  }

  /** Answers these hints, and where they say nothing, those of others. */
  public TimeHints or(TimeHints others) {
    return new TimeHints(column.or(() -> others.column()), unit.or(() -> others.unit()));
  }
}
