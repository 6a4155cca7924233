package dev.duckpond.collect;

import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files that are being written, and what they have of logs and of rotated files. */
final class ActiveLogs {
  private final List<HostLog> files;
  private final Map<Long, List<Seen>> byNumber = new HashMap<>();

  /** Whether the file of a log begins with all of it, by all of its content. */
  private final Map<NodeId, Boolean> goingOn = new HashMap<>();

  /** A file, and what the system says of it. */
  private record Seen(HostLog file, FileStat stat) {}

  ActiveLogs(List<HostLog> files) {
    this.files = List.copyOf(files);
    for (HostLog file : files) {
      try {
        FileStat stat = file.stat();
        byNumber.computeIfAbsent(stat.inode(), _ -> new ArrayList<>()).add(new Seen(file, stat));
      } catch (IOException e) {
        // It is told where the file itself is taken in.
      }
    }
  }

  /** Tells whether one of them has a path. */
  boolean has(PondPath path) {
    return files.stream().anyMatch(file -> file.target().equals(path));
  }

  /**
   * Answers where the file of an active log is now, by its number (inode), whatever it holds: its
   * folder may have been renamed after it was truncated. Where there is none, it is its own path.
   */
  PondPath placeOf(KnownLog log) {
    List<PondPath> places =
        byNumber.getOrDefault(log.note().stat().inode(), List.of()).stream()
            .filter(seen -> log.isActive() && seen.stat().isLaterLookAt(log.note().stat()))
            .map(seen -> seen.file().target())
            .toList();
    return places.isEmpty() || places.contains(log.path()) ? log.path() : places.getFirst();
  }

  /** Tells whether an active log is that of a file, by the name or the number of that. */
  boolean isOf(KnownLog log, HostLog file) {
    return log.isActive() && isOf(log, placeOf(log), file);
  }

  private static boolean isOf(KnownLog log, PondPath place, HostLog file) {
    return file.target().equals(log.path()) || file.target().equals(place);
  }

  /** Tells whether the file of an active log goes on with it, by all of its content. */
  boolean isGoingOn(KnownLog log) {
    return log.isActive() && goingOn.computeIfAbsent(log.id(), _ -> findsGoingOn(log));
  }

  private boolean findsGoingOn(KnownLog log) {
    PondPath place = placeOf(log);
    return files.stream()
        .filter(file -> isOf(log, place, file))
        .anyMatch(file -> looksLike(file, log) && begins(file, log));
  }

  /**
   * Finds the logs that any of them begins with, by all of their content; of a file that looks like
   * none of them, no more is read.
   */
  Set<NodeId> findBeginnings(Collection<KnownLog> logs) {
    Set<NodeId> found = new HashSet<>();
    for (HostLog file : files) {
      List<KnownLog> alike = logs.stream().filter(log -> looksLike(file, log)).toList();
      try {
        found.addAll(new LogBeginnings(alike).in(() -> file.openAt(0)));
      } catch (IOException e) {
        // It is told where the file itself is taken in.
        alike.forEach(log -> found.add(log.id()));
      }
    }
    return found;
  }

  /** Tells whether any of them begins with all bytes of another file. */
  boolean hasBeginning(HostLog other) throws IOException {
    return hasBeginning(other, files);
  }

  /** Tells whether any but one of them begins with all bytes of a copy of that. */
  boolean hasOtherBeginning(HostLog copy, HostLog original) throws IOException {
    return hasBeginning(copy, files.stream().filter(file -> file != original).toList());
  }

  private static boolean hasBeginning(HostLog other, List<HostLog> files) throws IOException {
    for (HostLog file : files) {
      if (Files.exists(file.file()) && file.hasBeginning(other)) {
        return true;
      }
    }
    return false;
  }

  /** Lists those that begin with all bytes of a file which may be a copy of them. */
  List<HostLog> goingOnWith(RotatedLog copy) throws IOException {
    List<HostLog> found = new ArrayList<>();
    for (HostLog file : files) {
      if (Files.exists(file.file())
          && copy.stat().isCopyOf(file.stat())
          && file.hasBeginning(copy.file())) {
        found.add(file);
      }
    }
    return found;
  }

  private static boolean looksLike(HostLog file, KnownLog log) {
    try {
      return log.looksLikeBeginningOf(file, file.stat().sizeBytes());
    } catch (IOException e) {
      // It is told where the file itself is taken in.
      return false;
    }
  }

  private static boolean begins(HostLog file, KnownLog log) {
    try {
      return log.isBeginningOf(file);
    } catch (IOException e) {
      // As above.
      return false;
    }
  }
}
