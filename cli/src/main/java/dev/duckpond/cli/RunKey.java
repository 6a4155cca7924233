package dev.duckpond.cli;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a node that is run is known by, under whatever path.
 *
 * @param path without symbolic links
 * @param node empty for what a dynamic directory computes, which its path is all there is of
 */
record RunKey(PondPath path, Optional<NodeId> node) {
  private static final int NAME_DIGITS = 16;

  /** Finds the key of a path; empty when nothing is there. */
  static Optional<RunKey> find(PondTree tree, PondPath path) {
    return tree.findReal(path)
        .flatMap(real ->
            tree.find(real)
                .map(Node::findEntry)
                .map(entry -> new RunKey(real, entry.map(DirectoryEntry::node))));
  }

  /** Answers the name of its files among those of all runs. */
  String fileName() {
    String text = node.map(NodeId::toString).orElseGet(path::toString);
    return ContentHash.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, NAME_DIGITS);
  }
}
