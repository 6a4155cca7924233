package dev.duckpond.cli;

import dev.duckpond.tinyfs.EventBounds;
import java.util.Optional;

/**
 * A stretch of time with the versions of one node, or of two, that lie in it.
 *
 * @param one the node; of two the one before in the order of paths
 * @param other the node that tells the same times, perhaps the same one with other versions; empty
 *     for a run
 * @param bounds the stretch, both ends included
 */
record TimeStretch(Side one, Optional<Side> other, EventBounds bounds) {
  /**
   * Some versions of a node.
   *
   * @param versions the lowest and the highest number, or nothing for a computed node
   */
  record Side(String path, Optional<Range> versions) {
    static Side of(TimeSpan span) {
      return new Side(
          span.path().toString(), span.version().map(number -> new Range(number, number)));
    }

    Side with(Side more) {
      return new Side(
          path, versions.flatMap(range -> more.versions().map(range::with)).or(this::versions));
    }

    /** Answers the versions in words: {@code 3} or {@code 3-7}. */
    Optional<String> versionText() {
      return versions.map(Range::text);
    }
  }

  /** Numbers from the lowest to the highest. */
  record Range(long lowest, long highest) {
    Range with(Range more) {
      return new Range(Math.min(lowest, more.lowest), Math.max(highest, more.highest));
    }

    String text() {
      return lowest == highest ? Long.toString(lowest) : lowest + "-" + highest;
    }
  }

  TimeStretch with(TimeStretch more) {
    return new TimeStretch(
        one.with(more.one()),
        other.flatMap(side -> more.other().map(side::with)),
        bounds.union(more.bounds()));
  }
}
