package dev.duckpond.query;

import dev.duckpond.formats.EpochScale;
import java.util.Optional;

/** Decides the unit of an integer time column by the magnitude of its latest value. */
final class EpochUnit {
  private EpochUnit() {}

  /** Finds the unit of a column with these bounds; empty when the values are too small to tell. */
  static Optional<TimeEncoding> byMagnitude(long min, long max) {
    // Clocks that were not set make early values, never late ones.
    return EpochScale.byMagnitude(max < 0 ? min : max).map(EpochUnit::encoding);
  }

  /** Answers the encoding of integers in a unit. */
  static TimeEncoding encoding(EpochScale scale) {
    return switch (scale) {
      case S -> TimeEncoding.EPOCH_S;
      case MS -> TimeEncoding.EPOCH_MS;
      case US -> TimeEncoding.EPOCH_US;
      case NS -> TimeEncoding.EPOCH_NS;
    };
  }
}
