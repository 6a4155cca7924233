package dev.duckpond.tinyfs;

/**
 * Ties a name in a directory to a node.
 *
 * @param parent the directory; the root entry holds itself
 * @param origin the pond that made the node
 */
public record DirectoryEntry(
    NodeId parent, EntryName name, NodeId node, EntryType type, PondId origin) {
  /** Answers the entry of a root directory: its own parent, named {@code root}. */
  public static DirectoryEntry root(NodeId node, PondId origin) {
    return new DirectoryEntry(node, new EntryName("root"), node, EntryType.DIRECTORY, origin);
  }

  /** Tells whether this is the entry of a root directory. */
  public boolean isRoot() {
    return parent.equals(node);
  }
}
