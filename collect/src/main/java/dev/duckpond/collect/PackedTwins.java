package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Leaves packed files alone while the plain ones that they were made of are beside them. */
record PackedTwins(List<RotatedLog> rotated, LogUnpacking unpacking) {
  PackedTwins {
    rotated = List.copyOf(rotated);
  }

  /** Leaves a file when it is such a one, and notes it with the log of the plain one. */
  void find(RotatedLog file) throws IOException {
    Optional<RotatedLog> plain = plainOf(file);
    if (plain.isEmpty()) {
      return;
    }
    Optional<LogNote> note = plain.get().known().map(KnownLog::note);
    if (note.flatMap(LogNote::twin).filter(file.stat()::isUntouchedSince).isPresent()) {
      file.leave();
      return;
    }
    HostLog unpacked;
    try {
      unpacked = unpacking.plain(file.file());
    } catch (PondException.Invalid e) {
      // It is being packed, so it has an end only when the plain one is gone.
      file.leave();
      return;
    }
    if (Files.mismatch(unpacked.file(), plain.get().file().file()) < 0) {
      file.leave();
      if (plain.get().finding() == RotatedLog.Finding.TAKEN) {
        note.ifPresent(
            known -> plain.get().renote(plain.get().note().orElse(known).withTwin(file.stat())));
      }
    }
  }

  private Optional<RotatedLog> plainOf(RotatedLog file) {
    return rotated.stream()
        .filter(_ -> file.file().isPacked())
        .filter(other -> !other.file().isPacked())
        .filter(other -> other.file().target().equals(file.file().target()))
        .findFirst();
  }
}
