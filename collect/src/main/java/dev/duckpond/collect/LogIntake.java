package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Takes in what is new in log files, a transaction for each file, after one that gives logs that
 * the pond has already their new names.
 *
 * <p>When a rotated file begins with all that was taken of an active one, that one was rotated: its
 * node gets the rest and the new name. One thread only; for one run.
 */
final class LogIntake {
  private final CollectSite site;
  private final LogConfig config;
  private final List<HostLog> active;
  private final LogUnpacking unpacking;
  private final LogTally tally;

  /** Logs that were rotated, until their files are taken in. */
  private final Set<NodeId> pending = new HashSet<>();

  private final PondTree tree;
  private final LogShelf shelf;
  private final ShelfWatch watch;
  private LogPlaces places = new LogPlaces(Set.of());

  /** Plans from what the pond holds now. */
  LogIntake(CollectSite site, LogConfig config, List<HostLog> active, LogTally tally) {
    this.site = site;
    this.config = config;
    this.active = List.copyOf(active);
    this.unpacking = new LogUnpacking(site);
    this.tally = tally;
    this.tree = site.read();
    this.shelf = LogShelf.read(tree, config.path());
    this.watch = new ShelfWatch(tree, shelf, config.path());
  }

  /** Tells whether another run took logs in meanwhile, so that all is to be looked at again. */
  boolean isOvertaken() {
    return watch.isOvertaken();
  }

  /**
   * Takes all in; rotated files are to be the oldest first.
   *
   * @throws PondException.Locked when another run took logs in meanwhile
   */
  void take(Failures failures, List<RotatedLog> rotated) {
    new LogMatching(site, tree, shelf, active, rotated).match();
    places = new LogPlaces(staying(rotated));
    for (RotatedLog log : rotated) {
      if (log.finding() == RotatedLog.Finding.GREW) {
        log.known().map(KnownLog::id).ifPresent(pending::add);
      }
    }
    failures.attemptCommon(config.path().toString(), () -> renameAndNote(rotated));
    for (RotatedLog log : rotated) {
      failures.attempt(log.file().file().toString(), () -> takeRotated(log));
    }
    for (HostLog log : active) {
      failures.attempt(log.file().toString(), () -> takeActive(log));
    }
  }

  private Set<NodeId> staying(List<RotatedLog> rotated) {
    Set<NodeId> staying = new HashSet<>();
    Set<NodeId> moving = new HashSet<>();
    for (RotatedLog log : rotated) {
      log.known()
          .ifPresent(known ->
              (known.path().equals(log.file().target()) ? staying : moving).add(known.id()));
    }
    for (KnownLog log : shelf.active()) {
      if (!moving.contains(log.id())
          && active.stream().anyMatch(file -> file.target().equals(log.path()))) {
        staying.add(log.id());
      }
    }
    return staying;
  }

  /** Changes the pond in one transaction, unless the plan is out of date. */
  private <T> T commit(CollectSite.Work<T> work) {
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

  /** Gives all logs that nothing was added to the names that their files have now. */
  private void renameAndNote(List<RotatedLog> rotated) {
    List<RotatedLog> taken =
        rotated.stream()
            .filter(log -> log.finding() == RotatedLog.Finding.TAKEN)
            .filter(log -> log.note().isPresent() || wantsToMove(log))
            .toList();
    if (taken.isEmpty()) {
      return;
    }
    List<String> told = new ArrayList<>();
    commit(draft -> {
      told.clear();
      for (RotatedLog log : taken) {
        KnownLog known = current(draft.edit().tree(), log);
        if (log.note().isPresent()) {
          StagedContent nothing = draft.stage(InputStream.nullInputStream(), EntryType.DATA_SERIES);
          draft
              .edit()
              .write(
                  known.path(), EntryType.DATA_SERIES, nothing, log.note().orElseThrow().facts());
        }
        PondPath path = places.move(draft.edit(), known, log.file().target());
        if (!path.equals(log.known().orElseThrow().path())) {
          told.add(path + ": renamed from " + log.known().orElseThrow().path().name());
        }
      }
      return true;
    });
    for (String line : told) {
      tally.add(0);
      site.tell(line);
    }
  }

  private boolean wantsToMove(RotatedLog log) {
    KnownLog known = log.known().orElseThrow();
    PondPath target = log.file().target();
    if (known.path().equals(target)) {
      return false;
    }
    boolean mayHaveIt =
        !LogShelf.isForeign(tree, target)
            && LogShelf.find(tree, target)
                .filter(other -> places.staying().contains(other.id()))
                .isEmpty();
    return mayHaveIt || !LogPlaces.isBeside(known.path(), target);
  }

  /** Answers a log as it is in a draft, where those before it may have set it aside. */
  private KnownLog current(PondTree now, RotatedLog log) {
    KnownLog known = log.known().orElseThrow();
    return LogShelf.find(now, known.path())
        .filter(there -> there.id().equals(known.id()))
        .or(() -> LogShelf.read(now, config.path()).find(known.id()))
        .orElseThrow();
  }

  private void takeRotated(RotatedLog log) {
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
      throw unreadable(log.file(), e);
    }
  }

  private void append(RotatedLog log) throws IOException {
    KnownLog known = log.known().orElseThrow();
    HostLog plain = unpacking.plain(log.file());
    long from = known.sizeBytes();
    long to = size(log, plain);
    ContentFacts facts = note(log, plain, to).facts();
    PondPath path =
        commit(draft -> {
          KnownLog now = current(draft.edit().tree(), log);
          write(draft, now.path(), plain, from, to, facts);
          requireUnchanged(log);
          return places.move(draft.edit(), now, log.file().target());
        });
    pending.remove(known.id());
    tally.add(to - from);
    String what =
        known.isActive() ? "rotated from " + known.path().name() + ", " : "rotated before, ";
    site.tell(path + ": " + what + (to - from) + " bytes more, from " + log.file().file());
  }

  private void create(RotatedLog log) throws IOException {
    HostLog plain = unpacking.plain(log.file());
    long size = size(log, plain);
    if (size == 0) {
      return;
    }
    ContentFacts facts = note(log, plain, size).facts();
    create(plain, size, facts, () -> requireUnchanged(log));
    site.tell(log.file().target() + ": " + size + " bytes, from " + log.file().file());
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
      requireSame(log.file(), log.stat());
      return;
    }
    FileStat now = log.file().stat();
    if (now.inode() != log.stat().inode() || !now.hasContentTimeOf(log.stat())) {
      throw new IOException("it was changed while it was read; the next run takes it");
    }
  }

  /**
   * Takes in what was added to an active file.
   *
   * @throws PondException.Conflict when it does not hold any more what was taken of it
   */
  private void takeActive(HostLog log) {
    try {
      PondPath path = log.target();
      Optional<KnownLog> known = LogShelf.find(site.read(), path).filter(KnownLog::isActive);
      FileStat stat = log.stat();
      long size = stat.sizeBytes();
      if (known.isEmpty()) {
        if (size > 0) {
          ContentFacts facts = LogNote.of(log.sample(size), stat, LogState.ACTIVE).facts();
          create(log, size, facts, () -> requireSame(log, stat));
          site.tell(path + ": " + size + " bytes, from " + log.file());
        }
        return;
      }
      if (pending.contains(known.get().id())) {
        throw new PondException.Conflict(
            "'" + log.file() + "' has to wait",
            "the file that was rotated before it is not taken in",
            "Mend that first; nothing was changed.");
      }
      long taken = known.get().sizeBytes();
      if (!known.get().looksLikeBeginningOf(log, size)) {
        watch.require(site.read());
        throw lost(log, taken, size);
      }
      if (size > taken) {
        ContentFacts facts = LogNote.of(log.sample(size), stat, LogState.ACTIVE).facts();
        commit(draft -> {
          write(draft, path, log, taken, size, facts);
          requireSame(log, stat);
          return true;
        });
        tally.add(size - taken);
        site.tell(path + ": " + (size - taken) + " bytes more, from " + log.file());
      }
    } catch (IOException e) {
      throw unreadable(log, e);
    }
  }

  /** Makes sure that a file was neither rotated nor truncated meanwhile. */
  private static void requireSame(HostLog log, FileStat before) throws IOException {
    FileStat now = log.stat();
    if (now.inode() != before.inode() || now.sizeBytes() < before.sizeBytes()) {
      throw new IOException("it was rotated while it was read; the next run takes it");
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

  private static PondException unreadable(HostLog log, IOException e) {
    return HostFailure.of("'" + log.file() + "' cannot be taken in", e);
  }

  /** Looks at a file again, after it was read and before that is committed. */
  @FunctionalInterface
  private interface Check {
    void require() throws IOException;
  }

  private void create(HostLog log, long size, ContentFacts facts, Check check) {
    commit(draft -> {
      places.free(draft.edit(), log.target());
      write(draft, log.target(), log, 0, size, facts);
      check.require();
      return true;
    });
    tally.add(size);
  }

  private void write(
      Draft draft, PondPath path, HostLog log, long from, long to, ContentFacts facts)
      throws IOException {
    // What is written to the file meanwhile is for the next run.
    try (InputStream in = new FirstBytes(log.openAt(from), to - from)) {
      StagedContent staged = draft.stage(in, EntryType.DATA_SERIES);
      if (staged.sizeBytes() != to - from) {
        throw new IOException("it became shorter while it was read");
      }
      draft.edit().write(path, EntryType.DATA_SERIES, staged, facts);
      LogShelf.find(draft.edit().tree(), path)
          .ifPresent(written -> watch.add(written.id(), to - from));
    }
  }
}
