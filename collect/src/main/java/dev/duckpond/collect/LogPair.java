package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondPath;

/**
 * A rotated file and a log of the pond of which one begins with the other.
 *
 * @param sizeBytes of the file, unpacked
 * @param place where the file of the log is now, when it is an active one; else its path
 */
record LogPair(RotatedLog file, long sizeBytes, KnownLog log, PondPath place, Agreement agreement) {
  /** How the bytes of a file and those of a log agree, the best last. */
  enum Agreement {
    /** The log begins with the file, from which it was taken before the copy of it was made. */
    CUT,
    /** The file begins with the log. */
    BEGINNING,
    /** They are the same. */
    WHOLE
  }

  boolean isCut() {
    return agreement == Agreement.CUT;
  }

  boolean isWhole() {
    return agreement == Agreement.WHOLE;
  }

  /** Tells whether the file was made by packing that of the log, by the time that this keeps. */
  boolean wasPacked() {
    return isWhole()
        && log.isArchived()
        && file.file().isPacked()
        && file.stat().hasSecondOf(log.note().stat());
  }

  /** Tells whether the file has a name as rotation gives it to a file with that of the log. */
  boolean isNamedAfterIt() {
    RotatedName name = new RotatedName(file.file().target().name());
    return name.isOf(log.path().name()) || name.isOf(place.name());
  }

  /** Tells whether the file has the very name of the log, which no other file gets. */
  boolean hasItsDatedName() {
    return file.file().target().equals(log.path()) && new RotatedName(log.path().name()).hasDate();
  }

  boolean isInItsFolder() {
    PondPath folder = file.file().target().parent();
    return log.path().parent().equals(folder) || place.parent().equals(folder);
  }
}
