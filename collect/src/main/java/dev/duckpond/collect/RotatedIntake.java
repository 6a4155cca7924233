package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes in rotated files: those that are new, and the rest of those that the pond has the beginning
 * of. One thread only; for one run.
 */
final class RotatedIntake {
  private final LogUnpacking unpacking;
  private final LogPlaces places;
  private final LogWriter writer;

  /** Logs that were rotated, until their files are taken in. */
  private final Set<NodeId> pending = new HashSet<>();

  RotatedIntake(
      LogUnpacking unpacking, LogPlaces places, LogWriter writer, List<RotatedLog> rotated) {
    this.unpacking = unpacking;
    this.places = places;
    this.writer = writer;
    for (RotatedLog log : rotated) {
      if (log.finding() == RotatedLog.Finding.GREW) {
        log.known().map(KnownLog::id).ifPresent(pending::add);
      }
    }
  }

  /** Tells whether a log was rotated and the rest of it is not taken in. */
  boolean isPending(KnownLog log) {
    return pending.contains(log.id());
  }

  /** Takes in what the pond does not have of a file. */
  void take(RotatedLog log) {
    log.failure()
        .ifPresent(e -> {
          throw e;
        });
    try {
      switch (log.finding()) {
        case LEFT, TAKEN -> {}
        case GREW -> append(log);
        case NEW -> create(log);
      }
    } catch (IOException e) {
      throw log.file().unreadable(e);
    }
  }

  private void append(RotatedLog log) throws IOException {
    KnownLog known = log.known().orElseThrow();
    HostLog plain = unpacking.plain(log.file());
    long from = known.sizeBytes();
    long to = size(log, plain);
    ContentFacts facts = note(log, plain, to).facts();
    PondPath path =
        writer.commit(draft -> {
          KnownLog now = writer.current(draft.edit().tree(), known);
          writer.write(draft, now.path(), plain, from, to, facts);
          requireUnchanged(log);
          return places.move(draft.edit(), now, log.file().target());
        });
    pending.remove(known.id());
    String what =
        known.isActive() ? "rotated from " + known.nameBeside(path) + ", " : "rotated before, ";
    writer.tell(
        to - from, path + ": " + what + (to - from) + " bytes more, from " + log.file().file());
  }

  private void create(RotatedLog log) throws IOException {
    HostLog plain = unpacking.plain(log.file());
    long size = size(log, plain);
    if (size > 0) {
      ContentFacts facts = note(log, plain, size).facts();
      writer.create(plain, size, facts, log.file(), () -> requireUnchanged(log));
    }
  }

  private static LogNote note(RotatedLog log, HostLog plain, long size) throws IOException {
    LogNote note = LogNote.of(plain.sample(size), log.stat(), LogState.ARCHIVED);
    return log.file().isPacked()
        ? new LogNote(
            note.sample(),
            note.stat(),
            Optional.of(log.file().sample(log.stat().sizeBytes()).hash()),
            note.state(),
            note.twin())
        : note;
  }

  /** Answers how many bytes it has; what was added since it was looked at is for the next run. */
  private static long size(RotatedLog log, HostLog plain) throws IOException {
    return log.file().isPacked() ? plain.stat().sizeBytes() : log.stat().sizeBytes();
  }

  /** Makes sure that a name did not go over to another file meanwhile. */
  private static void requireUnchanged(RotatedLog log) throws IOException {
    if (!log.file().isPacked()) {
      log.file().requireSame(log.stat());
      return;
    }
    FileStat now = log.file().stat();
    if (now.inode() != log.stat().inode() || !now.hasContentTimeOf(log.stat())) {
      throw log.file().changed("it was changed while it was read");
    }
  }
}
