package dev.duckpond.collect;

import dev.duckpond.formats.Packing;
import dev.duckpond.formats.Unpacking;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.StagedContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes in what is new in log files, a transaction for each file.
 *
 * <p>A rotated file is found again by its content, under whatever name. When it begins with all
 * that was taken of an active file, that file was rotated: its node gets the rest and the new name.
 * One thread only; rotated files are to come before active ones.
 */
final class LogIntake {
  private final CollectSite site;
  private final LogConfig config;
  private final List<HostLog> active;
  private int changed;
  private long addedBytes;

  LogIntake(CollectSite site, LogConfig config, List<HostLog> active) {
    this.site = site;
    this.config = config;
    this.active = active;
  }

  String summary() {
    long read = active.stream().mapToLong(HostLog::readBytes).sum();
    return changed
        + (changed == 1 ? " file" : " files")
        + " changed, "
        + addedBytes
        + " bytes taken in, "
        + read
        + " bytes of active files read";
  }

  private LogShelf shelf() {
    return LogShelf.read(site.read(), config.path());
  }

  /** Takes a rotated file in, or finds out which one it is. */
  void takeArchived(HostLog log) {
    try {
      LogShelf shelf = shelf();
      Optional<KnownLog> same = findByLooks(shelf, log);
      if (same.isPresent()) {
        rename(same.get(), log.name());
        return;
      }
      HostLog plain = log.isCompressed() ? unpacked(log) : log;
      takeContent(shelf, log, plain);
    } catch (IOException e) {
      throw unreadable(log, e);
    }
  }

  private Optional<KnownLog> findByLooks(LogShelf shelf, HostLog log) throws IOException {
    long mtime = log.mtimeMillis();
    if (log.isCompressed()) {
      // Compressing keeps the time; what is in it only unpacking would tell.
      return shelf.findOnlyArchived(mtime);
    }
    long size = log.sizeBytes();
    if (shelf.archived().stream().noneMatch(known -> known.sizeBytes() == size)) {
      return Optional.empty();
    }
    LogSample sample = log.sample(size);
    return shelf.archived().stream()
        .filter(known -> known.looksLike(size, mtime, sample))
        .findFirst();
  }

  private void takeContent(LogShelf shelf, HostLog log, HostLog plain) throws IOException {
    long size = plain.sizeBytes();
    ContentFacts facts = KnownLog.facts(plain.sample(size), log.mtimeMillis(), true);
    List<KnownLog> rotated =
        shelf.active().stream()
            .filter(known -> known.sizeBytes() <= size)
            .sorted(Comparator.comparingLong(KnownLog::sizeBytes).reversed())
            .toList();
    for (KnownLog known : rotated) {
      if (!goesOn(known) && isBeginning(known, plain)) {
        append(known, plain, known.sizeBytes(), size, facts, log.name());
        site.tell(
            config.path().child(log.name())
                + ": rotated from "
                + known.path().name()
                + ", "
                + (size - known.sizeBytes())
                + " bytes more, from "
                + log.file());
        return;
      }
    }
    for (KnownLog known : shelf.archived()) {
      if (known.sizeBytes() == size && isBeginning(known, plain)) {
        // The same bytes with another time: noted, so that they are not compared again.
        append(known, plain, size, size, facts, log.name());
        return;
      }
    }
    create(plain, size, facts, log.name());
    site.tell(config.path().child(log.name()) + ": " + size + " bytes, from " + log.file());
  }

  private static boolean isBeginning(KnownLog known, HostLog plain) throws IOException {
    try (InputStream in = plain.openAt(0)) {
      return known.isBeginningOf(in);
    }
  }

  /** Tells whether the active file of a name still holds what was taken of it. */
  private boolean goesOn(KnownLog known) throws IOException {
    for (HostLog log : active) {
      if (log.name().equals(known.path().name())) {
        return continues(known, log);
      }
    }
    return false;
  }

  private static boolean continues(KnownLog known, HostLog log) throws IOException {
    long taken = known.sizeBytes();
    return log.sizeBytes() >= taken && known.findSample().equals(Optional.of(log.sample(taken)));
  }

  /**
   * Takes in what was added to an active file.
   *
   * @throws PondException.Conflict when it does not hold any more what was taken of it
   */
  void takeActive(HostLog log) {
    try {
      LogShelf shelf = shelf();
      PondPath path = config.path().child(log.name());
      Optional<KnownLog> known =
          shelf.active().stream().filter(each -> each.path().equals(path)).findFirst();
      long size = log.sizeBytes();
      if (known.isEmpty()) {
        if (size > 0) {
          create(log, size, KnownLog.facts(log.sample(size), log.mtimeMillis(), false), log.name());
          site.tell(path + ": " + size + " bytes, from " + log.file());
        }
        return;
      }
      long taken = known.get().sizeBytes();
      if (!continues(known.get(), log)) {
        throw lost(log, taken, size);
      }
      if (size > taken) {
        ContentFacts facts = KnownLog.facts(log.sample(size), log.mtimeMillis(), false);
        append(known.get(), log, taken, size, facts, log.name());
        site.tell(path + ": " + (size - taken) + " bytes more, from " + log.file());
      }
    } catch (IOException e) {
      throw unreadable(log, e);
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
            + config.path().child(log.name())
            + "' to begin anew; nothing was changed.");
  }

  private static PondException unreadable(HostLog log, IOException e) {
    return HostFailure.of("'" + log.file() + "' cannot be taken in", e);
  }

  private HostLog unpacked(HostLog log) throws IOException {
    String name = String.valueOf(log.file().getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".zst")) {
      throw new PondException.Invalid(
          "'" + log.file() + "' is packed with Zstandard",
          "of logs, gzip and bzip2 are unpacked byte for byte",
          "Let the rotation use one of these, or none.");
    }
    Path target = site.scratch().resolve("log-unpacked");
    try (QuerySession session = site.query(site.read())) {
      new Unpacking(session.duck())
          .unpack(
              log.file(),
              name.endsWith(".gz") ? Packing.GZIP : Packing.BZIP2,
              log.file().toString(),
              target);
    }
    return new HostLog(target);
  }

  private void rename(KnownLog known, EntryName name) {
    PondPath target = config.path().child(name);
    if (known.path().equals(target)) {
      return;
    }
    site.write(draft -> {
      move(draft, known, target);
      return true;
    });
    changed++;
    site.tell(target + ": renamed from " + known.path().name());
  }

  private void append(
      KnownLog known, HostLog log, long from, long to, ContentFacts facts, EntryName name) {
    PondPath target = config.path().child(name);
    site.write(draft -> {
      write(draft, known.path(), log, from, to, facts);
      if (!known.path().equals(target)) {
        move(draft, known, target);
      }
      return true;
    });
    changed++;
    addedBytes += to - from;
  }

  private void create(HostLog log, long size, ContentFacts facts, EntryName name) {
    PondPath target = config.path().child(name);
    site.write(draft -> {
      draft.edit().makeDirectories(config.path());
      setAside(draft, target);
      write(draft, target, log, 0, size, facts);
      return true;
    });
    changed++;
    addedBytes += size;
  }

  private static void write(
      Draft draft, PondPath path, HostLog log, long from, long to, ContentFacts facts)
      throws IOException {
    // What is written to the file meanwhile is for the next run.
    try (InputStream in = new FirstBytes(log.openAt(from), to - from)) {
      StagedContent staged = draft.stage(in, EntryType.DATA_SERIES);
      if (staged.sizeBytes() != to - from) {
        throw new IOException("it became shorter while it was read");
      }
      draft.edit().write(path, EntryType.DATA_SERIES, staged, facts);
    }
  }

  private static void move(Draft draft, KnownLog known, PondPath target) {
    setAside(draft, target);
    draft.edit().move(known.path(), target);
  }

  /** Gives another name to a log whose name a later one has on this machine. */
  private static void setAside(Draft draft, PondPath path) {
    LogShelf.find(draft.edit().tree(), path)
        .ifPresent(other -> {
          String mark = other.versions().getFirst().hash().hex().substring(0, 8);
          draft.edit().move(path, path.parent().child(new EntryName(path.name() + "~" + mark)));
        });
  }
}
