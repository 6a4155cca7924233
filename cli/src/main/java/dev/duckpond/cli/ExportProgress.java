package dev.duckpond.cli;

import dev.duckpond.export.ExportListener;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows how much there is to export and how many rows are written, and counts what it cost. */
final class ExportProgress implements ExportListener, AutoCloseable {
  private final CommandContext context;
  private Progress.@Nullable Task task;
  private long rows;
  private int targets;

  ExportProgress(CommandContext context) {
    this.context = context;
  }

  @Override
  public void planned(int targetCount, long files, long total) {
    targets = targetCount;
    if (files > 0) {
      String work =
          "exporting " + Counted.of(targets, "target") + ", " + Counted.of(files, "file");
      task = context.progress().begin(work, "rows", total);
    }
  }

  @Override
  public void staged(PondPath target, String path, long written, long sizeBytes) {
    rows += written;
    context.stats().add(Stats.Counter.ROWS, written);
    context.stats().add(Stats.Counter.BYTES_WRITTEN, sizeBytes);
    if (task != null) {
      task.advanceTo(rows);
    }
  }

  @Override
  public void ended(PondPath target, Optional<PondException> failure) {
    // The failure of a single target ends the command and is told there.
    failure.filter(error -> targets > 1).ifPresent(error -> context.warn(what(error)));
  }

  private static String what(PondException error) {
    return error.problem() + (error.reason().isEmpty() ? "" : ": " + error.reason());
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
