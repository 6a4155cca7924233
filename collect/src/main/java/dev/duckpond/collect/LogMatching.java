package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds out which rotated file holds which log of the pond; each log is in one file at most.
 *
 * <p>A file of which nothing has changed since it was noted is not opened. One that still has its
 * number (inode) is compared by a sample, whatever it is called. Any other is compared by all of
 * its content. Content that several logs begin with, such as a header line, tells nothing on its
 * own: there the number or, of a packed file, the time must agree too. One thread only.
 */
final class LogMatching {
  /** How the bytes of a file and those of a log agree, the best last. */
  private enum Agreement {
    /** The log begins with the file, from which it was taken before the copy of it was made. */
    CUT,
    /** The file begins with the log. */
    BEGINNING,
    /** They are the same. */
    WHOLE
  }

  /** A file and a log of which one begins with the other. */
  private record Pair(RotatedLog file, KnownLog log, Agreement agreement) {
    boolean isWhole() {
      return agreement == Agreement.WHOLE;
    }
  }

  private final PondTree tree;
  private final LogShelf shelf;
  private final ActiveLogs active;
  private final List<RotatedLog> rotated;
  private final LogUnpacking unpacking;
  private final Set<NodeId> claimed = new HashSet<>();

  LogMatching(
      CollectSite site,
      PondTree tree,
      LogShelf shelf,
      List<HostLog> active,
      List<RotatedLog> rotated) {
    this.tree = tree;
    this.shelf = shelf;
    this.active = new ActiveLogs(active);
    this.rotated = List.copyOf(rotated);
    this.unpacking = new LogUnpacking(site);
  }

  /** Finds out what it can; what cannot be read is noted as a failure of that file alone. */
  void match() {
    rotated.forEach(file -> findUntouched(file, log -> log.path().equals(file.file().target())));
    rotated.forEach(file -> findUntouched(file, _ -> true));
    each(this::findByNumber);
    each(this::findTwin);
    if (rotated.stream().noneMatch(RotatedLog::isOpen)) {
      return;
    }
    List<Pair> pairs = new ArrayList<>();
    List<KnownLog> candidates = free().stream().filter(log -> log.sizeBytes() > 0).toList();
    each(file -> pairs.addAll(compare(file, candidates)));
    assign(pairs);
    each(this::findCopy);
  }

  @FunctionalInterface
  private interface Step {
    void take(RotatedLog file) throws IOException;
  }

  private void each(Step step) {
    rotated.forEach(file -> attempt(file, step));
  }

  /** Does something with a file that is open; what fails is noted as a failure of it alone. */
  private static void attempt(RotatedLog file, Step step) {
    if (!file.isOpen()) {
      return;
    }
    try {
      step.take(file);
    } catch (IOException e) {
      file.fail(HostFailure.of("'" + file.file().file() + "' cannot be taken in", e));
    } catch (PondException e) {
      file.fail(e);
    }
  }

  private void claim(RotatedLog file, KnownLog log, RotatedLog.Finding how) {
    claimed.add(log.id());
    file.found(log, how);
  }

  private List<KnownLog> free() {
    return shelf.logs().stream().filter(log -> !claimed.contains(log.id())).toList();
  }

  private void findUntouched(RotatedLog file, Predicate<KnownLog> wanted) {
    if (!file.isOpen()) {
      return;
    }
    free().stream()
        .filter(KnownLog::isArchived)
        .filter(wanted)
        .filter(log -> isUntouched(file.stat(), log.note()))
        .findFirst()
        .ifPresent(log -> claim(file, log, RotatedLog.Finding.TAKEN));
  }

  private static boolean isUntouched(FileStat stat, LogNote note) {
    return stat.isUntouchedSince(note.stat())
        || note.twin().filter(stat::isUntouchedSince).isPresent();
  }

  /**
   * Lists free logs, those of the folder of a file first and then the longest: of a folder that was
   * renamed, several logs may have been taken from one file.
   */
  private List<KnownLog> byLikelihood(RotatedLog file) {
    PondPath folder = file.file().target().parent();
    return free().stream()
        .sorted(
            Comparator.comparing((KnownLog log) -> log.path().parent().equals(folder))
                .thenComparingLong(KnownLog::sizeBytes)
                .reversed())
        .toList();
  }

  /** Finds the log of a file that was renamed, or to which lines came. */
  private void findByNumber(RotatedLog file) throws IOException {
    FileStat stat = file.stat();
    for (KnownLog log : byLikelihood(file)) {
      FileStat noted = log.note().stat();
      if (!stat.isLaterLookAt(noted) || stat.sizeBytes() == 0) {
        continue;
      }
      if (log.isArchived() && stat.sizeBytes() == noted.sizeBytes()) {
        ContentHash looks = file.file().sample(stat.sizeBytes()).hash();
        if (log.note().looks().equals(Optional.of(looks))) {
          claim(file, log, RotatedLog.Finding.TAKEN);
          boolean moves = !log.path().equals(file.file().target());
          if (moves || !stat.hasContentTimeOf(noted)) {
            file.renote(
                new LogNote(
                    log.note().sample(),
                    stat,
                    log.note().looks(),
                    LogState.ARCHIVED,
                    Optional.empty()));
          }
          return;
        }
      }
      if (!file.file().isPacked() && log.looksLikeBeginningOf(file.file(), stat.sizeBytes())) {
        claim(file, log, RotatedLog.Finding.GREW);
        return;
      }
    }
  }

  /** Leaves a packed file alone while the plain one that it was made of is beside it. */
  private void findTwin(RotatedLog file) throws IOException {
    Optional<RotatedLog> plain =
        rotated.stream()
            .filter(other -> !other.file().isPacked())
            .filter(other -> other.file().target().equals(file.file().target()))
            .filter(_ -> file.file().isPacked())
            .findFirst();
    if (plain.isEmpty()) {
      return;
    }
    Optional<LogNote> note = plain.get().known().map(KnownLog::note);
    if (note.flatMap(LogNote::twin).filter(file.stat()::isUntouchedSince).isPresent()) {
      file.leave();
      return;
    }
    HostLog unpacked;
    try {
      unpacked = unpacking.plain(file.file());
    } catch (PondException.Invalid e) {
      // It is being packed, so it has an end only when the plain one is gone.
      file.leave();
      return;
    }
    if (Files.mismatch(unpacked.file(), plain.get().file().file()) < 0) {
      file.leave();
      if (plain.get().finding() == RotatedLog.Finding.TAKEN) {
        note.ifPresent(
            known -> plain.get().renote(plain.get().note().orElse(known).withTwin(file.stat())));
      }
    }
  }

  private void findCopy(RotatedLog file) throws IOException {
    if (active.isCopied(file)) {
      file.leave();
    }
  }

  private List<Pair> compare(RotatedLog file, List<KnownLog> candidates) throws IOException {
    if (file.stat().sizeBytes() == 0) {
      file.leave();
      return List.of();
    }
    if (candidates.isEmpty()) {
      return List.of();
    }
    HostLog plain = unpacking.plain(file.file());
    long size = plain.stat().sizeBytes();
    List<Pair> pairs = new ArrayList<>();
    for (KnownLog log : candidates) {
      if (log.sizeBytes() > size) {
        if (isCut(file, plain, log)) {
          pairs.add(new Pair(file, log, Agreement.CUT));
        }
      } else if (hasHead(plain, log) && log.isBeginningOf(plain) && !active.isGoingOn(log)) {
        pairs.add(
            new Pair(file, log, log.sizeBytes() == size ? Agreement.WHOLE : Agreement.BEGINNING));
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

  /** Gives each file the log that it agrees with best: all of it first, then most of it. */
  private void assign(List<Pair> pairs) {
    List<Pair> best = new ArrayList<>(pairs);
    best.sort(
        Comparator.comparing(Pair::agreement)
            .thenComparingLong(pair -> pair.log().sizeBytes())
            .thenComparing(LogMatching::wasPacked)
            .thenComparing(LogMatching::isInItsFolder)
            .thenComparing(pair -> pair.log().isActive())
            .reversed());
    for (Pair pair : best) {
      attempt(pair.file(), _ -> assign(pair, pairs));
    }
  }

  private void assign(Pair pair, List<Pair> pairs) throws IOException {
    KnownLog log = pair.log();
    if (claimed.contains(log.id()) || !isBelievable(pair, pairs)) {
      return;
    }
    boolean isTaken = pair.agreement() == Agreement.CUT || (pair.isWhole() && log.isArchived());
    if (isTaken) {
      renote(pair.file(), log);
    }
    claim(pair.file(), log, isTaken ? RotatedLog.Finding.TAKEN : RotatedLog.Finding.GREW);
  }

  private static void renote(RotatedLog file, KnownLog log) throws IOException {
    LogSample looks = file.file().sample(file.stat().sizeBytes());
    file.renote(
        new LogNote(
            log.note().sample(),
            file.stat(),
            Optional.of(looks.hash()),
            LogState.ARCHIVED,
            Optional.empty()));
  }

  /** Tells whether a log whose file is gone may be the one of a file. */
  private boolean isBelievable(Pair pair, List<Pair> pairs) throws IOException {
    KnownLog log = pair.log();
    if (pair.agreement() == Agreement.CUT) {
      return log.isArchived() || (isInItsFolder(pair) && isOnlyOf(pair, pairs));
    }
    boolean wasRotated = log.isActive() && (isInItsFolder(pair) || active.has(log.path()));
    return wasRotated || wasPacked(pair) || isDistinctive(pair, pairs);
  }

  /** Tells whether neither another file nor an active one begins with the copy of a log. */
  private boolean isOnlyOf(Pair pair, List<Pair> pairs) throws IOException {
    boolean inOthers =
        pairs.stream()
            .filter(other -> !other.equals(pair))
            .anyMatch(other -> other.file() == pair.file() || other.log().equals(pair.log()));
    return !inOthers && !active.hasBeginning(unpacking.plain(pair.file().file()));
  }

  private static boolean wasPacked(Pair pair) {
    return pair.isWhole()
        && pair.log().isArchived()
        && pair.file().file().isPacked()
        && pair.file().stat().hasSecondOf(pair.log().note().stat());
  }

  private static boolean isInItsFolder(Pair pair) {
    return pair.log().path().parent().equals(pair.file().file().target().parent());
  }

  /** Tells whether nothing but one file begins with the bytes of a log. */
  private boolean isDistinctive(Pair pair, List<Pair> pairs) throws IOException {
    KnownLog log = pair.log();
    boolean inOthers =
        pairs.stream()
            .anyMatch(other -> other.log().id().equals(log.id()) && other.file() != pair.file());
    if (inOthers || active.looksLikeBeginning(log)) {
      return false;
    }
    for (KnownLog other : shelf.logs()) {
      if (!other.id().equals(log.id()) && log.isBeginningOf(other, tree)) {
        return false;
      }
    }
    return true;
  }
}
