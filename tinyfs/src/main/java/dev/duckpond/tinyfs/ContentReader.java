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
   * Content that has no file of its own gets one in a cache; such a file is checked against its
   * hash when it is made. A stored blob is checked by size alone, since reading it all would cost
   * more than most queries; {@link #open} checks it in full.
   *
   * <p>The files are read-only for the caller and stay while the store is open.
   *
   * @throws PondException.Corrupt when content is missing or has another size
   */
  List<Path> files(List<NodeVersion> versions);
}
