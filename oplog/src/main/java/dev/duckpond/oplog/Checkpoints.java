package dev.duckpond.oplog;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Says when a Delta table gets a checkpoint.
 *
 * <p>A checkpoint only shortens a cold open: one that fails is tried again at the next commit and
 * fails nothing.
 */
final class Checkpoints {
  /** Commits between checkpoints; below about a thousand commits they do not pay. */
  static final int INTERVAL_COMMITS = 500;

  void afterCommit(DeltaTable table, long version) {
    // By the last one there is, and not by the number alone: one that failed is made up for.
    long due = version - version % INTERVAL_COMMITS;
    if (due == 0 || lastCheckpoint(table) >= due) {
      return;
    }
    try {
      table.checkpoint();
    } catch (IOException | RuntimeException e) {
      // Of any kind: the commit stands.
      LoggerFactory.getLogger(Checkpoints.class)
          .warn("No checkpoint of {} at commit {}", table.directory(), version, e);
    }
  }

  /** Answers the commit of the last checkpoint, or -1 when the log names none. */
  private static long lastCheckpoint(DeltaTable table) {
    try {
      Path file = table.directory().resolve("_delta_log").resolve("_last_checkpoint");
      return Json.parse(Files.readString(file)).asObject().require("version").longValue();
    } catch (IOException | JsonException e) {
      return -1;
    }
  }
}
