package dev.duckpond.tinyfs;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one transaction did to one path. */
public sealed interface Change {
  /** Answers the path as it is after the transaction; of what was removed, as it was before. */
  PondPath path();

  /** A new node; directories have no versions. */
  record Created(PondPath path, EntryType type, List<NodeVersion> versions) implements Change {
    public Created {
      versions = List.copyOf(versions);
    }
  }

  /** Further versions of a node that was there before. */
  record Written(PondPath path, List<NodeVersion> versions) implements Change {
    public Written {
      versions = List.copyOf(versions);
    }
  }

  /**
   * A user has said something about a node.
   *
   * @param values all that holds now, by name
   */
  record Described(PondPath path, EntryType type, Map<String, String> values) implements Change {
    public Described {
      values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
  }

  /** The same node under another path. */
  record Moved(PondPath from, PondPath path) implements Change {}

  /** A name that is no longer there. */
  record Removed(PondPath path, EntryType type) implements Change {}
}
