package dev.duckpond.oplog;

import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import java.time.Instant;
import java.util.Map;

/**
 * A data file that is written and synced, to be added to a Delta table.
 *
 * @param name in the table's directory, of letters, digits, {@code .} and {@code -}
 * @param min smallest values of some columns, for readers that skip files
 * @param max largest values of the same columns
 */
record NewDataFile(
    String name,
    long sizeBytes,
    Instant modifiedAt,
    long rowCount,
    Map<Column, Literal> min,
    Map<Column, Literal> max,
    Map<String, String> tags) {
  NewDataFile {
    min = Map.copyOf(min);
    max = Map.copyOf(max);
    tags = Map.copyOf(tags);
  }
}
