package dev.duckpond.collect;

import dev.duckpond.tinyfs.NodeId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the logs of rotated files that were put back to be active ones, by their numbers (inodes).
 *
 * @param taken the logs that rotated files have
 */
record ReturnedLogs(LogShelf shelf, Set<NodeId> taken) {
  ReturnedLogs {
    taken = Set.copyOf(taken);
  }

  static ReturnedLogs of(LogShelf shelf, List<RotatedLog> rotated) {
    return new ReturnedLogs(
        shelf,
        rotated.stream()
            .flatMap(log -> log.known().stream())
            .map(KnownLog::id)
            .collect(Collectors.toSet()));
  }

  /** Finds the log that a file of an active name goes on with. */
  Optional<KnownLog> find(HostLog file, FileStat stat) throws IOException {
    List<KnownLog> candidates =
        shelf.logs().stream().filter(log -> log.isArchived() && !taken.contains(log.id())).toList();
    return file.findLog(stat, candidates);
  }
}
