package dev.duckpond.cli;

import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RenderedFile;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Opens the bytes of files of the pond. */
final class NodeBytes {
  private NodeBytes() {}

  /**
   * Opens the content of a file; that of a {@code data:series} is all its versions, one after the
   * other. The caller closes the stream.
   *
   * @param sessions answers the engine, for what cannot be told without
   * @throws PondException.Invalid when it is a directory
   */
  static InputStream open(PondTree tree, PondPath path, Node node, Supplier<QuerySession> sessions)
      throws IOException {
    return switch (node) {
      case Node.Stored stored when stored.type() == EntryType.DATA_SERIES ->
          all(tree, tree.snapshot().listVersions(stored.entry().node()));
      case Node.Stored stored -> tree.snapshot().contents().open(stored.version());
      case Node.Dynamic dynamic -> computed(path, node, dynamic.content(), sessions);
      case Node.Computed computed -> computed(path, node, computed.content(), sessions);
      case Node.Directory directory -> throw noBytes(path, node);
      case Node.Symlink link -> throw noBytes(path, node);
    };
  }

  /** Opens one version after the other, so that many cost no more than one at a time. */
  private static InputStream all(PondTree tree, List<NodeVersion> versions) {
    List<InputStream> opened =
        new AbstractList<>() {
          @Override
          public InputStream get(int index) {
            return tree.snapshot().contents().open(versions.get(index));
          }

          @Override
          public int size() {
            return versions.size();
          }
        };
    return new SequenceInputStream(Collections.enumeration(opened));
  }

  private static InputStream computed(
      PondPath path, Node node, DynamicNode content, Supplier<QuerySession> sessions)
      throws IOException {
    return switch (content) {
      case RenderedFile page -> {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        page.render(sessions.get(), bytes);
        yield new ByteArrayInputStream(bytes.toByteArray());
      }
      case DynamicNode.File file -> file.open();
      case DynamicNode.Directory directory -> throw noBytes(path, node);
    };
  }

  private static PondException noBytes(PondPath path, Node node) {
    return new PondException.Invalid(
        "'" + path + "' has no content",
        "it is a " + node.type().text(),
        "List it with 'pond list " + (path.isRoot() ? "/" : path.shellText()) + "'.");
  }
}
