package dev.duckpond.cli;

import dev.duckpond.tinyfs.EventBounds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds runs of versions, and stretches of time that are told twice. */
final class Overlaps {
  private static final Comparator<TimeSpan> BY_TIME =
      Comparator.<TimeSpan>comparingLong(span -> span.bounds().minMicros())
          .thenComparingLong(span -> span.bounds().maxMicros())
          .thenComparing(TimeSpan::path)
          .thenComparingLong(span -> span.version().orElse(0L));

  private static final Comparator<TimeSpan> BY_PATH =
      Comparator.comparing(TimeSpan::path).thenComparingLong(span -> span.version().orElse(0L));

  /** Two nodes, or one with itself. */
  private record Pair(String one, String other) {}

  private Overlaps() {}

  /**
   * Lists the runs of one node: versions in their order, each of which begins after the one before
   * has ended.
   */
  static List<TimeStretch> runs(List<TimeSpan> versions) {
    List<TimeStretch> runs = new ArrayList<>();
    for (TimeSpan span : versions) {
      TimeStretch alone =
          new TimeStretch(TimeStretch.Side.of(span), Optional.empty(), span.bounds());
      boolean goesOn =
          !runs.isEmpty() && runs.getLast().bounds().maxMicros() < span.bounds().minMicros();
      if (goesOn) {
        runs.add(runs.removeLast().with(alone));
      } else {
        runs.add(alone);
      }
    }
    return runs;
  }

  /**
   * Lists the stretches of time that two versions tell, of one node or of two; what overlaps or
   * touches for the same two nodes is one stretch. Those of a node with itself come first, then
   * pairs in the order of their paths, each by time.
   */
  static List<TimeStretch> find(List<TimeSpan> spans) {
    Map<Pair, List<TimeStretch>> found = new LinkedHashMap<>();
    List<TimeSpan> open = new ArrayList<>();
    for (TimeSpan span : spans.stream().sorted(BY_TIME).toList()) {
      open.removeIf(earlier -> earlier.bounds().maxMicros() < span.bounds().minMicros());
      for (TimeSpan earlier : open) {
        add(found, both(earlier, span));
      }
      open.add(span);
    }
    return found.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<Pair, List<TimeStretch>>, Boolean>comparing(
                    entry -> !entry.getKey().one().equals(entry.getKey().other()))
                .thenComparing(entry -> entry.getKey().one())
                .thenComparing(entry -> entry.getKey().other()))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** The later one begins within the earlier one. */
  private static TimeStretch both(TimeSpan earlier, TimeSpan later) {
    long end = Math.min(earlier.bounds().maxMicros(), later.bounds().maxMicros());
    boolean inOrder = BY_PATH.compare(earlier, later) <= 0;
    return new TimeStretch(
        TimeStretch.Side.of(inOrder ? earlier : later),
        Optional.of(TimeStretch.Side.of(inOrder ? later : earlier)),
        new EventBounds(later.bounds().minMicros(), end));
  }

  /** Stretches of a pair come by their beginnings, so one that goes on is the last. */
  private static void add(Map<Pair, List<TimeStretch>> found, TimeStretch next) {
    Pair pair = new Pair(next.one().path(), next.other().orElseThrow().path());
    List<TimeStretch> all = found.computeIfAbsent(pair, _ -> new ArrayList<>());
    boolean goesOn =
        !all.isEmpty() && all.getLast().bounds().maxMicros() >= next.bounds().minMicros();
    all.add(goesOn ? all.removeLast().with(next) : next);
  }
}
