package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.util.Optional;

/**
 * Takes in what was added to active files.
 *
 * @param returned the logs of files that were rotated before, and are active again
 * @param before the rotated files, which are taken in before
 */
record ActiveIntake(
    CollectSite site,
    LogConfig config,
    ShelfWatch watch,
    LogWriter writer,
    LogPlaces places,
    ReturnedLogs returned,
    RotatedIntake before) {
  /**
   * Takes in what was added to a file.
   *
   * @throws PondException.Conflict when it does not hold any more what was taken of it
   */
  void take(HostLog log) {
    try {
      FileStat stat = log.stat();
      Optional<KnownLog> known =
          LogShelf.find(site.read(), log.target()).filter(KnownLog::isActive);
      if (known.isPresent()) {
        append(log, stat, known.get());
      } else if (stat.sizeBytes() > 0) {
        Optional<KnownLog> rotated = returned.find(log, stat);
        if (rotated.isPresent()) {
          putBack(log, stat, rotated.get());
        } else {
          writer.create(log, stat.sizeBytes(), note(log, stat), log, () -> log.requireSame(stat));
        }
      }
    } catch (IOException e) {
      throw log.unreadable(e);
    }
  }

  private static ContentFacts note(HostLog log, FileStat stat) throws IOException {
    return LogNote.of(log.sample(stat.sizeBytes()), stat, LogState.ACTIVE).facts();
  }

  /** Goes on with the log of a file that was rotated before. */
  private void putBack(HostLog log, FileStat stat, KnownLog known) throws IOException {
    long taken = known.sizeBytes();
    long size = stat.sizeBytes();
    ContentFacts facts = note(log, stat);
    PondPath path =
        writer.commit(draft -> {
          KnownLog now = writer.current(draft.edit().tree(), known);
          PondPath place = places.move(draft.edit(), now, log.target());
          writer.write(draft, place, log, taken, size, facts);
          log.requireSame(stat);
          return place;
        });
    writer.tell(
        size - taken,
        path
            + ": put back from "
            + known.nameBeside(path)
            + ", "
            + (size - taken)
            + " bytes more, from "
            + log.file());
  }

  private void append(HostLog log, FileStat stat, KnownLog known) throws IOException {
    if (before.isPending(known)) {
      throw new PondException.Conflict(
          "'" + log.file() + "' has to wait",
          "the file that was rotated before it is not taken in",
          "Mend that first; nothing was changed.");
    }
    PondPath path = log.target();
    long taken = known.sizeBytes();
    long size = stat.sizeBytes();
    if (!known.looksLikeBeginningOf(log, size)) {
      watch.require(site.read());
      throw lost(log, taken, size);
    }
    if (size > taken) {
      ContentFacts facts = note(log, stat);
      writer.commit(draft -> {
        writer.write(draft, path, log, taken, size, facts);
        log.requireSame(stat);
        return true;
      });
      writer.tell(size - taken, path + ": " + (size - taken) + " bytes more, from " + log.file());
    }
  }

  private PondException lost(HostLog log, long taken, long size) {
    return new PondException.Conflict(
        "'" + log.file() + "' does not go on where it was left",
        size < taken
            ? "it has " + size + " bytes, and " + taken + " were taken in"
            : "its beginning is another one",
        "No file of '"
            + config.archived().pattern()
            + "' holds what was there. Correct the pattern, or rename '"
            + log.target()
            + "' to begin anew; nothing was changed.");
  }
}
