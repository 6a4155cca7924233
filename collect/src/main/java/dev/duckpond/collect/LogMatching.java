package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds out which rotated file holds which log of the pond; each log is in one file at most.
 *
 * <p>A file of which nothing has changed since it was noted is not opened. One that still has its
 * number (inode) is compared by a sample, whatever it is called. Any other is compared by all of
 * its content, read once for all logs. Content that several logs begin with, such as a header line,
 * tells nothing on its own: there the number or, of a packed file, the time must agree too. One
 * thread only.
 */
final class LogMatching {
  private final PondTree tree;
  private final LogShelf shelf;
  private final ActiveLogs active;
  private final List<RotatedLog> rotated;
  private final LogUnpacking unpacking;
  private final Map<Long, List<KnownLog>> byNumber;
  private final Set<NodeId> claimed = new HashSet<>();

  LogMatching(
      LogUnpacking unpacking,
      PondTree tree,
      LogShelf shelf,
      List<HostLog> active,
      List<RotatedLog> rotated) {
    this.tree = tree;
    this.shelf = shelf;
    this.active = new ActiveLogs(active);
    this.rotated = List.copyOf(rotated);
    this.unpacking = unpacking;
    this.byNumber =
        shelf.logs().stream().collect(Collectors.groupingBy(log -> log.note().stat().inode()));
  }

  /** Finds out what it can; what cannot be read is noted as a failure of that file alone. */
  void match() {
    rotated.forEach(file -> findUntouched(file, log -> log.path().equals(file.file().target())));
    rotated.forEach(file -> findUntouched(file, _ -> true));
    each(this::findByNumber);
    each(new PackedTwins(rotated, unpacking)::find);
    if (rotated.stream().noneMatch(RotatedLog::isOpen)) {
      return;
    }
    List<KnownLog> candidates = free().stream().filter(log -> log.sizeBytes() > 0).toList();
    LogComparison comparison = new LogComparison(tree, active, unpacking, candidates);
    List<LogPair> pairs = new ArrayList<>();
    each(file -> pairs.addAll(comparison.compare(file)));
    assign(pairs);
    CopiesUnderWay copies = new CopiesUnderWay(tree, shelf, active, rotated);
    each(file -> {
      if (copies.has(file)) {
        file.leave();
      }
    });
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
      file.fail(file.file().unreadable(e));
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
   * Lists free logs with the number of a file, those of its folder first and then the longest: of a
   * folder that was renamed, several logs may have been taken from one file.
   */
  private List<KnownLog> byLikelihood(RotatedLog file) {
    PondPath folder = file.file().target().parent();
    return byNumber.getOrDefault(file.stat().inode(), List.of()).stream()
        .filter(log -> !claimed.contains(log.id()))
        .sorted(
            Comparator.comparing((KnownLog log) -> log.path().parent().equals(folder))
                .thenComparingLong(KnownLog::sizeBytes)
                .thenComparing(log -> active.has(log.path()))
                .reversed())
        .toList();
  }

  /**
   * Finds the log of a file that was renamed, or to which lines came. When its content may be
   * another one, because more than its name was changed, that is read.
   */
  private void findByNumber(RotatedLog file) throws IOException {
    FileStat stat = file.stat();
    for (KnownLog log : byLikelihood(file)) {
      if (!stat.isLaterLookAt(log.note().stat()) || stat.sizeBytes() == 0) {
        continue;
      }
      if (isTaken(file, log)) {
        claim(file, log, RotatedLog.Finding.TAKEN);
        boolean moves = !log.path().equals(file.file().target());
        if (moves || !stat.hasContentTimeOf(log.note().stat())) {
          renote(file, log);
        }
        return;
      }
      if (!file.file().isPacked()
          && log.looksLikeBeginningOf(file.file(), stat.sizeBytes())
          && log.isBeginningOf(file.file())) {
        claim(file, log, RotatedLog.Finding.GREW);
        return;
      }
    }
  }

  /** Tells whether a file with the number of a rotated one is that, with nothing added. */
  private boolean isTaken(RotatedLog file, KnownLog log) throws IOException {
    FileStat stat = file.stat();
    FileStat noted = log.note().stat();
    if (!log.isArchived() || stat.sizeBytes() != noted.sizeBytes()) {
      return false;
    }
    ContentHash looks = file.file().sample(stat.sizeBytes()).hash();
    return log.note().looks().equals(Optional.of(looks))
        && (file.file().isPacked()
            || stat.hasContentTimeOf(noted)
            || log.beginsWith(file.file(), tree));
  }

  /** Gives each file the log that it agrees with best: all of it first, then most of it. */
  private void assign(List<LogPair> pairs) {
    LogEvidence evidence = new LogEvidence(tree, shelf, active, unpacking, pairs, claimed);
    List<LogPair> best = new ArrayList<>(pairs);
    best.sort(
        Comparator.comparing(LogPair::agreement)
            .thenComparingLong(pair -> pair.log().sizeBytes())
            .thenComparing(LogPair::wasPacked)
            .thenComparing(LogPair::isInItsFolder)
            .thenComparing(LogPair::isNamedAfterIt)
            .thenComparingLong(pair -> pair.isCut() ? pair.sizeBytes() : 0)
            .thenComparing(pair -> pair.log().isActive())
            .thenComparing(pair -> active.has(pair.place()))
            .reversed());
    for (LogPair pair : best) {
      attempt(pair.file(), _ -> assign(pair, evidence));
    }
  }

  private void assign(LogPair pair, LogEvidence evidence) throws IOException {
    KnownLog log = pair.log();
    if (claimed.contains(log.id()) || !evidence.isBelievable(pair)) {
      return;
    }
    boolean isTaken = pair.isCut() || (pair.isWhole() && log.isArchived());
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
}
