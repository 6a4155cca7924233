package dev.duckpond.tinyfs;

import java.util.List;

/**
 * Makes nodes that compute themselves from a configuration. Stateless and thread-safe.
 *
 * <p>The pond stores the configuration as the content of the node's newest version and the name of
 * the factory beside it; a node is opened again whenever a path leads to it.
 */
public interface NodeFactory {
  /** Answers the name that users write, {@code timeseries-join} for instance. */
  String name();

  /** Answers the type of the nodes it makes; one of the dynamic types. */
  EntryType entryType();

  /**
   * Checks a configuration fully, without reading other nodes.
   *
   * @throws PondException.Invalid naming all mistakes at once, with line and column
   */
  void check(NodeConfig config);

  /**
   * Opens a node. Paths that the configuration names are resolved when the node is read, not here,
   * so that opening is cheap and a cycle of nodes is found by whoever follows it.
   */
  DynamicNode open(NodeConfig config, PondTree tree);

  /**
   * Answers what a node is made of, looking nothing up.
   *
   * @param inside names that lead from the node to what is asked about, when the node is a
   *     directory; none for the node itself
   * @throws PondException.Invalid when the configuration is wrong
   */
  default NodeOrigin origin(NodeConfig config, List<EntryName> inside) {
    return new NodeOrigin(name(), List.of());
  }

  /**
   * The configuration of one node.
   *
   * @param path where the node stands
   * @param yaml the text as written
   * @param source what messages call the text: a file, or the path
   */
  record NodeConfig(PondPath path, String yaml, String source) {
    /** Takes the configuration of a node that is in the pond. */
    public NodeConfig(PondPath path, String yaml) {
      this(path, yaml, path.toString());
    }
  }
}
