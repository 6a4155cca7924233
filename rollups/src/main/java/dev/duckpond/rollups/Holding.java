package dev.duckpond.rollups;

/**
 * A span of time whose rows are kept.
 *
 * @param fromMicros its begin, where a tile begins
 * @param toMicros its exclusive end
 * @param key the content that its tiles were computed of
 * @param segment the file that has the rows
 */
record Holding(long fromMicros, long toMicros, TileKey key, Segment segment) {
  Holding cut(long from, long to) {
    return new Holding(Math.max(fromMicros, from), Math.min(toMicros, to), key, segment);
  }

  boolean meets(long from, long to) {
    return fromMicros < to && toMicros > from;
  }
}
