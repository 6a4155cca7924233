package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives logs that are still being written the names that their files have now, as after a folder
 * was renamed; files are known by their numbers (inodes) and by all that was taken of them. One
 * thread only; for one run.
 */
final class ActiveRenaming {
  private final List<HostLog> active;
  private final LogWriter writer;
  private final Failures failures;

  /** Files whose logs could not get their names. */
  private final Set<HostLog> failed = new HashSet<>();

  private int blocked;

  /**
   * Begins without having renamed any.
   *
   * @param failures where what cannot be renamed is noted, file by file
   */
  ActiveRenaming(List<HostLog> active, LogWriter writer, Failures failures) {
    this.active = List.copyOf(active);
    this.writer = writer;
    this.failures = failures;
  }

  /** A file, and the log of it that has another name. */
  private record Move(HostLog file, KnownLog log) {
    PondPath target() {
      return file.target();
    }
  }

  /** Tells whether the log of a file could not get its name, so that it is not to be taken in. */
  boolean hasFailed(HostLog file) {
    return failed.contains(file);
  }

  /**
   * Tells of how many files something else was in place, or in place of their folders, at the last
   * renaming; it may get another name itself.
   */
  int blocked() {
    return blocked;
  }

  /**
   * Renames all in one transaction, and tells whether there was anything to do. When that fails,
   * each is renamed in one of its own: what is in the way of one log keeps none of the others.
   *
   * @param tree what the plan is made from
   */
  boolean rename(PondTree tree, LogShelf shelf) {
    List<Move> moves = list(tree, shelf);
    if (moves.isEmpty()) {
      return false;
    }
    try {
      rename(moves);
    } catch (PondException e) {
      // Each of those that fail again is told.
      moves.forEach(this::renameAlone);
    }
    return true;
  }

  private void renameAlone(Move move) {
    failed.add(move.file());
    failures.attemptCommon(
        move.file().file().toString(),
        () -> {
          rename(List.of(move));
          failed.remove(move.file());
        });
  }

  private void rename(List<Move> moves) {
    // A log that has such a name already is set aside: its own file is gone, or has another name;
    // or that is a packed one, as a.log.gz beside a.log, which goes by a name with a mark.
    LogPlaces places = new LogPlaces(Set.of());
    writer.commit(draft -> {
      for (Move move : moves) {
        places.move(draft.edit(), writer.current(draft.edit().tree(), move.log()), move.target());
      }
      return true;
    });
    for (Move move : moves) {
      writer.tell(0, move.target() + ": renamed from " + move.log().nameBeside(move.target()));
    }
  }

  private List<Move> list(PondTree tree, LogShelf shelf) {
    blocked = 0;
    List<KnownLog> left = new ArrayList<>(shelf.active());
    List<HostLog> elsewhere = new ArrayList<>(active);
    elsewhere.removeAll(failed);
    for (KnownLog log : shelf.active()) {
      if (elsewhere.removeIf(file -> isAtItsName(file, log))) {
        left.remove(log);
      }
    }
    List<Move> moves = new ArrayList<>();
    for (HostLog file : elsewhere) {
      if (left.isEmpty()) {
        break;
      }
      if (!isFree(tree, file.target())) {
        blocked++;
        continue;
      }
      find(file, left)
          .ifPresent(log -> {
            left.remove(log);
            moves.add(new Move(file, log));
          });
    }
    return moves;
  }

  /** Tells whether a file is the one that a log was taken from, and has its name still. */
  private static boolean isAtItsName(HostLog file, KnownLog log) {
    try {
      return file.target().equals(log.path()) && file.stat().isLaterLookAt(log.note().stat());
    } catch (IOException e) {
      // It is told where the file itself is taken in.
      return true;
    }
  }

  /** Tells whether a log may get a name; why not is told where its file is taken in. */
  private static boolean isFree(PondTree tree, PondPath target) {
    try {
      LogShelf.requireFolder(tree, target);
      return !LogShelf.isForeign(tree, target);
    } catch (PondException.Conflict e) {
      return false;
    }
  }

  private static Optional<KnownLog> find(HostLog file, List<KnownLog> logs) {
    try {
      return file.findLog(file.stat(), logs);
    } catch (IOException e) {
      // It is told where the file itself is taken in.
      return Optional.empty();
    }
  }
}
