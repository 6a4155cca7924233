package dev.duckpond.tinyfs;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Opens the content of versions. Thread-safe. */
public interface ContentReader {
  /**
   * Opens the bytes of a version; the caller closes the stream. The last read compares size and
   * hash with what was written.
   *
   * @throws PondException.Corrupt here or from the stream's last read (then wrapped in no {@code
   *     IOException}) when the content is missing or differs
   */
  InputStream open(NodeVersion version);

  /**
   * Answers a file of this machine per version, in the order given, holding exactly its bytes.
   * Content that has no file of its own gets one in a cache. Each file is compared with its hash
   * before its first use on this machine, and again after it was changed; what a disk does to a
   * file later, behind the file system, {@link #open} finds.
   *
   * <p>The files are read-only for the caller and stay while the store is open.
   *
   * @throws PondException.Corrupt when content is missing or differs
   */
  List<Path> files(List<NodeVersion> versions);
}
