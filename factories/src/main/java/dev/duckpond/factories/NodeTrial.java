package dev.duckpond.factories;

import dev.duckpond.query.DynamicRelation;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;

/**
 * Tries whether computed nodes can be computed as the pond stands: transforms that are missing,
 * columns that are nowhere and nodes that are made of themselves show only then. No rows are read.
 */
public final class NodeTrial {
  private final PondTree tree;
  private final QuerySession session;

  /** Tries nodes of a tree in a session over the same tree. */
  public NodeTrial(PondTree tree, QuerySession session) {
    this.tree = tree;
    this.session = session;
  }

  /**
   * Makes sure that a node, and for a directory everything in it, can be computed.
   *
   * @throws PondException.Invalid naming what cannot be, with the place in its configuration
   */
  public void require(PondPath path) {
    require(path, tree.require(path));
  }

  private void require(PondPath path, Node node) {
    switch (node) {
      case Node.Dynamic dynamic -> require(path, node, dynamic.content());
      case Node.Computed computed -> require(path, node, computed.content());
      case Node.Directory other -> {}
      case Node.Stored other -> {}
      case Node.Symlink other -> {}
    }
  }

  private void require(PondPath path, Node node, DynamicNode content) {
    switch (content) {
      case DynamicRelation relation -> session.relation(path, node).columns();
      case DynamicNode.Directory directory -> {
        for (PathMatch child : tree.list(path)) {
          require(child.path(), child.node());
        }
      }
      case ExecutableNode executable -> executable.check(session);
      case DynamicNode.File bytes -> {}
    }
  }
}
