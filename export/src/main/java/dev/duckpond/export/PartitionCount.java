package dev.duckpond.export;

import dev.duckpond.tinyfs.EventBounds;
import java.util.Optional;

/**
 * Says how many rows a partition has and how they lie in the source.
 *
 * @param bounds earliest and latest time
 * @param runs how often the source, read from first row to last, comes to the partition anew
 * @param descents how often a row of a run is earlier than the one before
 * @param nullTimes rows without a time
 */
record PartitionCount(
    Partition partition,
    long rows,
    Optional<EventBounds> bounds,
    long runs,
    long descents,
    long nullTimes) {

  /** Tells whether the rows of the partition already come in the order of the file. */
  boolean isOrdered() {
    return partition.slot() instanceof TimeSlot.Unknown || (runs <= 1 && descents == 0);
  }
}
