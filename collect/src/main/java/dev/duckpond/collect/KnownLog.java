package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * A log that the pond holds, in as many versions as it was taken in by.
 *
 * @param versions oldest first, at least one; their bytes one after the other are the content
 * @param note of the newest version
 */
record KnownLog(PondPath path, List<NodeVersion> versions, LogNote note) {
  private static final int BUFFER_BYTES = 1 << 16;

  KnownLog {
    versions = List.copyOf(versions);
  }

  /** Answers what it keeps under every name. */
  NodeId id() {
    return versions.getFirst().node();
  }

  long sizeBytes() {
    return versions.stream().mapToLong(NodeVersion::sizeBytes).sum();
  }

  /** Answers what it is called beside another path: its name alone when the folder is the same. */
  String nameBeside(PondPath other) {
    return path.parent().equals(other.parent()) ? path.name().text() : path.toString();
  }

  boolean isArchived() {
    return note.state() == LogState.ARCHIVED;
  }

  boolean isActive() {
    return note.state() == LogState.ACTIVE;
  }

  private boolean isBeginningOf(InputStream content) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (NodeVersion version : versions) {
      MessageDigest digest = ContentHash.newDigest();
      long left = version.sizeBytes();
      while (left > 0) {
        int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          return false;
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
      if (!ContentHash.finish(digest).equals(version.hash())) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a plain file begins with all that was taken. */
  boolean isBeginningOf(HostLog file) throws IOException {
    try (InputStream in = file.openAt(0)) {
      return isBeginningOf(in);
    }
  }

  /** Tells whether what was taken begins with all bytes of a plain file. */
  boolean beginsWith(HostLog file, PondTree tree) throws IOException {
    long size = file.stat().sizeBytes();
    boolean maybe =
        sizeBytes() >= size
            && (size < LogSample.BYTES || note.sample().head().equals(file.sample(size).head()));
    if (!maybe) {
      return false;
    }
    try (InputStream in = file.openAt(0)) {
      return beginsWith(in, size, tree);
    }
  }

  /** Tells whether what was taken begins with all bytes of a stream, which are so many. */
  boolean beginsWith(InputStream content, long sizeBytes, PondTree tree) throws IOException {
    try (InputStream own = new FirstBytes(new KnownLogStream(tree, this), sizeBytes)) {
      while (true) {
        byte[] theirs = content.readNBytes(BUFFER_BYTES);
        byte[] ours = own.readNBytes(BUFFER_BYTES);
        if (!Arrays.equals(ours, theirs)) {
          return false;
        }
        if (ours.length == 0) {
          return true;
        }
      }
    }
  }

  /**
   * Tells whether a plain file begins with all that was taken, without reading what lies within.
   */
  boolean looksLikeBeginningOf(HostLog file, long sizeBytes) throws IOException {
    return sizeBytes >= sizeBytes() && note.sample().equals(file.sample(sizeBytes()));
  }
}
