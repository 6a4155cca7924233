package dev.duckpond.query;

import dev.duckpond.tinyfs.ContentReader;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.util.List;
import java.util.Optional;

/**
 * The series that a file is about to be appended to.
 *
 * @param versions what it holds so far, oldest first
 */
public record SeriesTarget(PondPath path, List<NodeVersion> versions, ContentReader contents) {
  public SeriesTarget {
    versions = List.copyOf(versions);
  }

  /**
   * Answers what lies at a path; no versions when nothing does, or when it is no series. The tree
   * of an edit in progress shows the versions it has added.
   */
  public static SeriesTarget of(PondPath path, PondTree tree) {
    List<NodeVersion> versions =
        tree.find(path)
            .filter(node -> node.type() == EntryType.TABLE_SERIES)
            .flatMap(Node::findEntry)
            .map(entry -> tree.snapshot().listVersions(entry.node()))
            .orElse(List.of());
    return new SeriesTarget(path, versions, tree.snapshot().contents());
  }

  /** Finds the column that the series takes its time from; empty when it has no versions. */
  public Optional<String> findTimeColumn() {
    return versions.isEmpty() ? Optional.empty() : versions.getLast().facts().timeColumn();
  }
}
