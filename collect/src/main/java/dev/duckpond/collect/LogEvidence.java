package dev.duckpond.collect;

import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether content that agrees says that a file is that of a log whose own is gone: what
 * several logs begin with, such as a header line, tells nothing on its own. One thread only.
 */
final class LogEvidence {
  private final PondTree tree;
  private final LogShelf shelf;
  private final ActiveLogs active;
  private final LogUnpacking unpacking;
  private final List<LogPair> pairs;
  private final Set<NodeId> claimed;

  /** Logs in doubt that another log or an active file begins with; not known before it is asked. */
  private Optional<Set<NodeId>> shared = Optional.empty();

  /**
   * Judges by all that agrees.
   *
   * @param pairs all files and logs that agree
   * @param claimed the logs whose files are found, which becomes more meanwhile
   */
  LogEvidence(
      PondTree tree,
      LogShelf shelf,
      ActiveLogs active,
      LogUnpacking unpacking,
      List<LogPair> pairs,
      Set<NodeId> claimed) {
    this.tree = tree;
    this.shelf = shelf;
    this.active = active;
    this.unpacking = unpacking;
    this.pairs = List.copyOf(pairs);
    this.claimed = Collections.unmodifiableSet(claimed);
  }

  /** Tells whether a log whose file is gone may be the one of a file. */
  boolean isBelievable(LogPair pair) throws IOException {
    if (pair.isCut()) {
      return pair.log().isArchived()
          || ((pair.isInItsFolder() || isCopiedElsewhere(pair)) && isOnlyOf(pair));
    }
    return !isInDoubt(pair) || isDistinctive(pair.log());
  }

  /** Tells whether nothing but the content says that a file begins with a log. */
  private boolean isInDoubt(LogPair pair) {
    KnownLog log = pair.log();
    boolean wasRotated =
        log.isActive()
            && pair.isNamedAfterIt()
            && (pair.isInItsFolder() || active.has(pair.place()));
    boolean isThere = log.isArchived() && pair.hasItsDatedName();
    return !wasRotated && !isThere && !pair.wasPacked();
  }

  /** Tells whether a copy in another folder can only be that of a log that was truncated. */
  private boolean isCopiedElsewhere(LogPair pair) throws IOException {
    HostLog copy = unpacking.plain(pair.file().file());
    if (!pair.isNamedAfterIt() || !active.has(pair.place())) {
      return false;
    }
    for (KnownLog other : shelf.logs()) {
      if (!other.id().equals(pair.log().id()) && other.beginsWith(copy, tree)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tells whether neither another file nor an active one begins with the copy of a log; those that
   * are found already do not matter.
   */
  private boolean isOnlyOf(LogPair pair) throws IOException {
    return pairs.stream().noneMatch(other -> other.file() != pair.file() && rivals(other, pair))
        && pairs.stream()
            .filter(other -> other.file() == pair.file() && !other.log().equals(pair.log()))
            .allMatch(other -> claimed.contains(other.log().id()))
        && !active.hasBeginning(unpacking.plain(pair.file().file()));
  }

  /** Tells whether another file may be the copy of the same log; a shorter one is less of it. */
  private static boolean rivals(LogPair other, LogPair pair) {
    return other.log().equals(pair.log())
        && other.file().isOpen()
        && other.sizeBytes() >= pair.sizeBytes();
  }

  /** Tells whether nothing but one file begins with the bytes of a log. */
  private boolean isDistinctive(KnownLog log) throws IOException {
    long files =
        pairs.stream().filter(pair -> !pair.isCut() && pair.log().id().equals(log.id())).count();
    return files == 1 && !shared().contains(log.id());
  }

  /** Compares all logs and active files with the logs in doubt, each of them read once. */
  private Set<NodeId> shared() throws IOException {
    if (shared.isEmpty()) {
      Map<NodeId, KnownLog> inDoubt = new HashMap<>();
      pairs.stream()
          .filter(pair -> !pair.isCut() && isInDoubt(pair))
          .forEach(pair -> inDoubt.put(pair.log().id(), pair.log()));
      LogBeginnings beginnings = new LogBeginnings(inDoubt.values());
      Set<NodeId> found = active.findBeginnings(inDoubt.values());
      for (KnownLog log : shelf.logs()) {
        Set<NodeId> begun = beginnings.in(() -> new KnownLogStream(tree, log));
        begun.remove(log.id());
        found.addAll(begun);
      }
      shared = Optional.of(found);
    }
    return shared.get();
  }
}
