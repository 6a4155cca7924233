package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees to it that one file is one log, whatever links and further names it has. What cannot be
 * looked at is kept, for whoever reads it to tell.
 *
 * @param tree what the pond holds, whose names are kept
 */
record OneFile(CollectSite site, PondTree tree) {
  /**
   * Keeps one name of each file: the one that it has itself, not one of a link to it or to a folder
   * above it; of several such, one that the pond has, and then the first. When a log is new, its
   * other names are told.
   */
  List<HostLog> list(List<HostLog> logs) {
    Map<Object, List<HostLog>> names = new LinkedHashMap<>();
    for (HostLog log : logs) {
      names.computeIfAbsent(key(log).orElse(log), _ -> new ArrayList<>()).add(log);
    }
    return names.values().stream().map(this::choose).toList();
  }

  /** Leaves out the logs whose files are among others, under whatever names. */
  static List<HostLog> without(List<HostLog> logs, List<HostLog> others) {
    Set<Object> keys =
        others.stream().map(OneFile::key).flatMap(Optional::stream).collect(Collectors.toSet());
    return logs.stream().filter(log -> !key(log).filter(keys::contains).isPresent()).toList();
  }

  private HostLog choose(List<HostLog> names) {
    if (names.size() == 1) {
      return names.getFirst();
    }
    HostLog chosen =
        names.stream()
            .max(
                Comparator.comparingInt(OneFile::likeness)
                    .thenComparing(this::isKnown)
                    .thenComparing(HostLog::file, Comparator.reverseOrder()))
            .orElseThrow();
    if (!isKnown(chosen)) {
      for (HostLog other : names) {
        if (other != chosen) {
          site.note("'" + other.file() + "' is '" + chosen.file() + "', and taken in as that");
        }
      }
    }
    return chosen;
  }

  private boolean isKnown(HostLog log) {
    return tree.findUnfollowed(log.target()).isPresent();
  }

  /** Counts the names from the end that a path has in common with that of the file itself. */
  private static int likeness(HostLog log) {
    Path real;
    try {
      real = log.file().toRealPath();
    } catch (IOException e) {
      return 0;
    }
    Path file = log.file();
    int same = 0;
    while (same < Math.min(file.getNameCount(), real.getNameCount())
        && name(file, same).equals(name(real, same))) {
      same++;
    }
    return same;
  }

  private static Path name(Path path, int fromEnd) {
    return path.getName(path.getNameCount() - 1 - fromEnd);
  }

  /** Answers what all names of a file have in common; empty when it cannot be looked at. */
  private static Optional<Object> key(HostLog log) {
    try {
      Object key = Files.readAttributes(log.file(), BasicFileAttributes.class).fileKey();
      return Optional.of(key == null ? log.file().toRealPath() : key);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
