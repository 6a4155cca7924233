package dev.duckpond.duckdb;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the values of one column of one file.
 *
 * @param min smallest value, as the engine casts it to text (a BLOB in hexadecimal digits), or null
 *     when not known or when there is no value; NaN does not count
 * @param max largest value likewise
 * @param nullCount number of NULLs, or null when not known
 * @param hasNan whether a NaN was written, or null when not known; only said of just written files
 */
public record ColumnStatistics(
    @Nullable String min,
    @Nullable String max,
    @Nullable Long nullCount,
    @Nullable Boolean hasNan) {

  /** Finds the smallest value. */
  public Optional<String> findMin() {
    return Optional.ofNullable(min);
  }

  /** Finds the largest value. */
  public Optional<String> findMax() {
    return Optional.ofNullable(max);
  }

  /** Finds the number of NULLs. */
  public OptionalLong findNullCount() {
    return nullCount == null ? OptionalLong.empty() : OptionalLong.of(nullCount);
  }
}
