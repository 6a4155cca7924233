package dev.duckpond.cli;

import dev.duckpond.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line of JSON when work begins, about ten times a second, and when it ends: {@code
 * {"event":"progress","version":1,"activity":"copying","unit":"files","done":3,"total":7}}.
 */
final class JsonProgress implements Progress {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final CliOutput err;
  private final InstantSource clock;

  JsonProgress(CliOutput err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
  }

  @Override
  public Task begin(String activity, String unit, long total) {
    Lines lines = new Lines(activity, unit, total);
    lines.write();
    return lines;
  }

  private final class Lines implements Task {
    private final String activity;
    private final String unit;
    private final @Nullable Long total;
    private Instant written = clock.instant();
    private long done;
    private long doneWritten = -1;
    private boolean closed;

    Lines(String activity, String unit, long total) {
      this.activity = activity;
      this.unit = unit;
      this.total = total < 0 ? null : total;
    }

    @Override
    public synchronized void advanceTo(long count) {
      done = count;
      if (!clock.instant().isBefore(written.plus(PAUSE))) {
        write();
      }
    }

    @Override
    public synchronized void close() {
      if (!closed && done != doneWritten) {
        write();
      }
      closed = true;
    }

    private void write() {
      written = clock.instant();
      doneWritten = done;
      err.line(
          JsonObject.builder()
              .put("event", "progress")
              .put("version", 1)
              .put("activity", activity)
              .put("unit", unit)
              .put("done", done)
              .putNullable("total", total)
              .build()
              .toText());
      err.flush();
    }
  }
}
