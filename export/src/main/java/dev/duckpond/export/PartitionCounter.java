package dev.duckpond.export;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the rows of every partition of a target, in one pass over its time and its keys. */
final class PartitionCounter {
  /** How many partitions one target may have. */
  static final int MAX_PARTITIONS = 100_000;

  private final ExportRequest request;
  private final ExportTarget target;
  private final RelationSql sql;

  PartitionCounter(ExportRequest request, ExportTarget target, RelationSql sql) {
    this.request = request;
    this.target = target;
    this.sql = sql;
  }

  /**
   * Lists the partitions, by key and time.
   *
   * @throws PondException.Invalid when rows have no time and the request does not say what to do,
   *     or there are more than {@value #MAX_PARTITIONS} partitions
   */
  List<PartitionCount> list(DuckSession duck) {
    List<PartitionCount> counts = duck.list(sql.count(MAX_PARTITIONS + 1L), this::read);
    if (counts.size() > MAX_PARTITIONS) {
      throw new PondException.Invalid(
          "'" + target.label() + "' has more than " + MAX_PARTITIONS + " partitions",
          "each would be a file",
          "Use fewer temporal levels or partition columns.");
    }
    if (counts.isEmpty() && !request.isPartitioned()) {
      // A file without rows still tells the columns.
      return List.of(
          new PartitionCount(
              new Partition(List.of(), new TimeSlot.Whole()), 0, Optional.empty(), 0, 0, 0));
    }
    long nulls = counts.stream().mapToLong(PartitionCount::nullTimes).sum();
    if (nulls > 0 && sql.mindsNullTimes() && request.nullTime() == NullTimePolicy.FAIL) {
      throw new PondException.Invalid(
          "'" + target.label() + "' cannot be exported by time",
          nulls + (nulls == 1 ? " row has no time" : " rows have no time"),
          "Use --null-time skip to leave them out, or --null-time partition to keep them apart.");
    }
    return counts;
  }

  private PartitionCount read(Rows row) {
    int column = 0;
    List<Optional<String>> keys = new ArrayList<>();
    for (; column < request.partitionBy().size(); column++) {
      keys.add(row.isNull(column) ? Optional.empty() : Optional.of(row.text(column)));
    }
    TimeSlot slot = slot(row, column);
    Optional<EventBounds> bounds =
        row.isNull(column + 2)
            ? Optional.empty()
            : Optional.of(new EventBounds(row.longValue(column + 2), row.longValue(column + 3)));
    return new PartitionCount(
        new Partition(keys, slot),
        row.longValue(column + 1),
        bounds,
        row.longValue(column + 4),
        row.longValue(column + 5),
        row.longValue(column + 6));
  }

  private TimeSlot slot(Rows row, int column) {
    if (sql.buckets().isEmpty()) {
      return new TimeSlot.Whole();
    }
    if (row.isNull(column)) {
      return new TimeSlot.Unknown();
    }
    long number = row.longValue(column);
    return new TimeSlot.Span(number, sql.buckets().get().range(number));
  }
}
