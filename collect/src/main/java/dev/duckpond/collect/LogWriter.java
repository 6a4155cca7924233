package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Changes logs of the pond, a transaction each, as long as no other run does. One thread only; for
 * one run.
 */
final class LogWriter {
  /** Looks at a file again, after it was read and before that is committed. */
  @FunctionalInterface
  interface Check {
    void require() throws IOException;
  }

  private final CollectSite site;
  private final PondPath directory;
  private final ShelfWatch watch;
  private final LogPlaces places;
  private final LogTally tally;

  LogWriter(
      CollectSite site, PondPath directory, ShelfWatch watch, LogPlaces places, LogTally tally) {
    this.site = site;
    this.directory = directory;
    this.watch = watch;
    this.places = places;
    this.tally = tally;
  }

  /**
   * Changes the pond in one transaction.
   *
   * @throws PondException.Locked when another run took logs in since they were looked at
   */
  <T> T commit(CollectSite.Work<T> work) {
    AtomicReference<TxnSeq> seq = new AtomicReference<>(TxnSeq.NONE);
    T answer =
        site.write(draft -> {
          seq.set(draft.edit().tree().snapshot().txnSeq());
          watch.begin(draft.edit().tree());
          return work.run(draft);
        });
    watch.committed(seq.get());
    return answer;
  }

  /** Makes a log of the first bytes of a file, and tells it. */
  void create(HostLog log, long sizeBytes, ContentFacts facts, HostLog from, Check check) {
    commit(draft -> {
      places.free(draft.edit(), log.target());
      write(draft, log.target(), log, 0, sizeBytes, facts);
      check.require();
      return true;
    });
    tally.add(sizeBytes);
    site.tell(log.target() + ": " + sizeBytes + " bytes, from " + from.file());
  }

  /** Adds bytes of a file to a log, which it makes when there is none. */
  void write(Draft draft, PondPath path, HostLog log, long from, long to, ContentFacts facts)
      throws IOException {
    // What is written to the file meanwhile is for the next run.
    try (InputStream in = new FirstBytes(log.openAt(from), to - from)) {
      StagedContent staged = stage(draft, path, in, to - from);
      if (staged.sizeBytes() != to - from) {
        throw log.changed("it became shorter while it was read");
      }
      draft.edit().write(path, EntryType.DATA_SERIES, staged, facts);
      LogShelf.find(draft.edit().tree(), path)
          .ifPresent(written -> watch.add(written.id(), to - from));
    }
  }

  /** Takes in bytes; where they do not fit, it says for how many there was no room. */
  private static StagedContent stage(Draft draft, PondPath path, InputStream in, long sizeBytes)
      throws IOException {
    try {
      return draft.stage(in, EntryType.DATA_SERIES);
    } catch (PondException.NoSpace e) {
      throw new PondException.NoSpace(
          "'" + path + "' cannot be written",
          "the disk of the pond has no room for " + sizeBytes + " bytes more",
          "Free some space; the next run goes on.",
          e);
    }
  }

  /** Answers a log as it is in a draft, where those before it may have set it aside. */
  KnownLog current(PondTree draft, KnownLog known) {
    return LogShelf.find(draft, known.path())
        .filter(there -> there.id().equals(known.id()))
        .or(() -> LogShelf.read(draft, directory).find(known.id()))
        .orElseThrow();
  }

  /** Counts and tells that a log was changed. */
  void tell(long addedBytes, String line) {
    tally.add(addedBytes);
    site.tell(line);
  }
}
