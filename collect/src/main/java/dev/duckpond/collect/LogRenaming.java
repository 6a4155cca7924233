package dev.duckpond.collect;

import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives logs that nothing was added to the names that their files have now.
 *
 * @param tree what the plan was made from
 */
record LogRenaming(PondTree tree, LogPlaces places, LogWriter writer) {
  /** Renames and notes all in one transaction, if there is anything to do. */
  void rename(List<RotatedLog> rotated) {
    List<RotatedLog> taken =
        rotated.stream()
            .filter(log -> log.finding() == RotatedLog.Finding.TAKEN)
            .filter(this::hasFolder)
            .filter(log -> log.note().isPresent() || wantsToMove(log))
            .toList();
    if (taken.isEmpty()) {
      return;
    }
    List<String> told = new ArrayList<>();
    writer.commit(draft -> {
      told.clear();
      for (RotatedLog log : taken) {
        KnownLog known = log.known().orElseThrow();
        KnownLog now = writer.current(draft.edit().tree(), known);
        if (log.note().isPresent()) {
          StagedContent nothing = draft.stage(InputStream.nullInputStream(), EntryType.DATA_SERIES);
          draft
              .edit()
              .write(now.path(), EntryType.DATA_SERIES, nothing, log.note().orElseThrow().facts());
        }
        PondPath path = places.move(draft.edit(), now, log.file().target());
        if (!path.equals(known.path())) {
          told.add(path + ": renamed from " + known.nameBeside(path));
        }
      }
      return true;
    });
    for (String line : told) {
      writer.tell(0, line);
    }
  }

  /** Tells whether a log may get its name; why not is noted as a failure of its file alone. */
  private boolean hasFolder(RotatedLog log) {
    try {
      LogShelf.requireFolder(tree, log.file().target());
      return true;
    } catch (PondException.Conflict e) {
      log.fail(e);
      return false;
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
}
