package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.util.List;
import java.util.Set;

/**
 * Takes in what is new in log files, a transaction for each file, after those that give logs that
 * the pond has already their new names.
 *
 * <p>When a rotated file begins with all that was taken of an active one, that one was rotated: its
 * node gets the rest and the new name. One thread only; for one run.
 */
final class LogIntake {
  private final CollectSite site;
  private final LogConfig config;
  private final List<HostLog> active;
  private final LogTally tally;
  private final ShelfWatch watch;
  private PondTree tree;
  private LogShelf shelf;

  /** Plans from what the pond holds now. */
  LogIntake(CollectSite site, LogConfig config, List<HostLog> active, LogTally tally) {
    this.site = site;
    this.config = config;
    this.active = List.copyOf(active);
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
    LogWriter renamer = new LogWriter(site, config.path(), watch, new LogPlaces(Set.of()), tally);
    ActiveRenaming activeRenaming = new ActiveRenaming(active, renamer, failures);
    if (activeRenaming.rename(tree, shelf)) {
      tree = site.read();
      shelf = LogShelf.read(tree, config.path());
    }
    LogUnpacking unpacking = new LogUnpacking(site);
    new LogMatching(unpacking, tree, shelf, active, rotated).match();
    LogPlaces places = LogPlaces.of(shelf, active, rotated);
    LogWriter writer = new LogWriter(site, config.path(), watch, places, tally);
    LogRenaming renaming = new LogRenaming(tree, places, writer);
    RotatedIntake rotatedIntake = new RotatedIntake(unpacking, places, writer, rotated);
    ReturnedLogs returned = ReturnedLogs.of(shelf, rotated);
    ActiveIntake activeIntake =
        new ActiveIntake(site, config, watch, writer, places, returned, rotatedIntake);
    failures.attemptCommon(config.path().toString(), () -> renaming.rename(rotated));
    for (RotatedLog log : rotated) {
      failures.attempt(log.file().file().toString(), () -> rotatedIntake.take(log));
    }
    renameUnblocked(activeRenaming);
    for (HostLog log : active) {
      if (activeRenaming.hasFailed(log)) {
        continue;
      }
      failures.attempt(log.file().toString(), () -> activeIntake.take(log));
    }
  }

  /**
   * Renames active logs whose places other logs have left meanwhile: their files would be taken in
   * once more. This goes on as long as it makes fewer of them.
   */
  private void renameUnblocked(ActiveRenaming renaming) {
    int before = Integer.MAX_VALUE;
    while (renaming.blocked() > 0 && renaming.blocked() < before) {
      before = renaming.blocked();
      PondTree now = site.read();
      renaming.rename(now, LogShelf.read(now, config.path()));
    }
  }
}
