package dev.duckpond.tinyfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * One write in progress: content is staged, then rows that name it are committed, all or nothing.
 *
 * <p>Used by one thread at a time, but {@link #stage} may be called from several. Closing without a
 * commit leaves no trace that a reader could see; what was staged is garbage that later maintenance
 * takes away. Closing twice is harmless.
 */
public interface StoreWrite extends AutoCloseable {
  /**
   * Takes in content up to the end of the stream, which stays open. The content survives a crash
   * once {@link #commit} has answered {@link CommitOutcome.Committed}, not before.
   *
   * @param type of the node that will hold it; relations get the ending {@code .parquet}
   * @throws IOException when the stream fails
   * @throws PondException.NoSpace when the disk is full; the write is then to be closed
   * @throws IllegalStateException after a commit or {@link #close}
   */
  StagedContent stage(InputStream content, EntryType type) throws IOException;

  /**
   * Publishes the rows as the transaction this write was begun for, atomically: a crash at any
   * instant leaves all of them visible, or none. At most one commit per write.
   *
   * @param rows in any order, one at most per directory and name; content they name was staged in
   *     this write or is empty
   * @throws PondException.NoSpace when the disk is full; nothing is visible
   * @throws IllegalStateException after a commit or {@link #close}
   */
  CommitOutcome commit(List<LogRow> rows);

  @Override
  void close();
}
