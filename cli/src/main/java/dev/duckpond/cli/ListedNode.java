package dev.duckpond.cli;

import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code list} tells of one path.
 *
 * @param sizeBytes of stored content: of all versions of a series, of the newest of other files
 * @param rows likewise, of relations
 * @param target of a symbolic link
 */
record ListedNode(
    PondPath path,
    EntryType type,
    OptionalLong sizeBytes,
    OptionalLong rows,
    Optional<String> nodeId,
    Optional<String> pondId,
    Optional<NodeVersion> version,
    Optional<String> target) {
  static ListedNode of(PondTree tree, PathMatch match) {
    Node node = match.node();
    List<NodeVersion> content = content(tree, node);
    return new ListedNode(
        match.path(),
        node.type(),
        content.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(content.stream().mapToLong(NodeVersion::sizeBytes).sum()),
        rows(content),
        node.findEntry().map(entry -> entry.node().toString()),
        node.findEntry().map(entry -> entry.origin().toString()),
        node.findVersion(),
        node instanceof Node.Symlink link ? Optional.of(link.target()) : Optional.empty());
  }

  private static List<NodeVersion> content(PondTree tree, Node node) {
    if (!node.type().isStored() || node.findVersion().isEmpty()) {
      return List.of();
    }
    NodeVersion newest = node.findVersion().get();
    return node.type().isAppended() ? tree.snapshot().listVersions(newest.node()) : List.of(newest);
  }

  private static OptionalLong rows(List<NodeVersion> content) {
    boolean known =
        !content.isEmpty()
            && content.stream().allMatch(version -> version.facts().rowCount().isPresent());
    return known
        ? OptionalLong.of(
            content.stream().mapToLong(version -> version.facts().rowCount().orElse(0)).sum())
        : OptionalLong.empty();
  }
}
