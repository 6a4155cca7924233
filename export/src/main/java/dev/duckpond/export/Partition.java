package dev.duckpond.export;

import java.util.List;
import java.util.Optional;

/**
 * Names the rows of one file of a target.
 *
 * @param keys values of the partition columns besides time, as text; empty is NULL
 */
record Partition(List<Optional<String>> keys, TimeSlot slot) {
  Partition {
    keys = List.copyOf(keys);
  }
}
