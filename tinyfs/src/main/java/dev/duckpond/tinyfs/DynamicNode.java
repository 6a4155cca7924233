package dev.duckpond.tinyfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A file or directory that a factory computes when it is read. Thread-safe; nothing is stored. */
public sealed interface DynamicNode {
  /** A computed file. The query room adds relations to this family. */
  non-sealed interface File extends DynamicNode {
    /** Opens the bytes as they are now; the caller closes the stream. */
    InputStream open() throws IOException;
  }

  /** A computed, read-only directory. */
  non-sealed interface Directory extends DynamicNode {
    /** Lists the children, sorted by name. */
    List<Child> list();

    /** Finds one child without computing the others where that is possible. */
    Optional<Child> find(EntryName name);
  }

  /** One child of a computed directory. */
  record Child(EntryName name, EntryType type, DynamicNode content) {}
}
