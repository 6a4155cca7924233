package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.util.Optional;

/** A rotated file of this machine in one run, and what was found out about it. One thread only. */
final class RotatedLog {
  /** Which bytes of it the pond has. */
  enum Finding {
    /** It was not looked into yet, or the pond has none of it. */
    NEW,
    /** The pond has all of it. */
    TAKEN,
    /** The pond has its beginning. */
    GREW,
    /** It has no bytes, or another file of the same name has them too. */
    LEFT
  }

  private final HostLog file;
  private final FileStat stat;
  private Finding finding = Finding.NEW;
  private Optional<KnownLog> known = Optional.empty();
  private Optional<LogNote> note = Optional.empty();
  private Optional<PondException> failure = Optional.empty();

  RotatedLog(HostLog file, FileStat stat) {
    this.file = file;
    this.stat = stat;
  }

  HostLog file() {
    return file;
  }

  FileStat stat() {
    return stat;
  }

  Finding finding() {
    return finding;
  }

  /** Answers the log whose bytes it has. */
  Optional<KnownLog> known() {
    return known;
  }

  /** Answers what is to be noted anew of a log that the pond has. */
  Optional<LogNote> note() {
    return note;
  }

  Optional<PondException> failure() {
    return failure;
  }

  /** Tells whether it is still open which log it is. */
  boolean isOpen() {
    return finding == Finding.NEW && failure.isEmpty() && known.isEmpty();
  }

  void found(KnownLog log, Finding how) {
    known = Optional.of(log);
    finding = how;
  }

  void renote(LogNote changed) {
    note = Optional.of(changed);
  }

  void leave() {
    finding = Finding.LEFT;
  }

  void fail(PondException e) {
    failure = Optional.of(e);
  }
}
