package dev.duckpond.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Draws a bar in one line of a terminal, over and over, and removes it at the end. */
final class BarProgress implements Progress {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int CELLS = 24;

  private final CliOutput err;
  private final CliEnvironment environment;

  BarProgress(CliOutput err, CliEnvironment environment) {
    this.err = err;
    this.environment = environment;
  }

  @Override
  public Task begin(String activity, String unit, long total) {
    return new Bar(activity, unit, total);
  }

  private final class Bar implements Task {
    private final String activity;
    private final String unit;
    private final long total;
    private final Instant started = environment.clock().instant();
    private Instant drawn = Instant.MIN;
    private boolean visible;

    Bar(String activity, String unit, long total) {
      this.activity = activity;
      this.unit = unit;
      this.total = total;
    }

    @Override
    public synchronized void advanceTo(long done) {
      Instant now = environment.clock().instant();
      if (now.isBefore(drawn.equals(Instant.MIN) ? now : drawn.plus(PAUSE))) {
        return;
      }
      drawn = now;
      visible = true;
      String text = text(done, Duration.between(started, now));
      int room = Math.max(10, environment.width() - 1);
      err.print("\r\u001b[2K" + text.substring(0, Math.min(text.length(), room)));
      err.flush();
    }

    @Override
    public synchronized void close() {
      if (visible) {
        visible = false;
        err.print("\r\u001b[2K");
        err.flush();
      }
    }

    private String text(long done, Duration spent) {
      if (total <= 0) {
        return String.format(
            Locale.ROOT, "%s  %,d %s  %s", activity, done, unit, DurationText.format(spent));
      }
      double part = Math.clamp((double) done / total, 0, 1);
      int full = (int) (part * CELLS);
      String bar = "=".repeat(full) + (full < CELLS ? ">" + " ".repeat(CELLS - full - 1) : "");
      String left =
          done > 0 && done < total
              ? "  "
                  + DurationText.format(spent.multipliedBy(total - done).dividedBy(done))
                  + " left"
              : "";
      return String.format(
          Locale.ROOT,
          "%s [%s] %3d%%  %,d of %,d %s%s",
          activity,
          bar,
          (int) (part * 100),
          done,
          total,
          unit,
          left);
    }
  }
}
