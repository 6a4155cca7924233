package dev.duckpond.query;

import dev.duckpond.tinyfs.DynamicNode;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A computed file whose bytes may tell of relations, for which the SQL engine is needed. Opened as
 * any file, it tells what can be known without.
 */
public interface RenderedFile extends DynamicNode.File {
  /**
   * Writes the bytes as they are now; the stream stays open.
   *
   * @throws dev.duckpond.tinyfs.PondException when they cannot be made, maybe after some of them
   */
  void render(QuerySession session, OutputStream out) throws IOException;
}
