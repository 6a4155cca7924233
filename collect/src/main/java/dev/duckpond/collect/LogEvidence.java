package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.util.List;

/**
 * Tells whether content that agrees says that a file is that of a log whose own is gone: what
 * several logs begin with, such as a header line, tells nothing on its own.
 *
 * @param pairs all files and logs that agree
 */
record LogEvidence(
    PondTree tree, LogShelf shelf, ActiveLogs active, LogUnpacking unpacking, List<LogPair> pairs) {
  LogEvidence {
    pairs = List.copyOf(pairs);
  }

  /** Tells whether a log whose file is gone may be the one of a file. */
  boolean isBelievable(LogPair pair) throws IOException {
    KnownLog log = pair.log();
    if (pair.isCut()) {
      return log.isArchived() || (pair.isInItsFolder() && isOnlyOf(pair));
    }
    boolean wasRotated = log.isActive() && (pair.isInItsFolder() || active.has(log.path()));
    return wasRotated || pair.wasPacked() || isDistinctive(pair);
  }

  /** Tells whether neither another file nor an active one begins with the copy of a log. */
  private boolean isOnlyOf(LogPair pair) throws IOException {
    boolean inOthers =
        pairs.stream()
            .filter(other -> !other.equals(pair))
            .anyMatch(other -> other.file() == pair.file() || other.log().equals(pair.log()));
    return !inOthers && !active.hasBeginning(unpacking.plain(pair.file().file()));
  }

  /** Tells whether nothing but one file begins with the bytes of a log. */
  private boolean isDistinctive(LogPair pair) throws IOException {
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
