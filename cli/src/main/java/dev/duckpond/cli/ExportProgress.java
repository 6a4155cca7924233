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

  ExportProgress(CommandContext context) {
    this.context = context;
  }

  @Override
  public void planned(int targetCount, long files, long total) {
    close();
    task = null;
    rows = 0;
    if (files > 0) {
      String work =
          "exporting " + Counted.of(targetCount, "target") + ", " + Counted.of(files, "file");
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
    // The summary names every failure, and the error that the command ends with tells why.
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
