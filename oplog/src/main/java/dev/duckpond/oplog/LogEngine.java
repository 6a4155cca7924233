package dev.duckpond.oplog;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a store works with once it must read or write the log: an SQL session, Delta tables, a
 * directory of its own. All of it starts when first needed, so that a command which finds
 * everything in the index journal pays for none of it.
 *
 * <p>Thread-safe: one thread at a time uses the session.
 */
final class LogEngine implements AutoCloseable {
  /** Memory of the SQL engine for the log's own files; content beyond it spills. */
  private static final long MEMORY_LIMIT_BYTES = 256L << 20;

  private final PondLayout layout;
  private final CheckedFiles checkedFiles;
  private @Nullable RunDirectory run;
  private @Nullable DuckSession session;
  private @Nullable DeltaTable operations;
  private @Nullable DeltaTable control;

  LogEngine(PondLayout layout) {
    this.layout = layout;
    this.checkedFiles = new CheckedFiles(layout.checkedFiles());
  }

  /** Work with the session; it must not keep it. */
  interface Work<T> {
    T run(DuckSession session) throws IOException;
  }

  PondLayout layout() {
    return layout;
  }

  /** Answers what is known of files that were compared with what was written. */
  CheckedFiles checkedFiles() {
    return checkedFiles;
  }

  synchronized <T> T withSession(Work<T> work) throws IOException {
    return work.run(session());
  }

  /** Answers this process's directory, made at the first call. */
  synchronized Path runDirectory() {
    if (run == null) {
      try {
        run = RunDirectory.open(layout);
      } catch (IOException e) {
        throw Trouble.of("no directory for temporary files can be made", e);
      }
    }
    return run.path();
  }

  /**
   * Answers this process's directory, for files that are put in place by renaming them.
   *
   * @throws PondException.Locked when there is none in the pond
   */
  synchronized Path stagingDirectory() {
    Path path = runDirectory();
    if (run == null || !run.isInPond()) {
      throw new PondException.Locked(
          "nothing can be staged in " + layout.tmp(),
          "it cannot be written, or another process holds the lock on it",
          "Give this user write permission, or run the command again when the other has ended.");
    }
    return path;
  }

  /** Answers the operation log as a Delta table. */
  synchronized DeltaTable operations() {
    if (operations == null) {
      operations = table(layout.data());
    }
    return operations;
  }

  /** Answers the control log as a Delta table. */
  synchronized DeltaTable control() {
    if (control == null) {
      control = table(layout.control());
    }
    return control;
  }

  private DeltaTable table(Path directory) {
    DeltaFileIO files = new DeltaFileIO(directory.getFileSystem());
    return new DeltaTable(directory, files, new DeltaEngine(files, this));
  }

  private DuckSession session() {
    if (session == null) {
      try {
        session =
            DuckSession.open(
                DuckOptions.builder(runDirectory().resolve("spill"))
                    .memoryLimitBytes(MEMORY_LIMIT_BYTES)
                    .allowDirectory(layout.root())
                    .allowDirectory(runDirectory())
                    .build());
      } catch (DuckException e) {
        throw new PondException.Failed(
            "the SQL engine does not start", String.valueOf(e.getMessage()), "", e);
      }
    }
    return session;
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
      session = null;
    }
    if (run != null) {
      run.close();
      run = null;
    }
  }
}
