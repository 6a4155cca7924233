package dev.duckpond.collect;

import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.TreeEdit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;

/** The pond that a collector fills, and the machine around it. Used by one thread. */
public interface CollectSite {
  /** Opens the newest state. */
  PondTree read();

  /**
   * Changes the pond in one transaction: everything that the work did becomes visible, or nothing.
   *
   * @throws PondException whatever the work throws; nothing is changed then
   */
  <T> T write(Work<T> work);

  /**
   * Opens the SQL engine over a tree. It may read and write files in {@link #scratch}. The caller
   * closes it.
   */
  QuerySession query(PondTree tree);

  /** Answers a directory for temporary files, which goes when the command ends. */
  Path scratch();

  /** Answers the clock. */
  InstantSource clock();

  /** Tells the user a line about what was done. */
  void tell(String line);

  /** Warns the user of something that is odd and no failure. */
  void warn(String line);

  /**
   * Goes on, unless the user wants to stop.
   *
   * @throws PondException when they do
   */
  void requireGoingOn();

  /** What one transaction does. An exception from it leaves the pond as it was. */
  @FunctionalInterface
  interface Work<T> {
    /** Makes the changes. */
    T run(Transaction transaction) throws IOException;
  }

  /** The pond as one transaction may change it. */
  interface Transaction {
    /** Answers the tree and its uncommitted changes. */
    TreeEdit edit();

    /** Takes in content. */
    StagedContent stage(InputStream content, EntryType type) throws IOException;
  }
}
