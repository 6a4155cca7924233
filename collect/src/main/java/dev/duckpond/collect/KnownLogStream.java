package dev.duckpond.collect;

import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/** The bytes of a log that the pond holds, one version after the other. */
final class KnownLogStream extends InputStream {
  private final PondTree tree;
  private final Iterator<NodeVersion> versions;
  private InputStream current = InputStream.nullInputStream();

  KnownLogStream(PondTree tree, KnownLog log) {
    this.tree = tree;
    this.versions = log.versions().iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read = current.read(buffer, offset, length);
    while (read < 0 && versions.hasNext()) {
      current.close();
      current = tree.snapshot().contents().open(versions.next());
      read = current.read(buffer, offset, length);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
