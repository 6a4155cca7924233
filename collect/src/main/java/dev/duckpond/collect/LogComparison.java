package dev.duckpond.collect;

import dev.duckpond.collect.LogPair.Agreement;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares rotated files with logs of the pond by all of their content, each file read once. */
final class LogComparison {
  private final PondTree tree;
  private final ActiveLogs active;
  private final LogUnpacking unpacking;
  private final List<KnownLog> candidates;
  private final LogBeginnings beginnings;

  /**
   * Compares with some logs.
   *
   * @param active the files that go on with some of the logs, to which no other file does then
   * @param candidates logs with bytes
   */
  LogComparison(
      PondTree tree, ActiveLogs active, LogUnpacking unpacking, List<KnownLog> candidates) {
    this.tree = tree;
    this.active = active;
    this.unpacking = unpacking;
    this.candidates = List.copyOf(candidates);
    this.beginnings = new LogBeginnings(candidates);
  }

  /** Lists the logs that a file agrees with; one without bytes is left. */
  List<LogPair> compare(RotatedLog file) throws IOException {
    if (file.stat().sizeBytes() == 0) {
      file.leave();
      return List.of();
    }
    if (candidates.isEmpty()) {
      return List.of();
    }
    HostLog plain = unpacking.plain(file.file());
    long size = plain.stat().sizeBytes();
    Set<NodeId> begun = beginnings.in(() -> plain.openAt(0));
    List<LogPair> pairs = new ArrayList<>();
    for (KnownLog log : candidates) {
      if (log.sizeBytes() > size) {
        if (isCut(file, plain, log)) {
          pairs.add(new LogPair(file, size, log, active.placeOf(log), Agreement.CUT));
        }
      } else if (begun.contains(log.id()) && !active.isGoingOn(log)) {
        boolean isWhole = log.sizeBytes() == size;
        Agreement agreement = isWhole ? Agreement.WHOLE : Agreement.BEGINNING;
        pairs.add(new LogPair(file, size, log, active.placeOf(log), agreement));
      }
    }
    return pairs;
  }

  /**
   * Tells whether a file is the copy of a log that went on until it was truncated, and lines of
   * which were taken that the copy has not. Where they differ, no more is read.
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
}
