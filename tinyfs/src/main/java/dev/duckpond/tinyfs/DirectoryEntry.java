package dev.duckpond.tinyfs;

/**
 * Ties a name in a directory to a node.
 *
 * @param parent the directory; the root entry holds itself
 * @param origin the pond that made the node
 */
public record DirectoryEntry(
    NodeId parent, EntryName name, NodeId node, EntryType type, PondId origin) {}
