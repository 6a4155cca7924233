package dev.duckpond.tinyfs;

import java.io.IOException;
import java.io.InputStream;

/** The changes of one transaction while they are made. Valid while the work of it runs. */
public interface Draft {
  /** Answers the tree with its uncommitted changes. Used by one thread. */
  TreeEdit edit();

  /** Takes in content; see {@link StoreWrite#stage}. May be called from several threads. */
  StagedContent stage(InputStream content, EntryType type) throws IOException;
}
