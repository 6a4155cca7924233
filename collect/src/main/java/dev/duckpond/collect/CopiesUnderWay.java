package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.util.List;

/**
 * Finds copies of active files that are about to be truncated: their bytes are in the logs of
 * those.
 *
 * <p>A log that was copied and truncated before looks the same when it is nothing but what logs
 * begin with, and the active one begins with that again. So other logs are looked at too.
 *
 * @param rotated all rotated files
 */
record CopiesUnderWay(PondTree tree, LogShelf shelf, ActiveLogs active, List<RotatedLog> rotated) {
  CopiesUnderWay {
    rotated = List.copyOf(rotated);
  }

  /** Tells whether a file is such a copy. */
  boolean has(RotatedLog copy) throws IOException {
    if (copy.file().isPacked()) {
      return false;
    }
    for (HostLog original : active.goingOnWith(copy)) {
      if (isUntouched(copy, original) || isOwn(copy, original)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamedAfter(RotatedLog copy, HostLog original) {
    return new RotatedName(copy.file().target().name()).isOf(original.target().name());
  }

  /** Tells whether nothing was written to the original since. */
  private static boolean isUntouched(RotatedLog copy, HostLog original) throws IOException {
    return isNamedAfter(copy, original)
        && copy.file().target().parent().equals(original.target().parent())
        && original.stat().changedNanos() < copy.stat().bornNanos();
  }

  /**
   * Tells whether the bytes of a copy are those of one log alone. Several lines are, unless another
   * log begins with them; a single one only when there are others and none of them does.
   */
  private boolean isOwn(RotatedLog copy, HostLog original) throws IOException {
    boolean isSingle = !copy.file().hasSeveralLines();
    if (isSingle && !isNamedAfter(copy, original)) {
      return false;
    }
    boolean hasOthers = false;
    for (KnownLog log : shelf.logs()) {
      if (!active.isOf(log, original) && log.sizeBytes() > 0) {
        if (isSingle ? isAlike(log, copy) : log.beginsWith(copy.file(), tree)) {
          return false;
        }
        hasOthers |= new RotatedName(log.path().name()).isOf(original.target().name());
      }
    }
    if (active.hasOtherBeginning(copy.file(), original)) {
      return false;
    }
    for (RotatedLog other : rotated) {
      if (other != copy && other.isOpen() && isLogThatBeginsWith(other, copy, original)) {
        return false;
      }
    }
    return hasOthers || !isSingle;
  }

  /** Tells whether one of a log and a copy begins with the other. */
  private boolean isAlike(KnownLog log, RotatedLog copy) throws IOException {
    return log.sizeBytes() < copy.stat().sizeBytes()
        ? log.isBeginningOf(copy.file())
        : log.beginsWith(copy.file(), tree);
  }

  /** Tells whether a file that is no copy of the same original begins with all bytes of one. */
  private static boolean isLogThatBeginsWith(RotatedLog other, RotatedLog copy, HostLog original)
      throws IOException {
    return !other.file().isPacked()
        && other.file().hasBeginning(copy.file())
        && !original.hasBeginning(other.file());
  }
}
