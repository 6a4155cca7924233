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
    return switch (version.content().placement()) {
      case BLOB -> blobs.open(version);
      case INLINE -> openInline(version);
    };
  }

  private InputStream openInline(NodeVersion version) {
    Path file = inline.files(List.of(version)).getFirst();
    try {
      return new VerifyingStream(
          new BufferedInputStream(Files.newInputStream(file)),
          new FileSeal(version.hash(), version.sizeBytes()),
          difference -> Trouble.corrupt(file, difference));
    } catch (IOException e) {
      throw Trouble.ofReading("the content " + file + " cannot be read", e);
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
    if (inRows.size() < versions.size()) {
      blobs.saveChecks();
    }
    return List.copyOf(files);
  }
}
