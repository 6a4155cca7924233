package dev.duckpond.collect;

import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds how new stored data is, by what is known of its versions. */
final class NewestData {
  private NewestData() {}

  /**
   * Finds the newest time of the rows of some series. A row counts as no newer than it was when it
   * came: the clock of an instrument that was set wrong is not to hide that nothing comes.
   */
  static Optional<Instant> ofRows(PondTree tree, Collection<PondPath> paths) {
    return paths.stream()
        .flatMap(path -> versions(tree, path).stream())
        .flatMap(version -> newest(version).stream())
        .max(Comparator.naturalOrder());
  }

  private static Optional<Instant> newest(NodeVersion version) {
    return version
        .facts()
        .bounds()
        .map(bounds -> Instant.EPOCH.plus(bounds.maxMicros(), ChronoUnit.MICROS))
        .map(newest -> newest.isAfter(version.createdAt()) ? version.createdAt() : newest);
  }

  /** Finds when something was written last. */
  static Optional<Instant> written(PondTree tree, PondPath path) {
    return versions(tree, path).stream().map(NodeVersion::createdAt).max(Comparator.naturalOrder());
  }

  private static List<NodeVersion> versions(PondTree tree, PondPath path) {
    return tree.find(path)
        .flatMap(Node::findEntry)
        .map(entry -> tree.snapshot().listVersions(entry.node()))
        .orElse(List.of());
  }
}
