package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentReader;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.Placement;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens contents of a pond on disk: blobs where they lie, inline contents out of the log. */
final class StoredContents implements ContentReader {
  private final BlobStore blobs;
  private final InlineFiles inline;

  StoredContents(BlobStore blobs, InlineFiles inline) {
    this.blobs = blobs;
    this.inline = inline;
  }

  @Override
  public InputStream open(NodeVersion version) {
    if (version.sizeBytes() == 0) {
      return InputStream.nullInputStream();
    }
    Path file = files(List.of(version)).getFirst();
    try {
      return new VerifyingStream(
          new BufferedInputStream(Files.newInputStream(file)),
          file,
          version.hash(),
          version.sizeBytes());
    } catch (IOException e) {
      throw Trouble.of("the content " + file + " cannot be read", e);
    }
  }

  @Override
  public List<Path> files(List<NodeVersion> versions) {
    List<NodeVersion> inRows =
        versions.stream().filter(each -> each.content().placement() == Placement.INLINE).toList();
    List<Path> rowFiles = inRows.isEmpty() ? List.of() : inline.files(inRows);
    List<Path> files = new ArrayList<>(versions.size());
    int next = 0;
    for (NodeVersion version : versions) {
      files.add(
          switch (version.content().placement()) {
            case INLINE -> rowFiles.get(next++);
            case BLOB -> blobs.require(version);
          });
    }
    return List.copyOf(files);
  }
}
