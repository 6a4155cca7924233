package dev.duckpond.collect;

import dev.duckpond.collect.LogPair.Agreement;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares rotated files with logs of the pond by all of their content.
 *
 * @param active the files that go on with some of the logs, to which no other file does then
 */
record LogComparison(PondTree tree, ActiveLogs active, LogUnpacking unpacking) {
  /** Lists the logs that a file agrees with; one without bytes is left. */
  List<LogPair> compare(RotatedLog file, List<KnownLog> candidates) throws IOException {
    if (file.stat().sizeBytes() == 0) {
      file.leave();
      return List.of();
    }
    if (candidates.isEmpty()) {
      return List.of();
    }
    HostLog plain = unpacking.plain(file.file());
    long size = plain.stat().sizeBytes();
    List<LogPair> pairs = new ArrayList<>();
    for (KnownLog log : candidates) {
      if (log.sizeBytes() > size) {
        if (isCut(file, plain, log)) {
          pairs.add(new LogPair(file, log, Agreement.CUT));
        }
      } else if (hasHead(plain, log) && log.isBeginningOf(plain) && !active.isGoingOn(log)) {
        pairs.add(
            new LogPair(
                file, log, log.sizeBytes() == size ? Agreement.WHOLE : Agreement.BEGINNING));
      }
    }
    return pairs;
  }

  /**
   * Tells whether a file is the copy of a log that went on until it was truncated, and lines of
   * which were taken that the copy has not.
   */
  private boolean isCut(RotatedLog file, HostLog plain, KnownLog log) throws IOException {
    long size = plain.stat().sizeBytes();
    LogNote note = log.note();
    boolean maybe =
        log.isArchived()
            ? note.stat().sizeBytes() == size
                && note.looks().equals(Optional.of(plain.sample(size).hash()))
            : file.stat().isCopyOf(note.stat()) && !active.isGoingOn(log);
    if (!maybe) {
      return false;
    }
    try (InputStream in = plain.openAt(0)) {
      return log.beginsWith(in, size, tree);
    }
  }

  private static boolean hasHead(HostLog plain, KnownLog log) throws IOException {
    return plain
        .sample(Math.min(LogSample.BYTES, log.sizeBytes()))
        .head()
        .equals(log.note().sample().head());
  }
}
