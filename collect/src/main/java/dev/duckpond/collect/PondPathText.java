package dev.duckpond.collect;

import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says in a line what a series took in. */
record PondPathText(PondPath path) {
  String of(Written written, String source) {
    if (written.isNothing()) {
      return path + ": nothing new, from " + source;
    }
    StringBuilder line = new StringBuilder().append(path).append(": ");
    line.append(written.added()).append(written.added() == 1 ? " row" : " rows");
    if (written.revised() > 0) {
      line.append(" and ").append(written.revised()).append(" revised");
    }
    EventBounds bounds = written.bounds().orElseThrow();
    return line.append(", ")
        .append(time(bounds.minMicros()))
        .append(" to ")
        .append(time(bounds.maxMicros()))
        .append(", from ")
        .append(source)
        .toString();
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
