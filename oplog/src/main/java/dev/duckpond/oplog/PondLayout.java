package dev.duckpond.oplog;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Names the places of a pond on disk.
 *
 * <pre>
 * root/
 *   data/      the operation log, a Delta table: the only source of truth
 *   blobs/     contents larger than 64 KiB, one file per hash
 *   control/   the audit of transactions, a second Delta table
 *   cache/     derived, safe to delete
 *   tmp/       staging and spill of running processes
 *   lock       held by the writer
 * </pre>
 */
public record PondLayout(Path root) {
  private static final String FIRST_COMMIT = "00000000000000000000.json";
  private static final String LAST_CHECKPOINT = "_last_checkpoint";

  public PondLayout {
    root = root.toAbsolutePath().normalize();
  }

  /** Answers the directory of the operation log. */
  public Path data() {
    return root.resolve("data");
  }

  /** Answers where the commits of the operation log lie. */
  public Path deltaLog() {
    return data().resolve("_delta_log");
  }

  /** Answers the directory of large contents. */
  public Path blobs() {
    return root.resolve("blobs");
  }

  /** Answers the directory of the audit table. */
  public Path control() {
    return root.resolve("control");
  }

  /** Answers the directory of what can be derived again. */
  public Path cache() {
    return root.resolve("cache");
  }

  /** Answers the directory of staging and spill. */
  public Path tmp() {
    return root.resolve("tmp");
  }

  /** Answers the file that a writer locks. */
  public Path lockFile() {
    return root.resolve("lock");
  }

  /** Answers the file of the index journal. */
  Path indexJournal() {
    return cache().resolve("oplog-index.bin");
  }

  /** Answers the file that remembers what was compared with its hash. */
  Path checkedFiles() {
    return cache().resolve("checked-files.bin");
  }

  /**
   * Tells whether a pond is here: true from the instant its first transaction is committed.
   *
   * <p>Clean-up of the Delta log may have taken the first commit away, so any commit or a
   * checkpoint counts.
   *
   * @throws PondException.Failed when the directory cannot be read
   */
  public boolean isPond() {
    Path log = deltaLog();
    if (Files.exists(log.resolve(FIRST_COMMIT)) || Files.exists(log.resolve(LAST_CHECKPOINT))) {
      return true;
    }
    if (!Files.isDirectory(log)) {
      return false;
    }
    try (Stream<Path> names = Files.list(log)) {
      return names.anyMatch(name -> DeltaNames.isCommit(name) || DeltaNames.isCheckpoint(name));
    } catch (UncheckedIOException e) {
      throw unreadable(log, new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw unreadable(log, e);
    }
  }

  private static PondException unreadable(Path log, IOException cause) {
    return Trouble.ofReading("the directory " + log + " cannot be read", cause);
  }
}
